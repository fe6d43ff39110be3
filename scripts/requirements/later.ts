/** A requirement that stands on something outside, or is a report to come. */
export type Later = {
  /** part of the title of the test that proves what the rest will stand on, or a requirement whose tests do */
  readonly seam: string;
  /** why there is no more of it */
  readonly reason: string;
};

/** Requirements of which only the seam is built: the event, the port or the facts that the rest takes up. */
export const later: Readonly<Record<string, Later>> = {
  // climate
  // furniture
  // footwear
  // coffee
};

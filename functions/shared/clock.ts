/** Where time comes from; the one place of the functions that reads the wall clock. */
export type Clock = { now(): Date };

let source: Clock = { now: () => new Date() };

/** The time by which everything is decided. */
export const clock: Clock = { now: () => source.now() };

/** Puts another source of time in place of the wall clock, for a host that owns time. */
export const useClock = (other: Clock): void => {
  source = other;
};

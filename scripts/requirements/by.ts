/** Where a requirement is carried out that no element of a pack can say of itself: the file that does it. */
export const by: Readonly<Record<string, string>> = {
  // climate
  // furniture
  // footwear
  // coffee
};

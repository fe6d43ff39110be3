/** How a file of a package is read while it is bundled; what it loses there is run by none of our functions. */
export type Edit = {
  readonly files: RegExp;
  /** The same text as before is an error: the package is no longer what this was written for. */
  readonly edit: (text: string) => string;
};

/** The package brings no types; only what the tests ask of it is told here. */
declare module 'asl-validator' {
  /** Checks a definition against the language; it writes into what it is given. */
  const validate: (definition: object) => { isValid: boolean; errorsText: (separator?: string) => string };
  export default validate;
}

/** A definition that cannot become state machines; its author mends it. The linter finds the same earlier, and all at once. */
export class CannotCompile extends Error {
  override readonly name = 'CannotCompile';
}

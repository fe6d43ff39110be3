/** A value that came out of JSON text. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** An event pattern says something EventBridge would not accept; its author mends it. */
export class PatternRefused extends Error {
  override readonly name = 'PatternRefused';
  readonly path: string;
  readonly given: unknown;

  constructor(path: readonly string[], given: unknown, allowed: string) {
    const place = path.length === 0 ? 'event pattern' : `event pattern, ${path.join('.')}`;
    super(`${place}: ${JSON.stringify(given)} cannot be matched; allowed is ${allowed}`);
    this.path = path.join('.');
    this.given = given;
  }
}

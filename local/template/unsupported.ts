/** One thing of a template that the runtime cannot do. */
export type Problem = {
  /** Empty for what belongs to no resource. */
  logicalId: string;
  type: string;
  /** Path of the property; empty for the resource as a whole. */
  property: string;
  reason: string;
};

/**
 * The template says something the local runtime does not know. It stops here, with everything it found: to leave any of it
 * out in silence would be a lie about the cloud. Whoever changed the template either takes it back or teaches `local/` to run it.
 */
export class UnsupportedTemplate extends Error {
  override readonly name = 'UnsupportedTemplate';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ logicalId, type, property, reason }) => {
      const place = [logicalId, type === '' ? '' : `(${type})`, property]
        .filter((part) => part !== '')
        .join(' ');
      return `  ${place}: ${reason}`;
    });
    super(
      `the local runtime cannot run this template; ${problems.length} found, see docs/local-support.md for what it runs:\n` +
        lines.join('\n'),
    );
    this.problems = problems;
  }
}

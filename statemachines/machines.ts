import { compile, type Machine } from './compile/compile.ts';
import { lint } from './lint/lint.ts';
import { packs } from './packs/index.ts';

export type { Machine } from './compile/compile.ts';

/** The linter has findings; nothing is made from such packs. */
export class PacksRefused extends Error {
  override readonly name = 'PacksRefused';
}

let made: Machine[] | undefined;

/**
 * The state machines of every stage of every pack.
 *
 * @throws {PacksRefused} with all findings of the linter, for the packs' authors
 */
export const machines = (): Machine[] => {
  if (made !== undefined) return made;
  const findings = packs.flatMap(lint);
  if (findings.length > 0)
    throw new PacksRefused(
      `${findings.length} finding(s) in the packs:\n${findings.map(({ message }) => `  ${message}`).join('\n')}`,
    );
  made = packs.flatMap((pack) => pack.pipelines.flatMap(compile));
  return made;
};

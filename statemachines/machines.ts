import { compile, type Given, type Machine } from './compile/compile.ts';
import { lint } from './lint/lint.ts';
import { packs } from './packs/index.ts';

export type { Machine } from './compile/compile.ts';

/** The linter has findings; nothing is made from such packs. */
export class PacksRefused extends Error {
  override readonly name = 'PacksRefused';
}

const made = new Map<number | undefined, Machine[]>();

/**
 * The state machines of every stage of every pack.
 *
 * @throws {PacksRefused} with all findings of the linter, for the packs' authors
 */
export const machines = (given: Given = {}): Machine[] => {
  const before = made.get(given.patience);
  if (before !== undefined) return before;
  const findings = packs.flatMap(lint);
  if (findings.length > 0)
    throw new PacksRefused(
      `${findings.length} finding(s) in the packs:\n${findings.map(({ message }) => `  ${message}`).join('\n')}`,
    );
  const all = packs.flatMap((pack) => pack.pipelines.flatMap((pipeline) => compile(pipeline, given)));
  made.set(given.patience, all);
  return all;
};

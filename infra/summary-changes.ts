import { isDeepStrictEqual } from 'node:util';
import type { Kept, Summary } from './summary.ts';

/** What a deployment would do to resources that hold something, a line each, the worst first; empty when nothing. */
export const changesOf = (before: Summary, after: Summary): string[] => {
  const gone = Object.entries(before.kept).filter(([id]) => after.kept[id]?.type !== before.kept[id]?.type);
  const made = Object.entries(after.kept).filter(([id]) => before.kept[id]?.type !== after.kept[id]?.type);
  const stayed = Object.entries(before.kept).flatMap(([id, was]) => {
    const is = after.kept[id];
    return is?.type === was.type ? [{ id, was, is }] : [];
  });
  // A renamed construct: the old logical id is gone, and a new one holds what the old one was called by.
  const successorOf = (was: Kept): string | undefined =>
    made.find(([, is]) => is.type === was.type && isDeepStrictEqual(is.fixed, was.fixed))?.[0];

  return [
    ...gone.map(([id, was]) => {
      const successor = successorOf(was);
      return successor === undefined
        ? `LOST: ${called(id, was)} leaves the template (${fate(was.whenRemoved)})`
        : `REPLACED: ${called(id, was)} becomes ${successor}, a new and empty one (the old one: ${fate(was.whenRemoved)})`;
    }),
    ...stayed.flatMap(({ id, was, is }) =>
      differing(was.fixed, is.fixed).map(
        (change) =>
          `REPLACED: ${called(id, was)}: ${change} cannot be changed in place (the old one: ${fate(is.whenReplaced)})`,
      ),
    ),
    ...stayed.flatMap(({ id, was, is }) =>
      differing(policies(was), policies(is)).map((change) => `protection: ${called(id, was)}: ${change}`),
    ),
    ...stayed.flatMap(({ id, was, is }) =>
      differing(was.settings, is.settings).map((change) => `setting: ${called(id, was)}: ${change}`),
    ),
    ...made.map(([id, is]) => `new: ${called(id, is)}`),
    ...differing(presence(before.others), presence(after.others)).map((change) => `type: ${change}`),
  ];
};

const called = (id: string, { type, fixed }: Kept): string => {
  const name = Object.entries(fixed).find(([property]) =>
    /name$|^(Domain|EmailIdentity)$/i.test(property),
  )?.[1];
  return typeof name === 'string' ? `${id} (${type} "${name}")` : `${id} (${type})`;
};

const fate = (policy: string): string =>
  policy === 'Delete' ? 'deleted with what it holds' : 'left in the account, known to nobody';

const policies = ({ whenRemoved, whenReplaced }: Kept) => ({ whenRemoved, whenReplaced });

const presence = (types: readonly string[]): Record<string, string> =>
  Object.fromEntries(types.map((type) => [type, 'used']));

const differing = (was: Readonly<Record<string, unknown>>, is: Readonly<Record<string, unknown>>): string[] =>
  [...new Set([...Object.keys(was), ...Object.keys(is)])]
    .filter((name) => !isDeepStrictEqual(was[name], is[name]))
    .map((name) => `${name} ${shown(was[name])} -> ${shown(is[name])}`);

const shown = (value: unknown): string => (value === undefined ? 'absent' : JSON.stringify(value));

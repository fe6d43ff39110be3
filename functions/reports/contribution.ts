import * as z from 'zod';
import { idOf } from '../shared/new-id.ts';
import type { Key } from '../shared/table/port.ts';

const At = z.strictObject({ pk: z.string(), sk: z.string() });

/**
 * What one row (a deal, a task, a ledger entry) is worth to the reports: figures it adds to aggregates, and lists it stands
 * in. It follows from that row alone and from the packs, so that it can be taken back and worked out anew.
 */
export const Contribution = z.strictObject({
  adds: z.array(At.extend({ by: z.record(z.string(), z.int()) })),
  members: z.array(At.extend({ deal: z.string() })),
  /** rows by which it is found; beside what is counted, and not kept with it, since they are many */
  finds: z.array(At).default([]),
});
export type Contribution = z.infer<typeof Contribution>;
export type Add = Contribution['adds'][number];
export type Member = Contribution['members'][number];

/** One string for a key, which sorts. */
export const nameOf = ({ pk, sk }: Key): string => `${pk} ${sk}`;

const byName = (one: Key, other: Key): number => (nameOf(one) < nameOf(other) ? -1 : 1);

/** Figures of the same aggregate as one, without those that come to nothing. */
export const sumOf = (adds: readonly Add[]): Add[] => {
  const sums = new Map<string, Add>();
  for (const { pk, sk, by } of adds) {
    const sum = { ...sums.get(nameOf({ pk, sk }))?.by };
    for (const [name, amount] of Object.entries(by)) sum[name] = (sum[name] ?? 0) + amount;
    sums.set(nameOf({ pk, sk }), { pk, sk, by: sum });
  }
  return [...sums.values()]
    .map(({ by, ...key }) => ({
      ...key,
      by: Object.fromEntries(
        Object.entries(by)
          .filter(([, amount]) => amount !== 0)
          .sort(([one], [other]) => (one < other ? -1 : 1)),
      ),
    }))
    .filter(({ by }) => Object.keys(by).length > 0)
    .sort(byName);
};

/** A contribution in its one spelling. */
export const contribution = (
  adds: readonly Add[],
  members: readonly Member[] = [],
  finds: readonly Key[] = [],
): Contribution => ({
  adds: sumOf(adds),
  members: [...members].sort(byName),
  finds: [...finds].sort(byName),
});

export const nothing: Contribution = contribution([]);

/** The same text for equal contributions. */
export const markOf = (of: Contribution): string =>
  idOf(JSON.stringify(of.finds.length === 0 ? [of.adds, of.members] : [of.adds, of.members, of.finds]));

const negative = ({ by, ...key }: Add): Add => ({
  ...key,
  by: Object.fromEntries(Object.entries(by).map(([name, amount]) => [name, -amount])),
});

/** What has to be done to the reports for a row that was worth `from` and is worth `to`. */
export const difference = (from: Contribution, to: Contribution) => {
  const had = new Set(from.members.map(nameOf));
  const has = new Set(to.members.map(nameOf));
  return {
    adds: sumOf([...from.adds.map(negative), ...to.adds]),
    joined: to.members.filter((member) => !had.has(nameOf(member))),
    left: from.members.filter((member) => !has.has(nameOf(member))),
  };
};

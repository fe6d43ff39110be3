import * as z from 'zod';
import {
  type Condition,
  ConditionFailed,
  type Item,
  type Key,
  type Table,
  type Write,
} from '../shared/table/port.ts';
import { Contribution, difference, markOf, nameOf, nothing, sumOf } from './contribution.ts';
import { contributionKey } from './keys.ts';

/** A row that went from one worth to another. */
export type Revision = {
  /** the row itself */
  readonly source: Key;
  /** its version now */
  readonly version: number;
  readonly from: Contribution;
  readonly to: Contribution;
  /** the rows by which it was found at one time or another since; what they are is not kept with what was counted */
  readonly found?: readonly (readonly Key[])[];
};

/** A revision with what it is counted against, and what must still be true of that. */
type Step = Revision & { readonly if: Condition };

/** What a row has been counted as. */
const Counted = z.object({ version: z.int(), mark: z.string(), adds: z.unknown(), members: z.unknown() });

const mostWrites = 100;
const mostTries = 6;

const isCompany = (pk: string): boolean => pk.startsWith('COMPANY#');

/** Companies that are not there count no debt: an update would make half a company. */
const without = (of: Contribution, companies: ReadonlySet<string>): Contribution =>
  companies.size === 0 ? of : { ...of, adds: of.adds.filter(({ pk }) => !companies.has(pk)) };

/**
 * The worth before is that of the old image, and right if the row was counted as just that: then nothing has to be read. A
 * change that leaves a row's worth alone is not counted, so versions may lag behind; the mark tells that they do no harm.
 */
const expected = ({ source: _, version, from }: Revision): Condition => {
  const same: Condition = {
    all: [{ equals: { mark: markOf(from) } }, { less: { name: 'version', than: version } }],
  };
  return from.adds.length + from.members.length === 0 ? { any: [{ absent: true }, same] } : same;
};

const countedRow = ({ source, version, to }: Revision): Item => ({
  ...contributionKey(source),
  version,
  mark: markOf(to),
  adds: to.adds,
  members: to.members,
});

type Plan = {
  readonly writes: readonly Write[] /** of the first writes, one a step */;
  readonly steps: readonly Step[];
};

const planOf = (steps: readonly Step[]): Plan => {
  const differences = steps.map(({ from, to }) => difference(from, to));
  const adds = sumOf(differences.flatMap((one) => one.adds));
  return {
    steps,
    writes: [
      ...steps.map((step): Write => ({ put: countedRow(step), if: step.if })),
      ...adds.map(
        ({ pk, sk, by }): Write => ({
          update: { pk, sk },
          add: by,
          ...(isCompany(pk) ? { if: { present: true } } : {}),
        }),
      ),
      ...differences.flatMap(({ left }) => left.map(({ pk, sk }): Write => ({ remove: { pk, sk } }))),
      ...differences.flatMap(({ joined }) => joined.map((put): Write => ({ put }))),
    ],
  };
};

/** As many steps together as one transaction takes. */
const packed = (steps: readonly Step[]): Step[][] => {
  const packs: Step[][] = [];
  let names = new Set<string>();
  for (const step of steps) {
    const { adds, joined, left } = difference(step.from, step.to);
    const own = [contributionKey(step.source), ...adds, ...joined, ...left].map(nameOf);
    const together = new Set([...names, ...own]);
    const last = packs.at(-1);
    if (last === undefined || together.size > mostWrites) {
      packs.push([step]);
      names = new Set(own);
    } else {
      last.push(step);
      names = together;
    }
  }
  return packs;
};

/** The step against what the table says it was counted as; nothing where that is the same (`settled`), or newer. */
const recounted = async (table: Table, step: Step): Promise<Step | 'settled' | undefined> => {
  const row = await table.get(contributionKey(step.source), { consistent: true });
  if (row === undefined) return { ...step, from: nothing, if: { absent: true } };
  const { version, mark, adds, members } = Counted.parse(row);
  if (version === step.version && mark === markOf(step.to)) return 'settled';
  if (version > step.version) return undefined;
  return {
    ...step,
    from: Contribution.parse({ adds, members, finds: step.from.finds }),
    if: { equals: { version, mark } },
  };
};

const write = async (table: Table, writes: readonly Write[]): Promise<void> => {
  const [only] = writes;
  if (writes.length === 1 && only !== undefined) await table.write(only);
  else await table.transact(writes);
};

/** @returns those whose row is now counted as what they say, by this call or by one before it; the others are out of date */
const settle = async (table: Table, all: readonly Step[]): Promise<readonly Step[]> => {
  let steps = all;
  const settled: Step[] = [];
  const missing = new Set<string>();
  for (let tried = 1; steps.length > 0; tried += 1) {
    const { writes } = planOf(steps);
    try {
      await write(table, writes);
      return [...settled, ...steps];
    } catch (error) {
      if (!(error instanceof ConditionFailed) || tried === mostTries) throw error;
      for (const at of error.failed) {
        const one = writes[at];
        if (one !== undefined && 'update' in one) missing.add(one.update.pk);
      }
      const again = await Promise.all(
        steps.map((step, at) => (error.failed.includes(at) ? recounted(table, step) : step)),
      );
      settled.push(...steps.filter((_, at) => again[at] === 'settled'));
      steps = again.flatMap((step) =>
        step === undefined || step === 'settled'
          ? []
          : [{ ...step, from: without(step.from, missing), to: without(step.to, missing) }],
      );
    }
  }
  return settled;
};

/**
 * Has rows found by what they say now. After they are counted, and by those alone that are up to date: what comes late finds
 * its row counted as something newer and changes nothing, and a call that broke off in between is repeated.
 */
const find = async (table: Table, steps: readonly Step[]): Promise<void> => {
  const writes = steps.flatMap(({ from, to, found = [from.finds] }) => {
    const stay = new Set(to.finds.map(nameOf));
    const times = found.map((rows) => new Set(rows.map(nameOf)));
    const isThereAnyway = (row: Key): boolean => times.every((rows) => rows.has(nameOf(row)));
    return [
      ...found
        .flat()
        .filter((row) => !stay.has(nameOf(row)))
        .map(({ pk, sk }) => ({ remove: { pk, sk } })),
      ...to.finds.filter((row) => !isThereAnyway(row)).map((row) => ({ put: { ...row, row: 'find' } })),
    ];
  });
  if (writes.length > 0) await table.batch(writes);
};

/**
 * Counts rows as what they are worth now, each together with what it was counted as before, so that a change that comes
 * twice, late or behind a newer one is counted once. One transaction for all, as far as one takes them.
 *
 * @throws {Conflict} if others kept writing the same aggregates; nothing of that transaction was counted
 */
export const keep = async (table: Table, revisions: readonly Revision[]): Promise<void> => {
  // In turn: two transactions that touch the same aggregate would only get in each other's way.
  for (const steps of packed(revisions.map((revision) => ({ ...revision, if: expected(revision) }))))
    await find(table, await settle(table, steps));
};

/** Counts rows whose former worth is not known: what the table says of it is read first. */
export const recount = async (table: Table, rows: readonly Omit<Revision, 'from'>[]): Promise<void> => {
  const steps = await Promise.all(
    rows.map((row) => recounted(table, { ...row, from: nothing, if: { absent: true } })),
  );
  const differing = steps.filter(
    (step): step is Step =>
      step !== undefined &&
      step !== 'settled' &&
      (step.to.adds.length + step.to.members.length + step.to.finds.length > 0 || step.from !== nothing),
  );
  for (const some of packed(differing)) await find(table, await settle(table, some));
};

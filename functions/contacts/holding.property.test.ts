import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Company } from '../../schemas/contact.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { link, linkedTo, unlink } from './holding.ts';
import { companies } from './kinds.ts';
import { add, readOne } from './store.ts';

const now = new Date('2026-02-02T06:00:00Z');
const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
const one = fc.constantFrom(...ids);

const acts = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('link' as const),
      of: one,
      others: fc.array(one, { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ do: fc.constant('unlink' as const), of: one, other: one }),
  ),
  { maxLength: 14 },
);

type Act = { do: 'link'; of: string; others: string[] } | { do: 'unlink'; of: string; other: string };

/** Holdings as sets: who is named joins, with all of theirs; who is taken out is alone. */
const expected = (sets: readonly (readonly string[])[], act: Act) => {
  const of = (id: string) => sets.find((set) => set.includes(id)) ?? [id];
  if (act.do === 'link') {
    const joined = [...new Set([act.of, ...act.others].flatMap(of))];
    return [...sets.filter((set) => !set.some((id) => joined.includes(id))), joined];
  }
  if (!of(act.of).includes(act.other)) return sets;
  return sets.map((set) => set.filter((id) => id !== act.other)).concat([[act.other]]);
};

test('whatever is linked and parted in whatever order, every card shows the same holding, and nobody themselves', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (many) => {
      const table = createMemoryTable({ now: () => now });
      for (const id of ids)
        await add(
          table,
          companies,
          Company.parse({ id, name: id, version: 1, changedAt: now.toISOString() }),
        );
      let sets: readonly (readonly string[])[] = ids.map((id) => [id]);

      for (const act of many) {
        if (act.do === 'link') await link(table, act.of, act.others, now);
        else await unlink(table, act.of, act.other, now);
        sets = expected(sets, act);
      }

      const shown = await Promise.all(
        ids.map(async (id) =>
          (await linkedTo(table, await readOne(table, companies, id))).map((other) => other.id),
        ),
      );
      expect(shown).toEqual(
        ids.map((id) => (sets.find((set) => set.includes(id)) ?? []).filter((other) => other !== id).sort()),
      );
    }),
    { numRuns: 150 },
  );
});

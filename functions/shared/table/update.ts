import { pathOf } from './check.ts';
import { BadWrite, type Item, type Key, type Write } from './port.ts';

type Update = Extract<Write, { update: Key }>;
type Members = Readonly<Record<string, unknown>>;

const mapAt = (row: Members, attribute: string): Members => {
  const value = row[attribute];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadWrite(`update: "${attribute}" is no map of this row; set it whole first`);
  }
  return value as Members;
};

/**
 * The row an update makes of another, or of none.
 *
 * @throws {BadWrite} for a member of no map, and a sum with what is no number
 */
export const updated = (row: Item | undefined, { update, set = {}, add = {}, unset = [] }: Update): Item => {
  const old: Members = row ?? {};
  const next: Record<string, unknown> = { ...old, pk: update.pk, sk: update.sk };

  const change = (name: string, to: (value: unknown) => unknown) => {
    const [attribute = '', member] = pathOf(name);
    const target: Record<string, unknown> = member === undefined ? next : { ...mapAt(next, attribute) };
    const value = to(target[member ?? attribute]);
    if (value === undefined) delete target[member ?? attribute];
    else target[member ?? attribute] = value;
    if (member !== undefined) next[attribute] = target;
  };

  for (const [name, value] of Object.entries(set)) if (value !== undefined) change(name, () => value);
  for (const [name, amount] of Object.entries(add)) {
    change(name, (value = 0) => {
      if (typeof value === 'number') return value + amount;
      throw new BadWrite(`update: "${name}" is a ${typeof value}; a number can be added to`);
    });
  }
  for (const name of unset) change(name, () => undefined);
  return next as Item;
};

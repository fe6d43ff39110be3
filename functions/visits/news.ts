import type { UserId } from '../../schemas/ids.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { rowsTo } from '../notify/tell.ts';
import type { Write } from '../shared/table/port.ts';
import { type SlotField, slotIn } from './slot.ts';

type News = { readonly text: string; readonly people: readonly UserId[]; readonly of: Card };

/** Who is to be told what of one slot: of who is booked, stays at another time, or is free again. */
const newsOf = (id: string, { tell }: SlotField, before: Card, after: Card): News[] => {
  const was = slotIn(before.deal, id);
  const is = slotIn(after.deal, id);
  const isMoved = was?.start !== is?.start || was?.end !== is?.end;
  const stay = (is?.people ?? []).filter((person) => was?.people.includes(person));
  const told: [string | undefined, readonly UserId[], Card][] = [
    [tell?.booked, (is?.people ?? []).filter((person) => !stay.includes(person)), after],
    [tell?.moved, isMoved ? stay : [], after],
    [tell?.cancelled, (was?.people ?? []).filter((person) => !stay.includes(person)), before],
  ];
  return told.flatMap(([text, people, of]) =>
    text === undefined || people.length === 0 ? [] : [{ text, people, of }],
  );
};

/**
 * What people are told of slots that a write books, moves or frees: rows that go into the same transaction. Nobody is told
 * of their own doing.
 */
export const newsOfSlots = async (before: Card, after: Card, context: Context): Promise<Write[]> => {
  const { pipeline, company, reader } = context;
  const writes: Write[] = [];
  for (const [id, field] of Object.entries(pipeline.fields)) {
    if (field.type !== 'slot' || before.deal.fields[id] === after.deal.fields[id]) continue;
    for (const { text, people, of } of newsOf(id, field, before, after)) {
      const users = people.flatMap((person) => {
        const user = company.users.get(person);
        return user?.active === true && user.id !== reader?.user.id ? [user] : [];
      });
      const about = {
        id: `${after.deal.id}.slot.${id}.${before.deal.version}.${text}`,
        deal: after.deal,
        facts: await factsOf(of.deal, pipeline),
        context,
      };
      writes.push(...rowsTo(users, { text, channels: ['app', 'push'] }, about).map((put) => ({ put })));
    }
  }
  return writes;
};

import { EntityId, Slug } from '../../schemas/ids.ts';
import type { User } from '../../schemas/people.ts';
import { say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { holdersOf, lastResort } from '../access/people.ts';
import { administratorsOf } from '../access/tenant.ts';
import { idOf } from '../shared/new-id.ts';
import { notificationRow } from '../shared/rows.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';

/** News that belong to no deal. */
export type News = {
  /** the same occasion is told once */
  readonly occasion: string;
  /** roles of the pack; without them, or where nobody has them, its administrators, then its last resort */
  readonly to?: readonly string[];
  readonly subject: Text;
  readonly body: Text;
};

const peopleOf = (packId: string, roles: readonly string[], company: Company): User[] => {
  const found = roles.flatMap((role) => holdersOf(role, company));
  if (found.length > 0) return [...new Map(found.map((user) => [user.id, user])).values()];
  const administrators = administratorsOf(packId, company);
  if (administrators.length > 0) return administrators;
  const pack = company.packs.find(({ id }) => id === packId) ?? company.packs[0];
  return pack === undefined ? [] : lastResort(pack, company);
};

/** Puts a line into the inbox of people of a pack, each in their own language, once an occasion. */
export const tellPeople = async (
  pack: string,
  { occasion, to = [], subject, body }: News,
  { table, company, now }: { table: Table; company: Company; now: Date },
): Promise<void> => {
  for (const user of peopleOf(pack, to, company)) {
    const id = idOf('news', occasion, user.id);
    try {
      // The line's key begins with its instant: that it was told is kept under the occasion, in the same transaction.
      await table.transact([
        { put: { pk: `NEWS#${id}`, sk: 'NEWS', row: 'news', at: instantOf(now) }, if: { absent: true } },
        {
          put: notificationRow({
            id: EntityId.parse(id),
            user: user.id,
            at: instantOf(now),
            text: Slug.parse('news'),
            subject: say(subject, user.language),
            body: say(body, user.language),
          }),
        },
      ]);
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // told before
    }
  }
};

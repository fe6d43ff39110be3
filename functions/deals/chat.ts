import { Unread } from '../../schemas/api/chat.ts';
import type { Comment } from '../../schemas/feed.ts';
import type { User } from '../../schemas/people.ts';
import { mayDo, readerOf } from '../access/rights.ts';
import { peopleOf, rowsTo } from '../notify/tell.ts';
import { BadInput } from '../shared/errors.ts';
import { dealKey, unreadKey } from '../shared/keys.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Write } from '../shared/table/port.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';
import { factsOf } from './facts.ts';
import { membersOf } from './members.ts';
import { seenCard } from './seen.ts';

/** People a remark calls. @throws {BadInput} naming those who may not see the deal */
export const mentionedBy = (ids: readonly string[], card: Card, { company }: Context): User[] => {
  const strangers: string[] = [];
  const users = [...new Set(ids)].flatMap((id) => {
    const user = company.users.get(id);
    const works = card.tasks.some((task) => task.status === 'open' && task.assignee === id);
    if (
      user?.active === true &&
      (works || mayDo(readerOf(user, company), 'view', 'deal', card.deal, company))
    )
      return [user];
    strangers.push(id);
    return [];
  });
  if (strangers.length > 0)
    throw new BadInput(
      `mentions: ${strangers.join(', ')} may not see this deal; its members are ${membersOf(card, {
        company,
        pipeline: company.pipeline(card.deal.pipeline),
        pack: company.packOf(company.pipeline(card.deal.pipeline)),
      })
        .map(({ id }) => id)
        .join(', ')}`,
    );
  return users;
};

/**
 * What a remark tells people, and what they have not seen from then on: rows that go into the transaction that writes it.
 * Whoever is mentioned is told so, and nobody is told of their own words.
 */
export const newsOfChat = async (comment: Comment, card: Card, context: Context): Promise<Write[]> => {
  const { chat } = context.pipeline;
  if (chat === undefined) return [];
  const mentioned = mentionedBy(comment.mentions ?? [], card, context);
  const facts = await factsOf(card.deal, context.pipeline);
  const author = 'user' in comment.by ? comment.by.user : undefined;
  const about = {
    id: `${card.deal.id}.chat.${comment.id}`,
    deal: card.deal,
    tasks: card.tasks,
    facts,
    said: {
      author: context.company.users.get(author ?? '')?.name ?? '—',
      text: comment.text,
    },
    context,
  };
  const others = peopleOf([{ who: 'members' }], about).filter(
    ({ id }) => !mentioned.some((one) => one.id === id),
  );
  const isElse = ({ id }: User): boolean => id !== author;
  const told = [
    { people: mentioned.filter(isElse), text: chat.mention, channels: ['app', 'push'] as const },
    { people: others.filter(isElse), text: chat.message, channels: ['app'] as const },
  ];
  return told.flatMap(({ people, text, channels }) => [
    ...rowsTo(people, { text, channels: [...channels] }, about).map((put) => ({ put })),
    ...people.map(({ id }) => ({
      update: unreadKey(id, card.deal.id),
      set: { row: 'unread', at: comment.at },
      add: { unread: 1 },
    })),
  ]);
};

/** GET /v1/chats: deals the reader may see no more are left out. */
export const listChats = async ({ query, reader, company }: Call<'chat.list'>) => {
  const table = theTable();
  const { pk } = unreadKey(reader.user.id, '');
  return pageOf(table, { pk, ...behind(query.cursor) }, query.limit, async (rows) => {
    const found = await table.getMany(rows.map(({ sk }) => dealKey(sk)));
    const deals = new Map(found.map((row) => [row.pk, dealOf(row)]));
    return rows.map(({ sk, unread, at }) => {
      const deal = deals.get(dealKey(sk).pk);
      return deal === undefined || !mayDo(reader, 'view', 'deal', deal, company)
        ? undefined
        : Unread.parse({ deal: deal.id, number: deal.number, title: deal.title, unread, at });
    });
  });
};

/** POST /v1/deals/{id}/seen */
export const seenChat = async (call: Call<'chat.seen'>) => {
  await seenCard(call.params.id, call);
  await theTable().write({ remove: unreadKey(call.reader.user.id, call.params.id) });
  return { unread: 0 };
};

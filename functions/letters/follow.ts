import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Company } from '../access/company.ts';
import { act } from '../deals/act.ts';
import { contextFor, done, stageOf } from '../deals/context.ts';
import { dealKey } from '../shared/keys.ts';
import { dealOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';

type Following = { readonly table: Table; readonly company: Company; readonly now: Date };

/**
 * Tells the deal of a letter to its client that it has left, or that it will not arrive: what its stage does then begins in
 * that write. Told twice it is done once.
 */
export const followLetter = async (
  { id, deal: about, user, about: field, channel }: OutgoingMessage,
  is: 'sent' | 'failed',
  { table, company, now }: Following,
): Promise<void> => {
  if (about === undefined || user !== undefined || channel !== 'email') return;
  const row = await table.get(dealKey(about), { consistent: true });
  if (row === undefined) return;
  const deal = dealOf(row);
  const by = { system: 'outbox' } as const;
  const { pipeline } = contextFor(deal.pipeline, { now, by, reader: undefined, company });
  const isWaitedFor = (stageOf(pipeline, deal.stage).on ?? []).some(({ on }) => on?.event === 'letter');
  if (!isWaitedFor) return;
  await act(
    about,
    (card) =>
      done({
        ...card,
        deal: {
          ...card.deal,
          lettered: { message: id, is, ...(field === undefined ? {} : { about: field }) },
        },
      }),
    { by, key: `letter:${id}:${is}` },
  );
};

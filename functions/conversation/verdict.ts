import type { ClientMessage } from '../../schemas/conversation.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { PortEvent } from '../../schemas/event.ts';
import { instantOf } from '../../schemas/time.ts';
import { act } from '../deals/act.ts';
import { changeFields } from '../deals/change.ts';
import { type Context, done } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { byAdapter, keyOf, marking, markRow, type Occasion } from '../intake/marker.ts';
import { notificationTo } from '../notify/tell.ts';
import { NotFound } from '../shared/errors.ts';
import { clientMessageKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { clientMessageOf, clientMessageRow, notificationRow } from '../shared/rows.ts';
import type { Write } from '../shared/table/port.ts';
import { mustHear } from './heard-by.ts';

type Verdict = Extract<PortEvent, { type: 'message.sent' | 'message.refused' }> & { readonly client: string };

/** What the writer of a refused answer reads. */
const linesOf = async (answer: ClientMessage, deal: Deal, context: Context): Promise<Write[]> => {
  const writer = 'user' in answer.by ? context.company.users.get(answer.by.user) : undefined;
  if (writer === undefined) return [];
  const facts = await factsOf(deal, context.pipeline);
  const about = { id: idOf('refused', answer.id), deal, facts, context };
  const { refused } = mustHear(context.pipeline).conversation;
  return [{ put: notificationRow(notificationTo(writer, refused, about)) }];
};

/**
 * What a network says of an answer it was handed. A refused one keeps its text, its writer reads why, and the deal is urgent
 * again: its client still waits.
 *
 * @throws {NotFound} if there is no such answer
 */
export const receiveVerdictOfAnswer = async (verdict: Verdict, occasion: Occasion): Promise<void> => {
  const row = await theTable().get(clientMessageKey(verdict.client, verdict.message), { consistent: true });
  const answer = row === undefined ? undefined : clientMessageOf(row);
  if (answer?.direction !== 'out')
    throw new NotFound(`message: no answer "${verdict.message}" to client "${verdict.client}"`);
  const isRefused = verdict.type === 'message.refused';
  if (answer.state !== 'queued') {
    await theTable().write({ put: markRow(occasion) }); // the first verdict counts
    return;
  }
  await act(
    answer.deal,
    (card, context) =>
      done(
        isRefused
          ? changeFields(card, { [mustHear(context.pipeline).conversation.urgent]: true }, context)
          : card,
      ),
    {
      by: byAdapter(occasion),
      key: keyOf(occasion),
      along: async ({ deal }, context) => [
        marking(occasion),
        {
          put: clientMessageRow({
            ...answer,
            state: isRefused ? 'refused' : 'sent',
            ...(verdict.type === 'message.refused'
              ? { problem: verdict.problem }
              : { externalId: verdict.providerId }),
            changedAt: instantOf(context.now),
          }),
          if: { equals: { state: 'queued' } },
        },
        ...(isRefused ? await linesOf(answer, deal, context) : []),
      ],
    },
  );
};

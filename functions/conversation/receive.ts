import type { ClientMessage } from '../../schemas/conversation.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { PortEvent } from '../../schemas/event.ts';
import { DealId } from '../../schemas/ids.ts';
import { instantOf } from '../../schemas/time.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { changeFields } from '../deals/change.ts';
import { dealsOfClient } from '../deals/client-links.ts';
import { type Context, contextFor, done, type Outcome } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { move } from '../deals/move.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { placeDeal } from '../deals/number.ts';
import { byAdapter, isTaken, keyOf, marking, type Occasion } from '../intake/marker.ts';
import { rowsToTell } from '../notify/tell.ts';
import { clock } from '../shared/clock.ts';
import { Passing, Refused } from '../shared/errors.ts';
import { clientMessageKey, dealKey } from '../shared/keys.ts';
import { idOf } from '../shared/new-id.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { clientMessageRow } from '../shared/rows.ts';
import type { Write } from '../shared/table/port.ts';
import { clientWho } from './client.ts';
import { heardBy, mustHear } from './heard-by.ts';
import { messageIdOf } from './message-id.ts';

type Said = Extract<PortEvent, { type: 'message.received' }>;
type Hearer = { readonly said: Said; readonly occasion: Occasion; readonly client: string };

/** Two who find no deal at the same instant make one of it; whoever was second finds it then. */
const tries = 4;

/** The deal as it is once its client has written: urgent, by the network it came through, at work again. */
const heard = async (card: Card, { said }: Hearer, context: Context): Promise<Outcome<Card>> => {
  const { channel, urgent, reopens } = mustHear(context.pipeline).conversation;
  const told = changeFields(card, { [channel]: said.channel, [urgent]: true }, context);
  const counted = { ...told, deal: { ...told.deal, heard: (told.deal.heard ?? 0) + 1 } };
  return card.deal.outcome === undefined ? done(counted) : move(counted, reopens, context);
};

/** What goes into the write that takes a message: itself, that it was taken, and who is told of it. */
const along = async (
  { said, occasion, client }: Hearer,
  deal: Deal,
  context: Context,
): Promise<readonly Write[]> => {
  const { tell, unclaimed } = mustHear(context.pipeline).conversation;
  const at = instantOf(context.now);
  const { pk } = clientMessageKey(client, '');
  const newest = await theTable().query({ pk, descending: true, limit: 1, consistent: true });
  const { channel, kind, text, files, post, externalId } = said;
  const message: ClientMessage = {
    id: messageIdOf(context.now, newest.items[0]?.sk, occasion.source, externalId),
    client,
    channel,
    direction: 'in',
    kind,
    text,
    files,
    ...(post === undefined ? {} : { post }),
    deal: deal.id,
    at,
    by: byAdapter(occasion),
    externalId,
    changedAt: at,
  };
  const about = {
    id: idOf('client-message', occasion.source, externalId),
    deal,
    facts: await factsOf(deal, context.pipeline),
    context,
  };
  return [
    marking(occasion),
    { put: clientMessageRow(message), if: { absent: true } },
    ...rowsToTell(deal.responsible === undefined ? unclaimed : tell, about).map((put) => ({ put })),
  ];
};

/** The deal a message belongs to: the one at work, else the last of those that are over. */
const chosen = (deals: readonly Deal[]): Deal | undefined =>
  deals.find(({ outcome }) => outcome === undefined) ?? deals[0];

/** An id no deal has yet, the same for everybody who looks now: two first messages meet in one deal. */
const freshId = async (client: string): Promise<DealId> => {
  for (let n = 1; ; n += 1) {
    const id = DealId.parse(idOf('order', client, String(n)));
    if ((await theTable().get(dealKey(id), { consistent: true })) === undefined) return id;
  }
};

const begin = async (id: DealId, hearer: Hearer, writes: readonly Write[], context: Context) => {
  const { said, client } = hearer;
  const { client: field } = mustHear(context.pipeline).conversation;
  const blank = newDeal({ id, number: '', title: said.person.name }, context);
  const named = changeFields(bareCard(blank), { [field]: client }, context);
  const outcome = await heard(named, hearer, context);
  if (!outcome.ok) throw new Refused(outcome.refusals);
  await placeDeal(
    theTable(),
    context.pipeline,
    (number) => ({ ...outcome.value.deal, number }),
    async (deal) => [...writes, ...(await along(hearer, deal, context))],
  );
};

/**
 * A client wrote, or commented on a post: it goes to the client's deal at work, brings the last one back where all are
 * over, or begins one. Everything that follows is one write.
 *
 * @throws {Passing} if others kept beginning deals for the same client
 */
export const receiveMessage = async (said: Said, occasion: Occasion): Promise<void> => {
  const company = await theCompany();
  const table = theTable();
  const pipeline = heardBy(said.channel, said.pipeline, company);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const by = byAdapter(occasion);
    const context = contextFor(pipeline.id, { now: clock.now(), by, reader: undefined, company });
    const { contact, writes } = await clientWho(said, context.pack, context.now, table);
    const hearer = { said, occasion, client: contact.id };
    const find = async () => chosen(await dealsOfClient(contact.id, pipeline.id, table));
    const known = await find();
    // Asked again once the id is chosen: whoever began one in between is found, or has taken the id.
    const id = known === undefined ? await freshId(contact.id) : undefined;
    const deal = known ?? (await find());
    if (deal === undefined && id !== undefined) await begin(id, hearer, writes, context);
    else if (deal !== undefined)
      await act(deal.id, (card, now) => heard(card, hearer, now), {
        by,
        key: keyOf(occasion),
        along: (after, now) => along(hearer, after.deal, now),
      });
    if (await isTaken(table, occasion)) return;
  }
  throw new Passing('several messages of one new client came at once', { retryAfterSeconds: 1 });
};

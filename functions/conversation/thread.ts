import type { CardView, DealBrief } from '../../schemas/api/shapes.ts';
import type { Deal } from '../../schemas/deal.ts';
import { may } from '../access/rights.ts';
import { contacts } from '../contacts/kinds.ts';
import { mustHave } from '../contacts/rights.ts';
import { readOne } from '../contacts/store.ts';
import { dealsOfClient } from '../deals/client-links.ts';
import type { Context } from '../deals/context.ts';
import { seenCard } from '../deals/seen.ts';
import { maySeeClients, visibleFacts } from '../deals/view.ts';
import { Forbidden } from '../shared/errors.ts';
import { clientMessageKey } from '../shared/keys.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { clientMessageOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { mustHear } from './heard-by.ts';

/** The newest messages a card shows; the list has the others. */
const onCard = 50;

/** The thread with a client, newest first. */
const threadOf = (client: string) => ({ pk: clientMessageKey(client, '').pk, descending: true });

const clientIn = ({ fields }: Deal, { pipeline }: Context): string | undefined => {
  const client = pipeline.conversation === undefined ? undefined : fields[pipeline.conversation.client];
  return typeof client === 'string' ? client : undefined;
};

const briefOf = async (deal: Deal, context: Context): Promise<DealBrief> => {
  const { id, number, title, stage, outcome, responsible, createdAt } = deal;
  const { pipeline } = context;
  const facts = await visibleFacts({ deal }, context);
  const worth = pipeline.worth === undefined ? undefined : facts[pipeline.worth];
  return {
    deal: id,
    number,
    title,
    stage,
    stageTitle: pipeline.stages[stage]?.title ?? { ru: stage, en: stage },
    ...(outcome === undefined ? {} : { outcome }),
    ...(responsible === undefined ? {} : { responsible }),
    ...(typeof worth === 'number' ? { worth } : {}),
    createdAt,
  };
};

/**
 * What a card shows of its client: the thread over all deals and the other deals, whoever has those. For who sees this deal
 * and the cards of clients; nothing where clients do not write.
 */
export const withClient = async (
  deal: Deal,
  context: Context,
): Promise<Pick<CardView, 'conversation' | 'previous'>> => {
  const client = clientIn(deal, context);
  if (client === undefined || !maySeeClients(context)) return {};
  const [{ items }, deals] = await Promise.all([
    theTable().query({ ...threadOf(client), limit: onCard }),
    dealsOfClient(client, context.pipeline.id, theTable()),
  ]);
  return {
    conversation: items.map(clientMessageOf),
    previous: await Promise.all(
      deals.filter(({ id }) => id !== deal.id).map((other) => briefOf(other, context)),
    ),
  };
};

/** GET /v1/deals/{id}/conversation */
export const listConversation = async (call: Call<'conversation.list'>) => {
  const { card, context } = await seenCard(call.params.id, call);
  mustHear(context.pipeline);
  if (!maySeeClients(context))
    throw new Forbidden('your roles do not see clients, nor what was written with them');
  const client = clientIn(card.deal, context);
  if (client === undefined) return { items: [] };
  return pageOf(theTable(), { ...threadOf(client), ...behind(call.query.cursor) }, call.query.limit, (rows) =>
    rows.map(clientMessageOf),
  );
};

/** GET /v1/contacts/{id}/conversation: for who sees clients, and works where they write. */
export const conversationOf = async (call: Call<'contacts.conversation'>) => {
  const { params, query, reader, company } = call;
  mustHave(reader, 'view', 'contact');
  const isHeard = company.packs
    .flatMap(({ pipelines }) => pipelines)
    .some(({ id, conversation }) => conversation !== undefined && may(reader, 'view', 'contact', id));
  if (!isHeard) throw new Forbidden('clients do not write by social networks where you work');
  const contact = await readOne(theTable(), contacts, params.id);
  return pageOf(theTable(), { ...threadOf(contact.id), ...behind(query.cursor) }, query.limit, (rows) =>
    rows.map(clientMessageOf),
  );
};

import { Contact } from '../../schemas/contact.ts';
import { type ClientMessage, SharedFile, SocialChannel } from '../../schemas/conversation.ts';
import { say, Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { isOneOf } from '../access/people.ts';
import { entriesOf } from '../admin/directories.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { changeFields } from '../deals/change.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { mustSee } from '../deals/seen.ts';
import { withTrackingLink } from '../pages/link.ts';
import { NotFound, type Refusal, Refused } from '../shared/errors.ts';
import { clientMessageKey, contactKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { clientMessageOf, clientMessageRow, contentOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { mustHear } from './heard-by.ts';
import { messageIdOf } from './message-id.ts';

type Asked = Call<'conversation.answer'>;

/** How far back the client's last message is looked for, among answers that followed it. */
const lookBack = 100;

const takeItFirst: Refusal = {
  path: 'deal',
  code: 'not-yours-to-answer',
  message: {
    ru: 'Клиенту отвечает ответственный: сначала возьмите обращение в работу',
    en: 'The responsible person answers the client: take the deal first',
    ro: 'Clientului îi răspunde responsabilul: preluați mai întâi comanda',
  },
};
const nobodyToAnswer: Refusal = {
  path: 'deal',
  code: 'no-channel',
  message: {
    ru: 'Этому клиенту нельзя ответить через соцсети: он по ним не писал',
    en: 'This client cannot be answered by a network: they have not written by one',
    ro: 'Acestui client nu i se poate răspunde prin rețea: nu a scris prin nicio rețea',
  },
};
const noSuchReply = (id: string): Refusal => ({
  path: 'quickReply',
  code: 'unknown-quick-reply',
  message: {
    ru: `Нет такого быстрого ответа: ${id}`,
    en: `There is no such quick reply: ${id}`,
    ro: `Nu există un astfel de răspuns rapid: ${id}`,
  },
});

type Words = Pick<ClientMessage, 'text' | 'files'>;

/**
 * The words of an answer: the writer's own, or the predefined ones in the client's language, with their files and, where they
 * ask for it, the link to the client's page.
 */
const wordsOf = async (
  body: Asked['body'],
  contact: Contact,
  { deal }: Card,
  context: Context,
): Promise<Words> => {
  if ('text' in body) return { text: body.text, files: [] };
  const { quickReplies } = mustHear(context.pipeline).conversation;
  const entry = (await entriesOf(quickReplies, context.company)).find(
    ({ id, active }) => id === body.quickReply && active,
  );
  const given = entry?.data.text;
  const text = typeof given === 'string' ? given : Text.safeParse(given).data;
  if (text === undefined) throw new Refused([noSuchReply(body.quickReply)]);
  const files = SharedFile.array()
    .max(20)
    .safeParse(entry?.data.files ?? []);
  return {
    text: await withTrackingLink(
      typeof text === 'string' ? text : say(text, contact.language),
      deal,
      context,
    ),
    files: files.data ?? [],
  };
};

const inThread = ({ pipeline, fields }: Card['deal'], company: Context['company']) => {
  const { client } = mustHear(company.pipeline(pipeline)).conversation;
  return { pk: clientMessageKey(String(fields[client]), '').pk };
};

/** Whom an answer goes to: who wrote last, by the network they wrote by. */
const addressee = async (
  client: string,
): Promise<
  { contact: Contact; channel: SocialChannel; last?: ClientMessage; newest: string | undefined } | undefined
> => {
  const [row, { items }] = await Promise.all([
    theTable().get(contactKey(client)),
    theTable().query({
      pk: clientMessageKey(client, '').pk,
      descending: true,
      limit: lookBack,
      consistent: true,
    }),
  ]);
  const contact = row === undefined ? undefined : Contact.parse(contentOf(row));
  if (contact === undefined) return undefined;
  const last = items.map(clientMessageOf).find(({ direction }) => direction === 'in');
  const known = Object.keys(contact.social ?? {})[0];
  const channel = last?.channel ?? SocialChannel.safeParse(known).data;
  if (channel === undefined || contact.social?.[channel] === undefined) return undefined;
  return { contact, channel, newest: items[0]?.sk, ...(last === undefined ? {} : { last }) };
};

/** An answer clears what its client's message set. */
const answered = (card: Card, context: Context): Outcome<Card> => {
  const { answeredBy, urgent } = mustHear(context.pipeline).conversation;
  mustSee(card, context);
  if (!isOneOf(answeredBy, context.reader?.user, card.deal, context.company)) return refused(takeItFirst);
  // Whoever may answer may clear it, on whichever stage the deal is.
  return done(changeFields(card, { [urgent]: false }, { ...context, reader: undefined }));
};

/** The answer that the same request wrote before. @throws {NotFound} */
const repeated = async ({ deal }: Card, key: string): Promise<ClientMessage> => {
  const end = `-${idOf(key)}`;
  for await (const row of theTable().all({ ...inThread(deal, await theCompany()), descending: true })) {
    const message = clientMessageOf(row);
    if (message.deal === deal.id && message.id.endsWith(end)) return message;
  }
  throw new NotFound('the answer that this request wrote is there no longer');
};

/**
 * POST /v1/deals/{id}/messages: writes an answer down; the adapter of the network takes it from there.
 *
 * @throws {Refused} if the deal is not the writer's, its client never wrote by a network, or no such answer is predefined
 */
export const answerClient = async (call: Asked): Promise<ClientMessage> => {
  const { params, body, reader, key } = call;
  const own = key ?? newId();
  let written: ClientMessage | undefined;
  const { before: found, card } = await act(
    params.id,
    async (before, context) => {
      const outcome = answered(before, context);
      if (!outcome.ok) return outcome;
      const client = before.deal.fields[mustHear(context.pipeline).conversation.client];
      const to = typeof client === 'string' ? await addressee(client) : undefined;
      if (to === undefined) return refused(nobodyToAnswer);
      const at = instantOf(context.now);
      written = {
        id: messageIdOf(context.now, to.newest, own),
        client: to.contact.id,
        channel: to.channel,
        direction: 'out',
        kind: 'message',
        ...(await wordsOf(body, to.contact, before, context)),
        deal: before.deal.id,
        at,
        by: { user: reader.user.id },
        ...(to.last === undefined ? {} : { answers: to.last.id }),
        ...('quickReply' in body ? { quickReply: body.quickReply } : {}),
        state: 'queued',
        changedAt: at,
      };
      return outcome;
    },
    {
      by: { user: reader.user.id },
      reader,
      key,
      along: () => (written === undefined ? [] : [{ put: clientMessageRow(written), if: { absent: true } }]),
    },
  );
  // Nothing was written where the same request was carried out before.
  return written === undefined || card === found ? repeated(card, key ?? '') : written;
};

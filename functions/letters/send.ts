import type { FileView } from '../../schemas/api/shapes.ts';
import { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import { DealId, EntityId } from '../../schemas/ids.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import { arrives, wantsPromo } from '../contacts/reach.ts';
import { mustHave } from '../contacts/rights.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { dealsOfClient } from '../deals/client-links.ts';
import { type Context, done, stageOf } from '../deals/context.ts';
import { mayEdit, mustEdit } from '../deals/editors.ts';
import { factsOf } from '../deals/facts.ts';
import { objectKey } from '../deals/file-names.ts';
import { refsIn } from '../deals/file-refs.ts';
import { locateFile, mustBeStored } from '../deals/files.ts';
import { contextOf, seenCard } from '../deals/seen.ts';
import { clientOf } from '../notify/client.ts';
import { isTooLarge, tooLarge } from '../notify/deliverable.ts';
import { compose } from '../notify/tell.ts';
import { factsForClient } from '../pages/link.ts';
import { BadInput, NotFound, type Refusal, Refused } from '../shared/errors.ts';
import { contactKey, letterKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf, messageRow } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { answerTo, isAnswer, readThread } from './thread.ts';
import { viewMessage } from './view.ts';

const noAddress: Refusal = {
  path: 'fields.contact',
  code: 'no-address',
  message: {
    ru: 'У контакта сделки нет адреса почты: заполните его в карточке контакта',
    en: 'The contact of the deal has no e-mail address: fill it in on the card of the contact',
    ro: 'Contactul nu are adresă de e-mail: completați-o în fișa contactului',
  },
};

const unwanted: Refusal = {
  path: 'text',
  code: 'opted-out',
  message: {
    ru: 'Клиент отказался от рекламных писем: это письмо ему не отправляется',
    en: 'The client turned advertising down: this letter is not sent to them',
    ro: 'Clientul a refuzat publicitatea: această scrisoare nu i se trimite',
  },
};

const bounced = ({ email = '', reach }: Contact): Refusal => ({
  path: 'fields.contact',
  code: 'bounced',
  message: {
    ru: `Письма на ${email} не доходят${why(reach)}: исправьте адрес в карточке контакта или отметьте там, что он верен`,
    en: `Letters to ${email} do not arrive${why(reach)}: mend the address on the card of the contact, or say there that it is right`,
    ro: `Scrisorile către ${email} nu ajung${why(reach)}: corectați adresa în fișa contactului sau confirmați acolo că este corectă`,
  },
});

const why = (reach: Contact['reach']): string =>
  reach?.email?.problem === undefined ? '' : ` (${reach.email.problem})`;

/** The field a file belongs to: the one that holds it now, or the one it was put up for. */
const fieldOf = ({ deal }: Pick<Card, 'deal'>, file: FileView): string | undefined =>
  Object.entries(deal.fields).find(([, value]) => refsIn(value).some(({ id }) => id === file.id))?.[0] ??
  file.field;

type Said = Pick<Call<'letters.send'>['body'], 'text' | 'subject' | 'body' | 'file'>;

/** A file as it goes with a letter, once it lies there. @throws {NotFound} {Refused} */
const attached = async (card: Card, id: string, context: Context, text = '') => {
  const found = await locateFile(card, id, context);
  if (found === undefined) throw new NotFound(`no file "${id}" on this deal`);
  const { deal, file } = found;
  if (isTooLarge([file], text)) throw new Refused([{ path: 'file', code: 'too-large', message: tooLarge }]);
  await mustBeStored(objectKey(deal, file.id, file.name), file);
  const about = fieldOf(card, file);
  return {
    attachments: [
      { deal: DealId.parse(deal), id: file.id, name: file.name, type: file.type, size: file.size },
    ],
    ...(about === undefined ? {} : { about }),
  };
};

/** `Re:` of what the client wrote, if theirs is the newest letter of the thread. */
const subjectOfAnswer = async (deal: Deal, { id, email = '' }: Contact): Promise<string | undefined> => {
  const { newest } = await readThread({ deal: deal.id, contact: id, address: email }, theTable());
  return newest?.is === 'received' && newest.subject !== undefined ? answerTo(newest.subject) : undefined;
};

const words = async (card: Card, { text, subject, body }: Said, client: Contact, context: Context) => {
  if (text === undefined) {
    const about = subject ?? (await subjectOfAnswer(card.deal, client));
    if (about === undefined || body === undefined)
      throw new BadInput(
        'a letter needs a subject and a body, or the name of a text to begin with; the subject may be left out where the client has written last',
      );
    return { text: 'letter', subject: isAnswer(about) ? answerTo(about) : about, body };
  }
  if (context.pack.messages[text] === undefined)
    throw new BadInput(
      `text: no message "${text}" in ${context.pack.id}; messages are ${Object.keys(context.pack.messages).join(', ')}`,
    );
  const facts = await factsForClient(text, card.deal, await factsOf(card.deal, context.pipeline), context);
  const composed = compose(text, client.language, { id: text, deal: card.deal, facts, context });
  const isPromo = context.pack.messages[text]?.kind === 'promo';
  if (isPromo && !wantsPromo(client)) throw new Refused([unwanted]);
  return {
    text,
    ...(isPromo ? { kind: 'promo' as const } : {}),
    subject: subject ?? composed.subject,
    body: body ?? composed.body,
  };
};

/**
 * Queues a letter from a person to the client of a deal; the card is as it was read.
 *
 * @throws {Refused} where the contact has no address, or the file is not there yet
 */
const write = async (
  card: Card,
  said: Said,
  context: Context,
  { reader, key, now }: Pick<Call<'letters.send'>, 'reader' | 'key' | 'now'>,
) => {
  mustEdit(card, context);
  const client = await clientOf(card.deal, theTable());
  if (client?.email === undefined) throw new Refused([noAddress]);
  if (!arrives(client)) throw new Refused([bounced(client)]);
  const { deal } = card;
  const at = instantOf(now);
  const message: OutgoingMessage = {
    id: EntityId.parse(key === undefined ? newId() : idOf('letter', key)),
    channel: 'email',
    to: client.email,
    contact: client.id,
    sender: reader.user.id,
    pack: context.pack.id,
    deal: deal.id,
    dealNumber: deal.number,
    ...(await words(card, said, client, context)),
    ...(said.file === undefined ? {} : await attached(card, said.file, context, said.body)),
    language: client.language,
    state: 'queued',
    attempts: 0,
    createdAt: at,
    changedAt: at,
  };
  await act(
    deal.id,
    (current, now_) => {
      mustEdit(current, now_);
      return done(current);
    },
    {
      by: { user: reader.user.id },
      reader,
      key,
      along: () => [
        { put: messageRow(message), if: { absent: true } },
        {
          put: {
            ...letterKey(client.id, at, message.id),
            row: 'letter',
            message: message.id,
            deal: deal.id,
          },
        },
      ],
    },
  );
  return viewMessage(message, context);
};

/** POST /v1/deals/{id}/letters */
export const sendLetter = async (call: Call<'letters.send'>) => {
  const { card, context } = await seenCard(call.params.id, call);
  return write(card, call.body, context, call);
};

/** Whether a deal waits for such a letter: the stage goes on when it has left, and the file for it is there. */
const waitsForLetter = (deal: Deal, context: Context): boolean =>
  (stageOf(context.pipeline, deal.stage).on ?? []).some(
    ({ on }) =>
      on?.event === 'letter' &&
      on.is === 'sent' &&
      (on.about === undefined || deal.fields[on.about] !== undefined),
  );

const noDeal: Refusal = {
  path: 'deal',
  code: 'no-deal',
  message: {
    ru: 'Ни одна ваша сделка с этим контактом не ждёт отправки: выберите сделку',
    en: 'None of your deals with this contact waits for a letter: name the deal',
    ro: 'Nicio tranzacție cu acest contact nu așteaptă o scrisoare: alegeți tranzacția',
  },
};

const severalDeals = (numbers: readonly string[]): Refusal => ({
  path: 'deal',
  code: 'choose-deal',
  message: {
    ru: `Подходит несколько сделок, выберите одну: ${numbers.join(', ')}`,
    en: `Several deals qualify, choose one: ${numbers.join(', ')}`,
    ro: `Se potrivesc mai multe tranzacții, alegeți una: ${numbers.join(', ')}`,
  },
});

/** Deals of a contact that wait for a letter and that the caller may change. */
const waitingFor = async (contact: string, call: Call<'letters.sendTo'>): Promise<Deal[]> => {
  const pipelines = call.company.packs.flatMap((pack) => pack.pipelines);
  const waiting: Deal[] = [];
  for (const { id } of pipelines.filter(({ fields }) =>
    Object.values(fields).some(({ type }) => type === 'contact'),
  )) {
    const context = contextOf(id, call);
    for (const deal of await dealsOfClient(contact, id, theTable()))
      if (waitsForLetter(deal, context) && mayEdit({ deal, tasks: [] }, context)) waiting.push(deal);
  }
  return waiting;
};

/**
 * POST /v1/contacts/{id}/letters: about the deal that waits for it; without a file named, with the one it waits for.
 *
 * @throws {Refused} where no deal qualifies, or several do and none was named
 */
export const sendLetterTo = async (call: Call<'letters.sendTo'>) => {
  const { params, body, reader } = call;
  mustHave(reader, 'view', 'contact');
  const row = await theTable().get(contactKey(params.id));
  if (row === undefined) throw new NotFound(`no contact "${params.id}"`);
  const contact = Contact.parse(contentOf(row));
  const { deal: named, ...said } = body;
  const waiting = named === undefined ? await waitingFor(contact.id, call) : [];
  const [only, ...others] = waiting;
  if (named === undefined && only === undefined) throw new Refused([noDeal]);
  if (others.length > 0)
    throw new Refused([severalDeals(waiting.map(({ number }) => number))], {
      details: { deals: waiting.map(({ id, number, title }) => ({ id, number, title })) },
    });
  const { card, context } = await seenCard(named ?? only?.id ?? '', call);
  if (card.deal.fields.contact !== contact.id)
    throw new Refused([{ ...noDeal, message: notTheirs(card.deal.number) }]);
  return write(card, { ...said, ...(said.file === undefined ? fileFor(card, context) : {}) }, context, call);
};

const notTheirs = (number: string) => ({
  ru: `В сделке ${number} указан другой контакт`,
  en: `Deal ${number} names another contact`,
  ro: `În tranzacția ${number} este alt contact`,
});

/** The file that the stage waits to see sent. */
const fileFor = ({ deal }: Card, context: Context): { file?: string } => {
  const about = (stageOf(context.pipeline, deal.stage).on ?? []).flatMap(({ on }) =>
    on?.event === 'letter' && on.about !== undefined ? [on.about] : [],
  );
  // Of several the one that came last.
  const ref = about.flatMap((field) => refsIn(deal.fields[field])).at(-1);
  return ref === undefined ? {} : { file: ref.id };
};

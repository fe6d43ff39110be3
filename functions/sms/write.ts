import type { SmsPreview } from '../../schemas/api/sms.ts';
import type { Contact } from '../../schemas/contact.ts';
import { EntityId } from '../../schemas/ids.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import { act } from '../deals/act.ts';
import { type Context, done } from '../deals/context.ts';
import { mustEdit } from '../deals/editors.ts';
import { seenCard } from '../deals/seen.ts';
import { viewMessage } from '../letters/view.ts';
import { clientOf } from '../notify/client.ts';
import { type Refusal, Refused } from '../shared/errors.ts';
import { letterKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { messageRow } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { peopleAtPhone, smsBar } from './bar.ts';
import { readPhone } from './phone.ts';
import { allowedAt } from './quiet.ts';
import { quietOf, routeOf } from './route.ts';
import { plainWhereItSaves, segmentsOf } from './segments.ts';
import { zoneOf } from './zone.ts';

const refusal = (code: string, ru: string, en: string, ro: string): Refusal => ({
  path: 'fields.contact',
  code,
  message: { ru, en, ro },
});

const noSms = refusal(
  'no-sms',
  'Компания не отправляет SMS: администратор настраивает шлюз',
  'The company sends no SMS: an administrator sets up a gateway',
  'Compania nu trimite SMS: administratorul configurează un gateway',
);
const noPhone = refusal(
  'no-phone',
  'У контакта сделки нет номера мобильного: заполните его в карточке контакта',
  'The contact of the deal has no mobile number: fill it in on the card of the contact',
  'Contactul nu are număr de mobil: completați-l în fișa contactului',
);
const unwanted = refusal(
  'opted-out',
  'Клиент отказался от SMS: свяжитесь с ним иначе',
  'The client wants no SMS: get in touch in another way',
  'Clientul nu dorește SMS: contactați-l altfel',
);

const priceOf = (
  number: string | undefined,
  parts: number,
  { pack: { integrations } }: Pick<Context, 'pack'>,
): Pick<SmsPreview, 'price'> => {
  const sms = integrations?.sms;
  const { price } = sms === undefined || number === undefined ? {} : routeOf(number, sms);
  return price === undefined ? {} : { price: { ...price, amount: price.amount * parts } };
};

const clientIn = async (
  client: Contact | undefined,
  context: Context,
): Promise<Pick<SmsPreview, 'client'>> => {
  const { pack, company, now } = context;
  const settings = pack.integrations?.sms;
  const phone = client?.phone === undefined ? undefined : readPhone(client.phone, pack.country);
  if (settings === undefined || phone === undefined) return {};
  const people = await peopleAtPhone(phone.number, client?.id, theTable());
  const until = allowedAt(now, quietOf(settings, pack, company), zoneOf(phone.number, people[0], pack));
  return {
    client: {
      takesSms: phone.takesSms,
      wantsNone: smsBar({}, people, settings) !== undefined,
      ...(until > now ? { quietUntil: instantOf(until) } : {}),
    },
  };
};

/** POST /v1/sms/preview */
export const previewSms = async (call: Call<'sms.preview'>): Promise<SmsPreview> => {
  const { text, deal } = call.body;
  const words = plainWhereItSaves(text);
  const { encoding, parts, left } = segmentsOf(words);
  const counted = { text: words, encoding, parts, left };
  if (deal === undefined) return counted;
  const { card, context } = await seenCard(deal, call);
  const client = await clientOf(card.deal, theTable());
  const number =
    client?.phone === undefined ? undefined : readPhone(client.phone, context.pack.country)?.number;
  return { ...counted, ...priceOf(number, parts, context), ...(await clientIn(client, context)) };
};

/**
 * POST /v1/deals/{id}/sms: a person's own words to the phone of the client. It leaves at once, at night too: the preview has
 * said what time it is there.
 *
 * @throws {Refused} where the client has no such phone, or wants no messages
 */
export const sendSms = async (call: Call<'sms.send'>) => {
  const { reader, key, now } = call;
  const { card, context } = await seenCard(call.params.id, call);
  mustEdit(card, context);
  const { deal } = card;
  const settings = context.pack.integrations?.sms;
  if (settings === undefined) throw new Refused([noSms]);
  const client = await clientOf(deal, theTable());
  const phone = client?.phone === undefined ? undefined : readPhone(client.phone, context.pack.country);
  if (client === undefined || phone?.takesSms !== true) throw new Refused([noPhone]);
  if (smsBar({}, await peopleAtPhone(phone.number, client.id, theTable()), settings) !== undefined)
    throw new Refused([unwanted]);
  const at = instantOf(now);
  const message: OutgoingMessage = {
    id: EntityId.parse(key === undefined ? newId() : idOf('sms', key)),
    channel: 'sms',
    to: phone.number,
    contact: client.id,
    sender: reader.user.id,
    pack: context.pack.id,
    deal: deal.id,
    dealNumber: deal.number,
    text: 'sms',
    subject: 'SMS',
    body: call.body.text,
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
          put: { ...letterKey(client.id, at, message.id), row: 'letter', message: message.id, deal: deal.id },
        },
      ],
    },
  );
  return viewMessage(message, context);
};

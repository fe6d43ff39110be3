import * as z from 'zod';
import { endpointOf } from '../shared/endpoints.ts';
import { ask, type Said } from './answers.ts';
import { digitsOf, type Looked, type Sms, type SmsProvider, type SmsState, type Taken } from './provider.ts';

/** An account of SMS Aero; `sign` is the sender's name that it has approved. */
export const SmsAeroAccount = z.object({
  email: z.string().min(3),
  apiKey: z.string().min(8),
  sign: z.string().min(2).max(64),
});
export type SmsAeroAccount = z.infer<typeof SmsAeroAccount>;

const name = 'SMS Aero';

/** How far their clock may be from ours. */
const clocksApartSeconds = 300;

/** Their numbers; what none of them is keeps its last state. */
const states: Readonly<Record<number, SmsState>> = {
  0: 'queued',
  1: 'delivered',
  2: 'undelivered',
  3: 'sent',
  4: 'sent',
  6: 'rejected',
  8: 'queued',
};

const Message = z.object({
  id: z.union([z.int(), z.string().min(1).max(40)]).transform(String),
  status: z.coerce.number(),
  extendStatus: z.string().max(60).optional(),
  number: z.union([z.string(), z.number()]).transform(String).optional(),
  text: z.string().optional(),
  cost: z.union([z.number(), z.string()]).transform(String).optional(),
  /** seconds since 1970 */
  dateCreate: z.coerce.number().optional(),
});

/** With 200 too it may say no. */
const Envelope = z.union([
  z.object({ success: z.literal(true), data: z.unknown() }),
  z.object({ success: z.literal(false), message: z.string().nullish(), data: z.unknown() }),
  z.object({ result: z.string(), reason: z.string().nullish() }),
]);

type Told =
  | { as: 'data'; data: unknown }
  | { as: 'no'; problem: string; account: boolean }
  | Exclude<Said, { as: 'said' }>;

/** What a person may read of a refusal: their words of the account and the parameters, in one short line. */
const line = (said: string | null | undefined): string =>
  (said ?? 'no reason given')
    .replace(/\s+/g, ' ')
    .replace(/\d{7,}/g, '…')
    .slice(0, 160);

const toldIn = (said: Said): Told => {
  if (said.as !== 'said') return said;
  const parsed = Envelope.safeParse(said.json);
  if (!parsed.success)
    return { as: 'later', problem: `${name} answers in a form nobody knows`, sent: 'maybe' };
  const answer = parsed.data;
  if ('result' in answer)
    return {
      as: 'no',
      problem: `${name}: ${line(answer.result === 'no credits' ? 'no credits: an operator tops up the account' : answer.reason)}`,
      account: answer.result === 'no credits',
    };
  return answer.success
    ? { as: 'data', data: answer.data }
    : { as: 'no', problem: `${name}: ${line(answer.message)}`, account: false };
};

/** A list comes as one, or as an object whose members are numbered, with links beside them. */
const listIn = (data: unknown): z.infer<typeof Message>[] =>
  (Array.isArray(data)
    ? data
    : Object.values(z.record(z.string(), z.unknown()).catch({}).parse(data))
  ).flatMap((one) => {
    const parsed = Message.safeParse(one);
    return parsed.success ? [parsed.data] : [];
  });

const stateOf = ({ status }: z.infer<typeof Message>): SmsState => states[status] ?? 'unknown';

/**
 * SMS Aero, https://smsaero.ru/integration/documentation/api/. It knows no key of ours: a message whose answer was lost is
 * looked for among those to its number with its text.
 */
export const smsAero = (account: SmsAeroAccount): SmsProvider => {
  const authorization = `Basic ${Buffer.from(`${account.email}:${account.apiKey}`).toString('base64')}`;
  const call = async (path: string, body: Record<string, unknown>): Promise<Told> =>
    toldIn(
      await ask(name, `${endpointOf('smsaero')}/v2/${path}`, {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', accept: 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const unclear: Looked = { as: 'later', problem: `${name} says nothing of a message that it should know` };

  const found = async (sms: Sms): Promise<Looked> => {
    const number = digitsOf(sms.number);
    const told = await call('sms/list', { number, text: sms.text });
    if (told.as === 'data') {
      // Their filters are not to be relied upon: the same text to another number is somebody else's message.
      const since = sms.since === undefined ? 0 : sms.since.getTime() / 1000 - clocksApartSeconds;
      const same = listIn(told.data).filter(
        (one) =>
          one.number === number &&
          one.text === sms.text &&
          (one.dateCreate ?? Number.POSITIVE_INFINITY) >= since,
      );
      // The newest: the same words may have been sent before.
      const newest = same.sort((one, other) => Number(other.id) - Number(one.id))[0];
      return newest === undefined
        ? { as: 'absent' }
        : {
            as: 'found',
            id: newest.id,
            state: stateOf(newest),
            said: newest.extendStatus ?? String(newest.status),
          };
    }
    return { as: 'later', problem: told.problem };
  };

  return {
    async send(sms): Promise<Taken> {
      const told = await call('sms/send', {
        number: digitsOf(sms.number),
        sign: account.sign,
        text: sms.text,
        ...(sms.callbackUrl === undefined ? {} : { callbackUrl: sms.callbackUrl, callbackFormat: 'JSON' }),
      });
      switch (told.as) {
        case 'data': {
          const [message] = listIn(Array.isArray(told.data) ? told.data : [told.data]);
          return message === undefined
            ? { as: 'later', problem: `${name} took a message and gives no number of it`, sent: 'maybe' }
            : {
                as: 'taken',
                id: message.id,
                state: stateOf(message),
                ...(message.cost === undefined ? {} : { cost: message.cost }),
              };
        }
        case 'no':
          return { as: 'refused', problem: told.problem, ...(told.account ? { account: true } : {}) };
        default:
          return told;
      }
    },
    async look(sms, id): Promise<Looked> {
      if (id === undefined) return found(sms);
      const told = await call('sms/status', { id: Number(id) });
      if (told.as !== 'data') return { as: 'later', problem: told.problem };
      const parsed = Message.safeParse(told.data);
      return parsed.success
        ? {
            as: 'found',
            id: parsed.data.id,
            state: stateOf(parsed.data),
            said: parsed.data.extendStatus ?? String(parsed.data.status),
          }
        : unclear;
    },
  };
};

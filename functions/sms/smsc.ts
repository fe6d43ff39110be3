import * as z from 'zod';
import { endpointOf } from '../shared/endpoints.ts';
import { ask } from './answers.ts';
import { digitsOf, type Looked, numberOf, type SmsProvider, type SmsState, type Taken } from './provider.ts';

/** An account of SMSC.ru; the default sender of the account where none is named. */
export const SmscAccount = z.object({
  apikey: z.string().min(8),
  sender: z.string().max(15).optional(),
  /** set in the cabinet: their callbacks are signed with it */
  callbackPassword: z.string().optional(),
});
export type SmscAccount = z.infer<typeof SmscAccount>;

const name = 'SMSC';

/** Their codes of a message on its way; above 20 it will not arrive. */
const states: Readonly<Record<number, SmsState>> = {
  [-2]: 'rejected',
  [-1]: 'queued',
  0: 'sent',
  1: 'delivered',
  2: 'delivered',
  3: 'expired',
  4: 'delivered',
  20: 'undelivered',
  22: 'undelivered',
  23: 'rejected',
  24: 'rejected',
  25: 'undelivered',
};

/** What an error of theirs means to who mends it. */
const errors: Readonly<Record<number, string>> = {
  1: 'they do not understand a parameter',
  2: 'the key is another one, or this address may not call: an operator looks at the account and the secret',
  3: 'there is no money on the account: an operator tops it up',
  4: 'calls are blocked for a while after many errors',
  5: 'they do not understand a date',
  6: 'they forbid the text or the sender: the sender has to be approved in the cabinet',
  7: 'they do not know such a number',
  8: 'nothing can be delivered to this number',
  9: 'too many calls at once',
};
const passing = new Set([4, 9]);
/** Those that every message meets until an operator has been there. */
const ofTheAccount = new Set([2, 3]);

const Sent = z.object({
  id: z.union([z.int(), z.string()]).transform(String),
  cnt: z.coerce.number().optional(),
  cost: z.union([z.number(), z.string()]).transform(String).optional(),
});
const Failed = z.object({ error: z.string(), error_code: z.coerce.number() });
const Status = z.object({ status: z.coerce.number(), err: z.coerce.number().optional() });

const refusal = (code: number): string =>
  `${name}: ${errors[code] ?? `error ${code}, of which its documentation says nothing`}`;

/** SMSC.ru, https://smsc.ru/api/. It takes a number of ours as the id of a message, by which a lost answer is found again. */
export const smsc = (account: SmscAccount): SmsProvider => {
  const call = (path: 'send' | 'status', fields: Record<string, string>) => {
    const query = new URLSearchParams({ apikey: account.apikey, ...fields, charset: 'utf-8', fmt: '3' });
    const url = `${endpointOf('smsc')}/sys/${path}.php`;
    return path === 'status'
      ? ask(name, `${url}?${query}`, {})
      : ask(name, url, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: query.toString(),
        });
  };
  const unclear = `${name} answers in a form nobody knows`;

  return {
    async send(sms): Promise<Taken> {
      const said = await call('send', {
        phones: digitsOf(sms.number),
        mes: sms.text,
        id: String(numberOf(sms.id)),
        cost: '2', // it says what it took
        ...(account.sender === undefined ? {} : { sender: account.sender }),
      });
      if (said.as !== 'said') return said;
      const failed = Failed.safeParse(said.json);
      if (failed.success) {
        const problem = refusal(failed.data.error_code);
        return passing.has(failed.data.error_code)
          ? { as: 'later', problem, sent: 'no' }
          : {
              as: 'refused',
              problem,
              ...(ofTheAccount.has(failed.data.error_code) ? { account: true as const } : {}),
            };
      }
      const sent = Sent.safeParse(said.json);
      if (!sent.success) return { as: 'later', problem: unclear, sent: 'maybe' };
      const { id, cnt, cost } = sent.data;
      return {
        as: 'taken',
        id,
        state: 'queued',
        ...(cnt === undefined ? {} : { parts: cnt }),
        ...(cost === undefined ? {} : { cost }),
      };
    },
    async look(sms, id): Promise<Looked> {
      const said = await call('status', {
        phone: digitsOf(sms.number),
        id: id ?? String(numberOf(sms.id)),
        all: '1',
      });
      if (said.as !== 'said') return { as: 'later', problem: said.problem };
      const failed = Failed.safeParse(said.json);
      if (failed.success) return { as: 'later', problem: refusal(failed.data.error_code) };
      const found = Status.safeParse(said.json);
      if (!found.success) return { as: 'later', problem: unclear };
      const { status } = found.data;
      return status === -3
        ? { as: 'absent' }
        : {
            as: 'found',
            id: id ?? String(numberOf(sms.id)),
            state: states[status] ?? 'unknown',
            said: String(status),
          };
    },
  };
};

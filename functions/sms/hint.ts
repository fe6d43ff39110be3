import * as z from 'zod';
import { SmsGateway } from '../../schemas/integrations/sms.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Taker } from '../calls/take.ts';
import { withoutSms } from '../contacts/reach.ts';
import { changeReach } from '../contacts/reach-store.ts';
import { messageOf } from '../shared/rows.ts';
import { dealOfAnswer, toldOf } from './answered.ts';
import { peopleAtPhone } from './bar.ts';
import { became } from './became.ts';
import { gatewayFor } from './gateway.ts';
import { nameOf, providerIdOf, wordsOf } from './message.ts';
import { packOfSms } from './of-pack.ts';
import { readPhone } from './phone.ts';

/** What is kept of a gateway's word: which message it is about, or who answered what. */
export const StatusHint = z.object({ id: z.string().min(1).max(40), status: z.string().max(20) });
export const Reply = z.object({ from: z.string().min(5).max(30), text: z.string().max(1000) });

/** A gateway says that something became of a message: nothing of it is believed, the gateway is asked. */
export const takeStatus: Taker = async (received, doing) => {
  const { id } = StatusHint.parse(JSON.parse(received.raw));
  const gateway = SmsGateway.parse(received.provider);
  const { items } = await doing.table.query({ index: 'g3', pk: `PROVIDER#${providerIdOf(gateway, id)}` });
  const message = items
    .filter(({ row }) => row === 'message')
    .map(messageOf)
    .filter(({ pack }) => pack === received.pack)
    .sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1))[0];
  const ours = message === undefined ? undefined : packOfSms(message, doing.company);
  if (message === undefined || ours === undefined)
    return { as: 'ignored', problem: 'no message of ours has this id' };
  const about =
    message.deal === undefined || message.dealNumber === undefined
      ? {}
      : { deal: { id: message.deal, number: message.dealNumber } };
  const account = await gatewayFor(gateway, ours.pack.id);
  const phone = readPhone(message.to, ours.pack.country);
  if (message.state !== 'sent' || account === undefined || phone === undefined)
    return { as: 'ignored', ...about };
  const looked = await account.provider.look(
    { id: nameOf(message), number: phone.number, text: wordsOf(message) },
    id,
  );
  if (looked.as === 'later') return { as: 'later', problem: looked.problem };
  if (looked.as === 'absent')
    return { as: 'ignored', problem: 'the gateway itself does not know it', ...about };
  await became(message, looked.state, doing);
  return { as: 'taken', ...about };
};

/** One word and nothing else: a client who writes more wants an answer. */
const stop = /^(stop|стоп|отписаться|отписка|unsubscribe|dezabonare)$/iu;
const isStop = (text: string): boolean => stop.test(text.replace(/[^\p{L}]+/gu, ' ').trim());

/** A client answered: who writes STOP gets no more messages; other words are read by whom their deal belongs to. */
export const takeReply: Taker = async (received, doing) => {
  const { from, text } = Reply.parse(JSON.parse(received.raw));
  const pack = doing.company.packs.find(({ id }) => id === received.pack);
  const phone = readPhone(from.startsWith('+') ? from : `+${from}`, pack?.country ?? 'RU');
  if (phone === undefined) return { as: 'ignored', problem: 'no country has such a number' };
  const people = await peopleAtPhone(phone.number, undefined, doing.table);
  const deal = await dealOfAnswer(received, people, doing);
  if (!isStop(text)) return toldOf(received, text, deal);
  for (const { id } of people)
    await changeReach(id, (before) => withoutSms(before, 'answered STOP', instantOf(doing.now)), doing.table);
  return people.length === 0
    ? { as: 'ignored', problem: 'nobody of ours has this number' }
    : { as: 'taken', deal };
};

import * as z from 'zod';
import type { Call } from '../../schemas/call.ts';
import { EntityId } from '../../schemas/ids.ts';
import { SmsGateway } from '../../schemas/integrations/sms.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Carry, Doing, Executor, Outcome } from '../calls/carry.ts';
import { tellPeople } from '../calls/tell-people.ts';
import { withAttempt, withOutcome } from '../notify/history.ts';
import { localDay } from '../schedule/local-time.ts';
import { environment } from '../shared/environment.ts';
import { peopleAtPhone, smsBar } from './bar.ts';
import { became, lost, taken, withheld } from './became.ts';
import { gatewayFor } from './gateway.ts';
import {
  changeMessage,
  gatewayIdOf,
  goBy,
  isUnknown,
  messageNow,
  nameOf,
  problemOf,
  roundOf,
  wordsOf,
} from './message.ts';
import { packOfSms } from './of-pack.ts';
import { readPhone } from './phone.ts';
import { isFinal, type Sms, type SmsProvider, type Taken } from './provider.ts';
import { allowedAt } from './quiet.ts';
import { gatewayAfter, quietOf, routeOf } from './route.ts';
import { zoneOf } from './zone.ts';

const Input = z.object({ message: EntityId, round: z.int().nonnegative() });

type Ours = NonNullable<ReturnType<typeof packOfSms>>;

/** One message with the gateway whose turn it is. */
type Sending = Doing &
  Ours & {
    readonly call: Call;
    readonly gateway: SmsGateway;
    readonly message: OutgoingMessage;
    readonly provider: SmsProvider;
    readonly sms: Sms;
  };

const done = (answer: string): Outcome => ({ as: 'done', answer });

/** Of whom no message is known to go further than this. */
const longest: Readonly<Record<SmsGateway, (text: string) => boolean>> = {
  smsaero: (text) => text.length <= 640,
  smsc: (text) => text.length <= 1000,
  sns: (text) => Buffer.byteLength(text) <= 1600,
};

/** A message that its gateway certainly did not take goes by the next one; where there is none, the gateway is asked again. */
const notTaken = async (
  sending: Sending,
  { as, problem, ...how }: Exclude<Taken, { as: 'taken' }>,
): Promise<Outcome> => {
  const { message, gateway, settings, sms, table, now, pack } = sending;
  if ('account' in how) await tellOperators(pack.id, gateway, problem, sending);
  const isCertain = as === 'refused' || ('sent' in how && how.sent === 'no');
  await changeMessage(
    message.id,
    (before) => ({
      ...(isCertain ? withOutcome(before, as, problem) : before),
      problem: problemOf(problem),
      changedAt: instantOf(now),
    }),
    table,
  );
  return isCertain && (as === 'refused' || gatewayAfter(gateway, routeOf(sms.number, settings)) !== undefined)
    ? { as: 'refused', problem }
    : { as: 'later', problem };
};

/** Whoever runs the deployment hears once a day that an account lets nothing through. */
const tellOperators = (pack: string, gateway: SmsGateway, problem: string, doing: Doing): Promise<void> =>
  tellPeople(
    pack,
    {
      occasion: `sms:${gateway}:${localDay(doing.now, 'UTC')}`,
      subject: {
        ru: `SMS не уходят через ${gateway}`,
        en: `No SMS leaves by ${gateway}`,
        ro: `SMS-urile nu pleacă prin ${gateway}`,
      },
      body: {
        ru: `${problem}. Как настроить: docs/integrations/sms.md.`,
        en: `${problem}. How it is set up: docs/integrations/sms.md.`,
        ro: `${problem}. Cum se configurează: docs/integrations/sms.md.`,
      },
    },
    doing,
  );

const hold = async (sending: Sending, until: Date, zone: string): Promise<Outcome> => {
  const { message, table, now } = sending;
  const problem = `quiet hours where the client is (${zone}): it goes at ${instantOf(until)}`;
  await changeMessage(
    message.id,
    (before) => ({ ...before, problem, nextAttemptAt: instantOf(until), changedAt: instantOf(now) }),
    table,
  );
  return {
    as: 'waiting',
    afterSeconds: Math.ceil((until.getTime() - now.getTime()) / 1000),
    answer: problem,
  };
};

/** Marks the attempt before it is made: whoever finds the mark without an outcome asks the gateway first. */
const begin = ({ message, table, now }: Sending) =>
  changeMessage(
    message.id,
    (before) => {
      if (before.state !== message.state || before.attempts !== message.attempts) return before;
      const { problem: _, nextAttemptAt: __, ...rest } = before;
      return { ...withAttempt(rest, before.attempts + 1, now), changedAt: instantOf(now) };
    },
    table,
  );

const send = async (sending: Sending): Promise<Outcome> => {
  const { message, provider, sms, gateway } = sending;
  if (!longest[gateway](sms.text))
    return notTaken(sending, { as: 'refused', problem: `${gateway}: the text is too long for one message` });
  const begun = await begin(sending);
  if (begun?.attempts !== message.attempts + 1)
    return { as: 'later', problem: 'the message changed meanwhile' };
  const answer = await provider.send(sms);
  if (answer.as !== 'taken') return notTaken({ ...sending, message: begun }, answer);
  await taken(begun, answer, sending);
  return gateway === 'sns'
    ? done('taken; its delivery log knows more')
    : { as: 'waiting', afterSeconds: 30, answer: 'taken' };
};

/** What is found of an attempt whose end nobody knows; nothing where the gateway never had it. */
const looked = async (sending: Sending): Promise<Outcome | undefined> => {
  const { provider, sms, message } = sending;
  const found = await provider.look(sms, undefined);
  if (found.as === 'later') return { as: 'later', problem: found.problem };
  if (found.as === 'absent') return undefined;
  await taken(message, { id: found.id, state: found.state }, sending);
  return { as: 'waiting', afterSeconds: 30, answer: `found: ${found.said}` };
};

const attempt = async (sending: Sending): Promise<Outcome> => {
  const { message, settings, pack, company, sms, table, now } = sending;
  const people = await peopleAtPhone(sms.number, message.contact, table);
  const bar = smsBar(message, people, settings);
  if (bar !== undefined) {
    await (bar.as === 'lost' ? lost : withheld)(message, bar.problem, sending);
    return done(`not sent: ${bar.problem}`);
  }
  if (isUnknown(message)) {
    const found = await looked(sending);
    if (found !== undefined) return found;
  }
  const zone = zoneOf(sms.number, people[0], pack);
  // A person who writes at night knows what they do, and is told before.
  const until =
    message.kind === 'urgent' || message.sender !== undefined
      ? now
      : allowedAt(now, quietOf(settings, pack, company), zone);
  return until > now ? hold(sending, until, zone) : send(sending);
};

/** Seconds to the next question, the longer the longer a message is on its way. */
const pauses = [30, 120, 600, 3600] as const;
const patienceMs = 26 * 60 * 60_000;
const pauseAfter = (ageMs: number): number =>
  pauses.find((_, n) => ageMs < pauses.slice(0, n + 1).reduce((sum, one) => sum + one, 0) * 1000) ?? 4 * 3600;

const askAfter = async (sending: Sending): Promise<Outcome> => {
  const { message, provider, sms, now } = sending;
  const found = await provider.look(sms, gatewayIdOf(message));
  if (found.as === 'later') return { as: 'later', problem: found.problem };
  const since = Date.parse(message.history?.at(-1)?.at ?? message.createdAt);
  if (found.as === 'found') {
    await became(message, found.state, sending);
    if (isFinal(found.state)) return done(found.said);
  }
  const said = found.as === 'absent' ? 'the gateway does not know it' : found.said;
  return now.getTime() - since >= patienceMs
    ? done(`${said}; nothing more was heard within a day`)
    : { as: 'waiting', afterSeconds: pauseAfter(now.getTime() - since), answer: said };
};

const problemWithNumber = (takes: boolean | undefined): string | undefined =>
  takes === undefined
    ? 'no country has such a number: mend it on the card of the contact'
    : takes
      ? undefined
      : 'this number takes no messages: it is no mobile phone';

/** Hands a message to the gateway of the call, at most once each attempt, then asks where it is until it has ended. */
const carry: Carry = async (call, doing) => {
  const { message: id, round } = Input.parse(call.input);
  const gateway = SmsGateway.parse(call.provider);
  const message = await messageNow(id, doing.table);
  const ours = message === undefined ? undefined : packOfSms(message, doing.company);
  if (message === undefined || ours === undefined) return done('there is no such message any more');
  if (roundOf(message) !== round || message.sms?.gateway !== gateway) return done('it goes by another call');
  const isToGo =
    message.state === 'queued' ||
    message.state === 'retrying' ||
    (message.state === 'failed' && call.resent > 0);
  if (!isToGo && message.state !== 'sent') return done(`nothing to do: the message is ${message.state}`);
  const phone = readPhone(message.to, ours.pack.country);
  const problem = problemWithNumber(phone?.takesSms);
  if (phone === undefined || problem !== undefined) {
    await lost(message, problem ?? '', doing);
    return done(`not sent: ${problem}`);
  }
  const account = await gatewayFor(gateway, call.pack);
  const sms: Sms = {
    id: nameOf(message),
    number: phone.number,
    text: wordsOf(message),
    since: new Date(message.resentAt ?? message.createdAt),
    ...(account?.callbackUrl === undefined ? {} : { callbackUrl: account.callbackUrl }),
  };
  const sending = { ...doing, ...ours, call, gateway, message, sms };
  if (account === undefined) {
    const problem = `${gateway}: the secret ${environment().SECRET_PREFIX}/sms has no account of "${call.pack}": an operator adds it`;
    await tellOperators(call.pack, gateway, problem, doing);
    return { as: 'refused', problem };
  }
  const { provider } = account;
  return isToGo ? attempt({ ...sending, provider }) : askAfter({ ...sending, provider });
};

const failed = async (call: Call, doing: Doing): Promise<void> => {
  const { message: id, round } = Input.parse(call.input);
  const message = await messageNow(id, doing.table);
  const ours = message === undefined ? undefined : packOfSms(message, doing.company);
  if (message === undefined || ours === undefined) return;
  if (roundOf(message) !== round || message.sms?.gateway !== call.provider) return;
  if (message.state !== 'queued' && message.state !== 'retrying') return;
  const problem = call.problem ?? 'given up';
  if (call.state === 'given-up') return void (await withheld(message, 'given up by a person', doing));
  const number = readPhone(message.to, ours.pack.country)?.number ?? message.to;
  const next = isUnknown(message)
    ? undefined
    : gatewayAfter(message.sms.gateway, routeOf(number, ours.settings));
  if (next === undefined) return lost(message, problem, doing);
  const deal =
    call.deal === undefined || call.pipeline === undefined || call.dealNumber === undefined
      ? undefined
      : { id: call.deal, number: call.dealNumber, pipeline: call.pipeline };
  await goBy(message, next, { pack: call.pack, deal: deal as never }, doing);
};

/** What makes the calls of every gateway. */
export const smsCalls: Executor = { carry, failed };

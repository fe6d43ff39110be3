import * as z from 'zod';
import { type OutboxDetail, type OutboxEntry, OutboxState } from '../../schemas/api/outbox.ts';
import type { Attempt } from '../../schemas/call.ts';
import type { Deal } from '../../schemas/deal.ts';
import { Slug } from '../../schemas/ids.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { Instant, instantOf } from '../../schemas/time.ts';
import { mayDo } from '../access/rights.ts';
import { mayIn, packOfPerson } from '../access/tenant.ts';
import { callOf, receivedOf } from '../calls/rows.ts';
import { erasedMark } from '../contacts/redact.ts';
import { contextOf } from '../deals/seen.ts';
import { hiddenFrom, maySeeClients } from '../deals/view.ts';
import { incomingOf } from '../mail-in/rows.ts';
import { prints } from '../notify/prints.ts';
import { log } from '../shared/log.ts';
import { messageOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item } from '../shared/table/port.ts';
import { provider as webhookProvider } from '../webhooks/rows.ts';

/** Who asks. */
export type Caller = Pick<Call<'outbox.list'>, 'reader' | 'company' | 'now'>;

/** A row with the deal it is about, where it is about one. */
export type Found = { readonly row: Item; readonly deal: Deal | undefined };

/** The pack of something that is of no deal. */
const packOf = (row: Item, { company }: Caller): string | undefined => {
  if (typeof row.pack === 'string') return row.pack;
  const user = company.users.get(String(row.user));
  return user === undefined ? undefined : packOfPerson(user, company)?.id;
};

/** Whether a role lets the caller see, or decide on, what left and came in; of no known pack only where all packs are theirs. */
export const mayOutbox = (action: 'view' | 'edit', { row, deal }: Found, caller: Caller): boolean => {
  const { reader, company } = caller;
  if (deal !== undefined) return mayDo(reader, action, 'outbox', deal, company);
  const pack = packOf(row, caller);
  return company.packs
    .filter(({ id }) => pack === undefined || id === pack)
    .every((one) => mayIn(reader, action, 'outbox', one));
};

const decisions = (state: unknown): ('again' | 'give-up')[] => {
  switch (state) {
    case 'queued':
    case 'retrying':
    case 'waiting':
      return ['give-up'];
    case 'failed':
      return ['again', 'give-up'];
    case 'bounced':
    case 'given-up':
    case 'refused':
    case 'ignored':
      return ['again'];
    default:
      return [];
  }
};

/** What may be decided on a row in its state, by somebody who may. */
export const decisionsOn = (row: Item): ('again' | 'give-up')[] => {
  // Nobody is left to whom it could be sent.
  if (row.row === 'message' && row.to === erasedMark) return [];
  // A webhook that was switched off goes on once it is switched on.
  const all = decisions(row.state);
  return row.provider === webhookProvider ? all.filter((one) => one !== 'again') : all;
};

/** Whether nobody knows how the last attempt of a message ended: it may have arrived. */
export const mayHaveLeft = ({ history, state, providerId }: OutgoingMessage): boolean =>
  history?.at(-1)?.as === 'begun' || (state !== 'bounced' && providerId !== undefined);

const present = <T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** How much of a deal's affairs the caller sees. */
const sightOf = ({ deal }: Found, caller: Caller): { hidden: ReadonlySet<string>; clients: boolean } =>
  deal === undefined
    ? { hidden: new Set(), clients: maySeeClients(caller) }
    : { hidden: hiddenFrom(contextOf(deal.pipeline, caller)), clients: maySeeClients(caller) };

/** Attempts with what was said; what an answer says of a deal is left out for those who do not see all of it. */
const openHistory = (history: readonly Attempt[], isAll: boolean): Attempt[] =>
  history.map(({ said, ...attempt }) =>
    said === undefined || (!isAll && (attempt.as === 'done' || attempt.as === 'waiting'))
      ? attempt
      : { ...attempt, said },
  );

const ofCall = (found: Found, caller: Caller): Omit<OutboxDetail, 'may'> => {
  const { input, history, answer, ...call } = callOf(found.row);
  const { hidden, clients } = sightOf(found, caller);
  const isAll = hidden.size === 0 && clients;
  return {
    what: 'call',
    direction: 'out',
    id: call.id,
    provider: call.provider,
    kind: call.kind,
    about: call.about,
    state: call.state,
    attempts: call.attempts,
    at: call.createdAt,
    changedAt: call.changedAt,
    ...present({
      deal: call.deal,
      dealNumber: call.dealNumber,
      nextAttemptAt: call.nextAttemptAt,
      problem: call.problem,
      decided: call.decided,
      answer: isAll ? answer : undefined,
      input: isAll && mayOutbox('edit', found, caller) ? input : undefined,
    }),
    history: openHistory(history, isAll),
  };
};

const ofMessage = (found: Found, caller: Caller): Omit<OutboxDetail, 'may'> => {
  const message = messageOf(found.row);
  const { hidden, clients } = sightOf(found, caller);
  const pack = found.deal === undefined ? undefined : contextOf(found.deal.pipeline, caller).pack;
  const tells = pack !== undefined && prints(message.text, hidden, pack, ['subject']);
  return {
    what: 'message',
    direction: 'out',
    id: message.id,
    provider: message.channel,
    kind: message.text,
    state: message.state,
    attempts: message.attempts,
    at: message.createdAt,
    changedAt: message.changedAt,
    ...present({
      about: tells ? undefined : message.subject,
      to: message.user !== undefined || clients ? message.to : undefined,
      deal: message.deal,
      dealNumber: message.dealNumber,
      nextAttemptAt: message.nextAttemptAt,
      problem: message.problem,
      decided: message.decided,
      mayHaveLeft:
        mayHaveLeft(message) && decisionsOn(found.row).includes('again') ? (true as const) : undefined,
    }),
    history: message.history ?? [],
  };
};

const ofReceived = (found: Found, caller: Caller): Omit<OutboxDetail, 'may'> => {
  const received = receivedOf(found.row);
  const { hidden, clients } = sightOf(found, caller);
  return {
    what: 'received',
    direction: 'in',
    id: received.id,
    provider: received.provider,
    kind: received.kind,
    about: received.externalId,
    state: received.state,
    attempts: received.attempts,
    at: received.at,
    changedAt: received.changedAt,
    ...present({
      deal: received.deal,
      dealNumber: received.dealNumber,
      nextAttemptAt: received.nextAttemptAt,
      problem: received.problem,
      decided: received.decided,
      raw: hidden.size === 0 && clients && mayOutbox('edit', found, caller) ? received.raw : undefined,
    }),
    history: [],
  };
};

const ofLetter = (found: Found, caller: Caller): Omit<OutboxDetail, 'may'> => {
  const { id, deal, subject, at, from } = incomingOf(found.row);
  const { clients } = sightOf(found, caller);
  return {
    what: 'letter',
    direction: 'in',
    id,
    provider: 'email',
    kind: 'letter',
    state: 'taken',
    attempts: 0,
    at,
    changedAt: at,
    deal,
    about: subject,
    ...present({
      dealNumber: found.deal?.number,
      // A letter has one address that matters: for one that came in, whose it is.
      to: clients ? from.email : undefined,
    }),
    history: [],
  };
};

/** A row that nobody can read any more: it is shown to be there, and an operator mends it. */
const unreadable = ({ row, deal }: Found, what: OutboxDetail['what']): Omit<OutboxDetail, 'may'> => {
  const at = Instant.safeParse(row.changedAt ?? row.at).data ?? instantOf(new Date(0));
  return {
    what,
    direction: what === 'call' || what === 'message' ? 'out' : 'in',
    id: String(row.id),
    provider: Slug.safeParse(row.provider ?? row.channel).data ?? 'unknown',
    kind: Slug.safeParse(row.kind ?? row.text).data ?? 'unknown',
    state: OutboxState.safeParse(row.state).data ?? 'failed',
    attempts: 0,
    at,
    changedAt: at,
    problem: 'what is stored of it is broken and cannot be read; an operator mends the row',
    ...present({ deal: deal?.id, dealNumber: deal?.number }),
    history: [],
  };
};

const shapes: Readonly<
  Record<string, [OutboxDetail['what'], (found: Found, caller: Caller) => Omit<OutboxDetail, 'may'>]>
> = {
  call: ['call', ofCall],
  message: ['message', ofMessage],
  received: ['received', ofReceived],
  incoming: ['letter', ofLetter],
};

/** One of them with all that the caller may see; nothing for rows of another kind. Whether they may at all is asked before. */
export const detailOf = (found: Found, caller: Caller): OutboxDetail | undefined => {
  const [what, read] = shapes[String(found.row.row)] ?? [];
  if (what === undefined || read === undefined) return undefined;
  try {
    return {
      ...read(found, caller),
      may: mayOutbox('edit', found, caller) ? decisionsOn(found.row) : [],
    };
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    log.error({ row: found.row.pk, error }, 'a row of the outbox cannot be read');
    return { ...unreadable(found, what), may: [] };
  }
};

/** The same as a line of a list. */
export const entryOf = (found: Found, caller: Caller): OutboxEntry | undefined => {
  const detail = detailOf(found, caller);
  if (detail === undefined) return undefined;
  const { history: _, input: __, raw: ___, ...entry } = detail;
  return entry;
};

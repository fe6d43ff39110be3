import { isDeepStrictEqual } from 'node:util';
import type { Accrual } from '../../schemas/accrual.ts';
import type { Call } from '../../schemas/call.ts';
import type { ClientMessage } from '../../schemas/conversation.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import type { DealId } from '../../schemas/ids.ts';
import type { IncomingLetter } from '../../schemas/incoming.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Reminder } from '../../schemas/reminder.ts';
import type { Task } from '../../schemas/task.ts';
import { idOf } from '../shared/new-id.ts';
import type { ChangedRow } from './changed-row.ts';

type Kind = FeedEntry['kind'];
type Told = Pick<FeedEntry, 'kind' | 'data'>;

/** Lines of one instant in the order of cause and effect. */
const rank: Record<Kind, number> = {
  created: 0,
  comment: 1,
  erased: 1,
  money: 1,
  accrual: 1,
  'task-closed': 2,
  decision: 2,
  changed: 3,
  figure: 3,
  restored: 3,
  assigned: 4,
  'task-reassigned': 5,
  moved: 6,
  migrated: 6,
  'task-cancelled': 7,
  process: 7,
  parcel: 7,
  payment: 7,
  reminder: 7,
  'task-opened': 8,
  escalated: 8,
  message: 9,
  outbox: 9,
  conversation: 9,
};

/** The same id for the same change, so that a change told twice is one line. */
export const lineId = (kind: Kind, version: number, ...of: readonly string[]): string =>
  `${rank[kind]}.${String(version).padStart(6, '0')}.${idOf(kind, String(version), ...of)}`;

type Pair = [before: unknown, after: unknown];

export const pair = (before: unknown, after: unknown): Pair => [before ?? null, after ?? null];

/** Values that differ, by name, each before and after. */
const differing = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): Record<string, Pair> =>
  Object.fromEntries(
    [...new Set([...Object.keys(before), ...Object.keys(after)])]
      .filter((name) => !isDeepStrictEqual(before[name], after[name]))
      .map((name) => [name, pair(before[name], after[name])]),
  );

/** What a change may be about; audited totals have lines of their own. */
const valuesOf = (
  { fields, totals, title, initiator, watchers, tracking }: Deal,
  audited: ReadonlySet<string>,
): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(totals).filter(([name]) => !audited.has(name))),
  ...fields,
  title,
  initiator,
  watchers,
  tracking,
});

const line = (
  deal: DealId,
  of: { at: FeedEntry['at']; by: FeedEntry['by']; reason?: string | undefined },
  id: string,
  { kind, data }: Told,
): FeedEntry => ({
  id,
  deal,
  at: of.at,
  by: of.by,
  kind,
  data,
  ...(of.reason === undefined ? {} : { reason: of.reason }),
});

/** In the history of the deal a process was started from: that it began, and how it ended. */
const inParent = (before: Deal | undefined, after: Deal): FeedEntry[] => {
  const { parent, outcome } = after;
  if (parent === undefined || (before !== undefined && (outcome === undefined || before.outcome === outcome)))
    return [];
  const data = {
    process: after.id,
    number: after.number,
    pipeline: after.pipeline,
    stage: after.stage,
    ...(outcome === undefined ? {} : { outcome }),
  };
  const of = { at: after.changedAt, by: after.changedBy };
  return [
    line(parent.deal, of, lineId('process', after.version, after.id, parent.deal), { kind: 'process', data }),
  ];
};

const ofDeal = (before: Deal | undefined, after: Deal, audited: ReadonlySet<string>): FeedEntry[] => {
  const tell = (kind: Kind, data: Told['data']): FeedEntry =>
    line(
      after.id,
      { at: after.changedAt, by: after.changedBy, reason: after.reason },
      lineId(kind, after.version, after.id),
      { kind, data },
    );
  const { number, title, pipeline, stage, responsible, fields } = after;
  if (before === undefined)
    return [
      tell('created', {
        number,
        title,
        pipeline,
        stage,
        ...(responsible === undefined ? {} : { responsible }),
        fields,
      }),
      ...inParent(before, after),
    ];
  const changed = differing(valuesOf(before, audited), valuesOf(after, audited));
  const told: FeedEntry[] = [];
  // What was erased is told by the names of its fields: the values before would keep it.
  if (after.erased !== undefined && after.erased.at !== before.erased?.at)
    told.push(tell('erased', { fields: after.erased.fields }));
  else if (Object.keys(changed).length > 0) told.push(tell('changed', changed));
  if (after.restored !== undefined && after.restored.version !== before.restored?.version)
    told.push(
      tell(
        'restored',
        Object.fromEntries(
          Object.entries(after.restored.fields).map(([name, given]) => [name, pair(given, fields[name])]),
        ),
      ),
    );
  if (before.responsible !== responsible || before.head !== after.head)
    told.push(
      tell(
        'assigned',
        differing({ responsible: before.responsible, head: before.head }, { responsible, head: after.head }),
      ),
    );
  if (before.seq !== after.seq)
    told.push(
      tell('moved', {
        from: before.stage,
        to: stage,
        ...(after.outcome === undefined ? {} : { outcome: after.outcome }),
      }),
    );
  else if (after.era !== undefined && before.era?.n !== after.era.n)
    told.push(tell('migrated', { from: before.stage, to: stage, plan: after.era.plan, how: after.era.how }));
  return [...told, ...inParent(before, after)];
};

const ofTask = (before: Task | undefined, after: Task): FeedEntry[] => {
  if (after.kind === 'watch') return [];
  const { id: task, title, step, kind: work, assignee, due, outcome, comment, round } = after;
  const about = { task, title, work, ...(step === undefined ? {} : { step }) };
  const tell = (kind: Kind, data: Told['data']): FeedEntry =>
    line(
      after.deal,
      { at: after.changedAt, by: after.changedBy, reason: kind === 'decision' ? after.reason : undefined },
      lineId(kind, after.version, after.deal, task),
      { kind, data: { ...about, ...data } },
    );
  const opened = (): FeedEntry =>
    tell('task-opened', {
      ...(assignee === undefined ? {} : { assignee }),
      ...(due === undefined ? {} : { due }),
      ...(after.about === undefined ? {} : { about: after.about }),
    });
  const ended = (): FeedEntry => {
    const how = {
      ...(outcome === undefined ? {} : { outcome }),
      ...(comment === undefined ? {} : { comment }),
    };
    if (after.status === 'cancelled') return tell('task-cancelled', how);
    const isDecision = work === 'approval' && (outcome === 'approved' || outcome === 'rejected');
    const files = after.files === undefined ? {} : { files: after.files };
    return isDecision ? tell('decision', { ...how, ...files, round }) : tell('task-closed', how);
  };
  const hasEnded = after.status !== 'open' && before?.status !== after.status;
  if (before === undefined) return hasEnded ? [opened(), ended()] : [opened()];
  const told: FeedEntry[] = [];
  if (before.assignee !== assignee)
    told.push(tell('task-reassigned', { assignee: pair(before.assignee, assignee) }));
  if (before.due !== due) told.push(tell('changed', { due: pair(before.due, due) }));
  const rungs = after.fired.filter((index) => !before.fired.includes(index));
  if (rungs.length > 0)
    told.push(tell('escalated', { rungs, ...(after.mark === undefined ? {} : { mark: after.mark }) }));
  if (hasEnded) told.push(ended());
  if (before.status !== 'open' && after.status === 'open') told.push(opened());
  return told;
};

const ofEntry = (before: LedgerEntry | undefined, after: LedgerEntry): FeedEntry[] => {
  const { id, deal, at, by, kind: entry, amount, day, account, source, note, decided, state } = after;
  const about = { entry: id, kind: entry, amount, day, account, source };
  if (before !== undefined)
    return before.decided !== undefined || decided === undefined // never edited, and decided on once
      ? []
      : [
          line(deal, decided, lineId('money', 2, deal, id), {
            kind: 'money',
            data: {
              ...about,
              state: pair(before.state, state),
              ...(decided.comment === undefined ? {} : { comment: decided.comment }),
            },
          }),
        ];
  const { rate, converted, corrects, purpose } = after;
  const more = { rate, converted, state, corrects, purpose, note };
  return [
    line(deal, { at, by }, lineId('money', 1, deal, id), {
      kind: 'money',
      data: {
        ...about,
        ...Object.fromEntries(Object.entries(more).filter(([, value]) => value !== undefined)),
      },
    }),
  ];
};

/** That somebody is to be reminded, when that changed, and what became of it. */
const ofReminder = (before: Reminder | undefined, after: Reminder): FeedEntry[] => {
  const { id, deal, what, at, who, state, task, version } = after;
  // An erasure takes words out of it, and nobody has changed it.
  if (deal === undefined || before?.changedAt === after.changedAt) return [];
  const data = { reminder: id, what, at, who, state, ...(task === undefined ? {} : { task }) };
  const of = { at: after.changedAt, by: after.changedBy };
  return [line(deal, of, lineId('reminder', version, deal, id), { kind: 'reminder', data })];
};

const ofAccrual = (before: Accrual | undefined, after: Accrual): FeedEntry[] => {
  const { id, deal, employee, role, base, percent, amount, day, state, settled } = after;
  const about = { accrual: id, employee, role, base, percent, amount, day };
  if (before === undefined)
    return [
      line(deal, after, lineId('accrual', 1, deal, id), { kind: 'accrual', data: { ...about, state } }),
    ];
  return settled === undefined || before.settled !== undefined
    ? []
    : [
        line(deal, settled, lineId('accrual', 2, deal, id), {
          kind: 'accrual',
          data: { ...about, state: pair(before.state, state) },
        }),
      ];
};

/** That a parcel was ordered, what the carrier said of it, and where it is then; under its field's name the number it got. */
const ofParcel = (before: Parcel | undefined, after: Parcel): FeedEntry[] => {
  const { id, deal, number, kind, state, statuses, problems, courier, writes, track, version } = after;
  const told = new Set((before?.statuses ?? []).map(({ code, at }) => `${at}#${code}`));
  const news = statuses.filter(({ code, at }) => !told.has(`${at}#${code}`));
  const isNumbered = track !== undefined && before?.track === undefined;
  const data = {
    ...(before?.state === state ? {} : { state: before === undefined ? state : pair(before.state, state) }),
    ...(news.length === 0 ? {} : { statuses: news }),
    ...(isNumbered ? { [writes.track]: track } : {}),
    ...(problems === undefined || before?.problems !== undefined ? {} : { problems }),
    ...(courier === undefined || courier.state === before?.courier?.state
      ? {}
      : { courier: { day: courier.day, from: courier.from, to: courier.to, state: courier.state } }),
    ...(after.asked === undefined || before?.asked === after.asked ? {} : { asked: after.asked }),
    ...(after.paidOut === undefined || before?.paidOut === true ? {} : { paidOut: true }),
  };
  if (Object.keys(data).length === 0) return [];
  return [
    line(
      deal,
      { at: after.changedAt, by: before === undefined ? after.by : after.changedBy },
      lineId('parcel', version, deal, id),
      { kind: 'parcel', data: { parcel: id, number, kind, ...data } },
    ),
  ];
};

/** That a client was asked for money, what became of it, and what is given back; its money itself is told by the ledger. */
const ofPayment = (before: Payment | undefined, after: Payment): FeedEntry[] => {
  const { id, deal, invoice, amount, state, flags, held, refunds, reason, version } = after;
  const known = new Map((before?.refunds ?? []).map((one) => [one.id, one.state]));
  const news = refunds.filter((one) => known.get(one.id) !== one.state);
  const data = {
    ...(before?.state === state ? {} : { state: before === undefined ? state : pair(before.state, state) }),
    ...(flags === undefined || before?.flags !== undefined ? {} : { flags }),
    ...(held === undefined || held.state === before?.held?.state ? {} : { held: held.state }),
    ...(news.length === 0
      ? {}
      : { refunds: news.map((one) => ({ amount: one.amount, state: one.state, note: one.reason })) }),
    ...(reason === undefined || before?.reason === reason ? {} : { note: reason }),
  };
  if (Object.keys(data).length === 0) return [];
  return [
    line(
      deal,
      { at: after.changedAt, by: before === undefined ? after.by : after.changedBy },
      lineId('payment', version, deal, id),
      { kind: 'payment', data: { payment: id, invoice, amount, ...data } },
    ),
  ];
};

const byOutbox = { system: 'outbox' };

/** Who had it tried again or gave it up, and why, where that is what changed it. */
const decision = (
  before: Pick<Call, 'decided'> | undefined,
  { decided }: Pick<Call, 'decided'>,
): Call['decided'] => (decided?.at === before?.decided?.at ? undefined : decided);

const ofDecision = (
  before: OutgoingMessage | undefined,
  after: OutgoingMessage,
): { by: FeedEntry['by']; reason?: string } => {
  const decided = decision(before, after);
  if (decided !== undefined) return { by: decided.by, reason: decided.reason };
  return { by: before === undefined && after.sender !== undefined ? { user: after.sender } : byOutbox };
};

/** That somebody had a call tried again, or gave it up; all else about it is told by what it does. */
const ofCall = (before: Call | undefined, after: Call): FeedEntry[] => {
  const { id, deal, provider, kind, about, state, resent, attempts } = after;
  const decided = decision(before, after);
  if (deal === undefined || decided === undefined) return [];
  return [
    line(deal, decided, lineId('outbox', resent, deal, id, state, String(attempts)), {
      kind: 'outbox',
      data: { call: id, provider, kind, about, state: pair(before?.state, state) },
    }),
  ];
};

/** Letters and what became of them; a further attempt alone is no news. */
const ofMessage = (before: OutgoingMessage | undefined, after: OutgoingMessage): FeedEntry[] => {
  const { id, deal, state, channel, to, text, subject, problem, about, attachments = [] } = after;
  if (deal === undefined || before?.state === state) return [];
  return [
    line(
      deal,
      {
        at: after.changedAt,
        ...ofDecision(before, after),
      },
      lineId('message', after.attempts, deal, id, before?.state ?? '', state),
      {
        kind: 'message',
        data: {
          message: id,
          channel,
          to,
          text,
          subject,
          state: before === undefined ? state : pair(before.state, state),
          ...(problem === undefined ? {} : { problem }),
          // Under the name of the field, so that who may not see the one does not see the other.
          ...(about === undefined ? {} : { [about]: attachments.map(({ name }) => name) }),
        },
      },
    ),
  ];
};

/** A letter that came; what is done to it afterwards is no news. */
const ofIncoming = (before: IncomingLetter | undefined, after: IncomingLetter): FeedEntry[] => {
  if (before !== undefined) return [];
  const { id, deal, from, subject, files, came, filedBy, at } = after;
  return [
    line(
      deal,
      { at, by: filedBy === undefined ? { system: 'mail' } : { user: filedBy } },
      lineId('message', 1, deal, id),
      {
        kind: 'message',
        data: {
          message: id,
          channel: 'email',
          direction: 'in',
          writer: from.name ?? from.email ?? '',
          subject,
          state: 'received',
          sender: came.sender,
          ...(came.automatic === undefined ? {} : { automatic: came.automatic }),
          ...(files.length === 0 ? {} : { files: files.map(({ name }) => name) }),
        },
      },
    ),
  ];
};

/** What a client said and was answered, and where an answer did not arrive. That it did is no news. */
const ofClientMessage = (before: ClientMessage | undefined, after: ClientMessage): FeedEntry[] => {
  const { id, deal, channel, direction, kind, text, files, post, state, problem } = after;
  if (before !== undefined && (state !== 'refused' || before.state === 'refused')) return [];
  return [
    line(
      deal,
      { at: after.changedAt, by: before === undefined ? after.by : { system: channel } },
      lineId('conversation', before === undefined ? 1 : 2, deal, id),
      {
        kind: 'conversation',
        data: {
          message: id,
          channel,
          direction,
          kind,
          text,
          ...(files.length === 0 ? {} : { files: files.map(({ name }) => name) }),
          ...(post === undefined ? {} : { post }),
          ...(problem === undefined ? {} : { state, problem }),
        },
      },
    ),
  ];
};

/**
 * The lines of history that follow from one change of the table, and from nothing else.
 *
 * @param audited - totals that have lines of their own
 */
export const linesOf = (changed: ChangedRow, audited: ReadonlySet<string> = new Set()): FeedEntry[] => {
  if (changed.after === undefined) return [];
  switch (changed.row) {
    case 'deal':
      return ofDeal(changed.before, changed.after, audited);
    case 'task':
      return ofTask(changed.before, changed.after);
    case 'ledger':
      return ofEntry(changed.before, changed.after);
    case 'accrual':
      return ofAccrual(changed.before, changed.after);
    case 'parcel':
      return ofParcel(changed.before, changed.after);
    case 'payment':
      return ofPayment(changed.before, changed.after);
    case 'comment': {
      const { id, deal, at, by, text, mentions, files } = changed.after;
      return changed.before === undefined
        ? [
            line(deal, { at, by }, lineId('comment', 1, deal, id), {
              kind: 'comment',
              data: {
                comment: id,
                text,
                ...(mentions === undefined ? {} : { mentions }),
                ...(files === undefined ? {} : { files }),
              },
            }),
          ]
        : [];
    }
    case 'message':
      return ofMessage(changed.before, changed.after);
    case 'call':
      return ofCall(changed.before, changed.after);
    case 'reminder':
      return ofReminder(changed.before, changed.after);
    case 'incoming':
      return ofIncoming(changed.before, changed.after);
    case 'client-message':
      return ofClientMessage(changed.before, changed.after);
    case 'company':
    case 'contact':
      return [];
    default:
      return changed satisfies never;
  }
};

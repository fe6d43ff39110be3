import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { Call } from '../../schemas/call.ts';
import type { ClientMessage } from '../../schemas/conversation.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { DomainEvent } from '../../schemas/event.ts';
import { DomainEvent as DomainEventShape } from '../../schemas/event.ts';
import type { DealId, TaskId, UserId } from '../../schemas/ids.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Push } from '../../schemas/push.ts';
import type { Received } from '../../schemas/received.ts';
import type { Reminder } from '../../schemas/reminder.ts';
import type { Run, Task } from '../../schemas/task.ts';
import { callOf, receivedOf } from '../calls/rows.ts';
import { mendedBy } from '../letters/reach-mended.ts';
import { pushOf } from '../notify/push.ts';
import { reminderOf } from '../reminders/rows.ts';
import { idOf } from '../shared/new-id.ts';
import { clientMessageOf, dealOf, ledgerEntryOf, messageOf, taskOf } from '../shared/rows.ts';
import type { Change } from '../shared/table/records.ts';
import { raisedOn } from '../tasks/raise.ts';
import { type Followed, followedBy } from './follow.ts';
import { mainRun } from './run-state.ts';

/** What the workflow has to do because a row changed. */
export type Order =
  | { do: 'stop'; run: Run; why: string /** when its deal came to the stage */; since: string }
  | { do: 'start'; run: Run }
  | { do: 'answer'; task: Task }
  | { do: 'rearm'; task: Task }
  | { do: 'sweep'; deal: Deal }
  | { do: 'ended'; deal: Deal }
  | { do: 'set-alarms'; before: Deal | undefined; deal: Deal }
  | { do: 'abandon'; process: DealId; to: string; parent: Deal }
  | { do: 'hand-on'; process: DealId; from: UserId; parent: Deal }
  | ({ do: 'follow' } & Followed)
  | { do: 'set-reminder'; reminder: Reminder }
  | { do: 'follow-task'; task: Task }
  | { do: 'follow-mended'; task: Task }
  | { do: 'close-mended'; task: TaskId }
  | { do: 'publish'; event: DomainEvent };

/** The kinds of rows whose changes give orders. */
export const rowsObeyed = [
  'deal',
  'task',
  'ledger',
  'message',
  'client-message',
  'company',
  'contact',
  'rates',
  'directory',
  'reminder',
  'push',
  'call',
  'received',
] as const;

const Row = z.looseObject({ row: z.enum(rowsObeyed) });

const event = (
  change: Change,
  type: DomainEvent['type'],
  of: { at: string; by: unknown; pipeline?: string; deal?: string },
  data: Record<string, unknown>,
): Order => ({
  do: 'publish',
  event: DomainEventShape.parse({
    id: idOf(type, change.key.pk, change.key.sk, change.sequence),
    type,
    data,
    ...of,
  }),
});

const threadRun = (deal: Deal, thread: string, n: number): Run => ({ ...mainRun(deal), thread, n });

const runsOf = (deal: Deal): Run[] => [
  mainRun(deal),
  ...Object.entries(deal.threads).map(([thread, n]) => threadRun(deal, thread, n)),
];

/** Processes under way follow their deal to another person. */
const handedOn = (before: Deal, after: Deal): Order[] => {
  const from = before.responsible;
  return from === undefined || after.responsible === undefined || from === after.responsible
    ? []
    : (after.running ?? []).map(({ deal: process }) => ({ do: 'hand-on', process, from, parent: after }));
};

const ofDeal = (before: Deal | undefined, after: Deal, change: Change): Order[] => {
  const about = { at: after.changedAt, by: after.changedBy, pipeline: after.pipeline, deal: after.id };
  const brief = { number: after.number, stage: after.stage, seq: after.seq, version: after.version };
  const alarms: Order = { do: 'set-alarms', before, deal: after };
  if (before === undefined)
    return [{ do: 'start', run: mainRun(after) }, alarms, event(change, 'deal.created', about, brief)];
  if (before.version >= after.version) return [];
  if (before.seq !== after.seq)
    return [
      ...runsOf(before).map(
        (run): Order => ({
          do: 'stop',
          run,
          why: `the deal went on to ${after.stage}`,
          since: before.stageSince,
        }),
      ),
      { do: 'sweep', deal: after },
      ...(before.running ?? []).flatMap(({ deal, abandon }): Order[] =>
        abandon === undefined ? [] : [{ do: 'abandon', process: deal, to: abandon, parent: after }],
      ),
      { do: 'start', run: mainRun(after) },
      ...handedOn(before, after),
      alarms,
      ...(after.outcome !== undefined && after.parent !== undefined
        ? [{ do: 'ended', deal: after } as const]
        : []),
      event(change, 'deal.moved', about, { ...brief, from: before.stage, outcome: after.outcome ?? null }),
    ];
  if (after.era !== undefined && before.era?.n !== after.era.n) {
    const { plan, how, threads } = after.era;
    return [
      ...runsOf(before).map(
        (run): Order => ({
          do: 'stop',
          run,
          why: `migration ${plan}: the deal goes on by the definition deployed now`,
          since: before.stageSince,
        }),
      ),
      { do: 'start', run: mainRun(after) },
      ...threads.map(
        (thread): Order => ({ do: 'start', run: threadRun(after, thread, after.threads[thread] ?? 1) }),
      ),
      alarms,
      event(change, 'deal.migrated', about, { ...brief, from: before.stage, plan, how }),
    ];
  }
  const threads = Object.entries(after.threads).flatMap(([thread, n]): Order[] => {
    const was = before.threads[thread] ?? 0;
    if (n === was) return [];
    return [
      ...(was > 0
        ? [
            {
              do: 'stop',
              run: threadRun(after, thread, was),
              why: 'a newer run took its place',
              since: after.stageSince,
            } as const,
          ]
        : []),
      { do: 'start', run: threadRun(after, thread, n) },
    ];
  });
  const fields = [
    ...new Set([...Object.keys(before.fields), ...Object.keys(after.fields), ...Object.keys(after.totals)]),
  ]
    .filter(
      (name) =>
        !isDeepStrictEqual(
          before.fields[name] ?? before.totals[name],
          after.fields[name] ?? after.totals[name],
        ),
    )
    .sort(); // a map of a table has no order, and what others are told has one
  return [
    ...threads,
    ...(fields.length > 0 ? [alarms] : []),
    ...handedOn(before, after),
    event(change, 'deal.changed', about, { ...brief, fields }),
  ];
};

const ofTask = (before: Task | undefined, after: Task, change: Change): Order[] => {
  const about = { at: after.changedAt, by: after.changedBy, pipeline: after.pipeline, deal: after.deal };
  const brief = {
    task: after.id,
    step: after.step ?? null,
    assignee: after.assignee ?? null,
    due: after.due ?? null,
  };
  const isWork = after.kind !== 'watch';
  if (before === undefined) return isWork ? [event(change, 'task.opened', about, brief)] : [];
  if (before.status === 'open' && after.status !== 'open')
    return [
      // a task that made way belongs to a run that is being stopped
      ...(after.status === 'done' && after.outcome !== 'moved' && after.run !== undefined
        ? [{ do: 'answer', task: after } as const]
        : []),
      ...(after.reminded === true ? [{ do: 'follow-task', task: after } as const] : []),
      ...(after.status === 'done' && after.id.startsWith(raisedOn(after.deal))
        ? [{ do: 'follow-mended', task: after } as const]
        : []),
      ...(isWork
        ? [
            event(change, after.status === 'done' ? 'task.closed' : 'task.cancelled', about, {
              ...brief,
              outcome: after.outcome ?? null,
            }),
          ]
        : []),
    ];
  const follows: Order[] =
    after.reminded === true && (before.start !== after.start || before.due !== after.due)
      ? [{ do: 'follow-task', task: after }]
      : [];
  // A change of what its timers hang on takes the token away; whoever waited on it looks again.
  return after.status === 'open' && after.token === undefined && before.token !== undefined
    ? [{ do: 'rearm', task: before }, ...follows]
    : follows;
};

const ofEntry = (before: LedgerEntry | undefined, entry: LedgerEntry, change: Change): Order[] => {
  if (before !== undefined && (entry.decided === undefined || before.decided !== undefined)) return [];
  const { at, by } = before === undefined ? entry : (entry.decided ?? entry);
  const { id, kind, amount, day, account, pipeline, deal, rate, converted, state, corrects, purpose } = entry;
  return [
    event(
      change,
      before === undefined ? 'ledger.recorded' : 'ledger.decided',
      { at, by, pipeline, deal },
      { entry: id, kind, amount, day, account, ...present({ rate, converted, state, corrects, purpose }) },
    ),
  ];
};

const present = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));

const ofReminder = (before: Reminder | undefined, after: Reminder, change: Change): Order[] => {
  const { id, at, who, deal, changedAt, changedBy } = after;
  if (after.state === 'waiting')
    return before === undefined || before.at !== at ? [{ do: 'set-reminder', reminder: after }] : [];
  const about = { at: changedAt, by: changedBy, ...(deal === undefined ? {} : { deal }) };
  return after.state === 'told' && before?.state === 'waiting'
    ? [event(change, 'reminder.due', about, { reminder: id, user: who, at })]
    : [];
};

/** A message is sent when it is queued, and when somebody has it sent again. */
const ofMessage = (
  before: OutgoingMessage | undefined,
  message: OutgoingMessage,
  change: Change,
): Order[] => {
  if (before !== undefined && (message.state !== 'queued' || before.state === 'queued')) return [];
  const about = { by: { system: 'outbox' }, ...present({ deal: message.deal }) };
  return [
    event(
      change,
      'message.queued',
      { at: message.resentAt ?? message.createdAt, ...about },
      { message: message.id, channel: message.channel, attempt: message.attempts + 1 },
    ),
  ];
};

/** Whoever pushes to phones finds the words in the person's inbox. */
const ofPush = ({ id, user, at, text, deal }: Push, change: Change): Order =>
  event(change, 'person.told', { at, by: { system: 'outbox' }, deal }, { user, notification: id, text });

/** An answer is handed to the adapter of its network, which finds its words under the client and the message. */
const ofClientMessage = (message: ClientMessage, change: Change): Order[] =>
  message.direction === 'in'
    ? []
    : [
        event(
          change,
          'message.queued',
          { at: message.at, by: message.by, deal: message.deal },
          { message: message.id, channel: message.channel, client: message.client },
        ),
      ];

/** A call is made when it is queued, and when somebody has it tried again; that people gave it up is told to its worker. */
const ofCall = (before: Call | undefined, call: Call, change: Change): Order[] => {
  if (before?.state === call.state || (call.state !== 'queued' && call.state !== 'given-up')) return [];
  const { id, provider, kind, deal, pipeline, attempts, changedAt: at } = call;
  return [
    event(
      change,
      call.state === 'queued' ? 'call.queued' : 'call.given-up',
      { at, by: { system: 'outbox' }, ...present({ deal, pipeline }) },
      { call: id, provider, kind, attempt: attempts + 1 },
    ),
  ];
};

/** What came in is acted upon when it came, and when somebody has it tried again. */
const ofReceived = (before: Received | undefined, after: Received, change: Change): Order[] => {
  if (after.state !== 'received' || before?.state === 'received') return [];
  const { id, provider, kind, deal, changedAt: at, attempts } = after;
  return [
    event(
      change,
      'outside.received',
      { at, by: { system: provider }, ...present({ deal }) },
      { received: id, provider, kind, attempt: attempts + 1 },
    ),
  ];
};

/** Orders that follow from one change of the table; none for rows the workflow has no part in. */
export const ordersOf = (change: Change): Order[] => {
  const { before, after } = change;
  const row = Row.safeParse(after);
  if (!row.success || after === undefined) return [];
  switch (row.data.row) {
    case 'deal':
      return ofDeal(before === undefined ? undefined : dealOf(before), dealOf(after), change);
    case 'task':
      return ofTask(before === undefined ? undefined : taskOf(before), taskOf(after), change);
    case 'ledger':
      return ofEntry(before === undefined ? undefined : ledgerEntryOf(before), ledgerEntryOf(after), change);
    case 'message':
      return ofMessage(before === undefined ? undefined : messageOf(before), messageOf(after), change);
    case 'client-message':
      return before === undefined ? ofClientMessage(clientMessageOf(after), change) : [];
    case 'reminder':
      return ofReminder(before === undefined ? undefined : reminderOf(before), reminderOf(after), change);
    case 'push':
      return before === undefined ? [ofPush(pushOf(after), change)] : [];
    case 'call':
      return ofCall(before === undefined ? undefined : callOf(before), callOf(after), change);
    case 'received':
      return ofReceived(before === undefined ? undefined : receivedOf(before), receivedOf(after), change);
    case 'contact':
      return [
        ...mendedBy(before, after).map((task): Order => ({ do: 'close-mended', task })),
        ...followedBy('contact', before, after).map((what): Order => ({ do: 'follow', ...what })),
      ];
    case 'company':
    case 'rates':
    case 'directory':
      return followedBy(row.data.row, before, after).map((what) => ({ do: 'follow', ...what }));
    default:
      return row.data.row satisfies never;
  }
};

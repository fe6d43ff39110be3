import type { LiveLine } from '../local/runtime.ts';
import { DomainEvent } from '../schemas/event.ts';

const inZone = (instant: string, zone: string): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' }).format(
    new Date(instant),
  );

const text = (value: unknown): string => (value === null || value === undefined ? '—' : String(value));

const saidOf = ({ type, by, deal, data }: DomainEvent, zone: string): string | undefined => {
  const who = 'user' in by ? by.user : 'the system';
  const due = typeof data.due === 'string' ? `, due ${inZone(data.due, zone).slice(0, 16)}` : '';
  switch (type) {
    case 'deal.created':
      return `${text(data.number)}  created by ${who}`;
    case 'deal.moved':
      return `${text(data.number)}  ${text(data.from)} → ${text(data.stage)}, by ${who}`;
    case 'deal.migrated':
      return `${text(data.number)}  ${text(data.from)} → ${text(data.stage)}, by migration ${text(data.plan)}`;
    case 'deal.changed':
      return Array.isArray(data.fields) && data.fields.length > 0
        ? `${text(data.number)}  ${data.fields.join(', ')} changed by ${who}`
        : undefined;
    case 'task.opened':
      return `${text(deal)}  task ${text(data.step ?? data.task)} for ${text(data.assignee)}${due}`;
    case 'task.closed':
      return `${text(deal)}  task ${text(data.step ?? data.task)} ${text(data.outcome)}, by ${who}`;
    case 'task.cancelled':
      return `${text(deal)}  task ${text(data.step ?? data.task)} cancelled: ${text(data.outcome)}`;
    case 'ledger.recorded':
      return `${text(deal)}  ${text(data.kind)} recorded by ${who}`;
    case 'ledger.decided':
      return `${text(deal)}  ${text(data.kind)} ${text(data.state)} by ${who}`;
    case 'reminder.due':
      return `${text(data.user)} is reminded`;
    case 'message.queued':
      return `${text(deal)}  a letter is queued`;
    case 'call.queued':
      return `${deal === undefined ? '' : `${text(deal)}  `}${text(data.provider)} is asked: ${text(data.kind)}`;
    case 'call.given-up':
      return `${deal === undefined ? '' : `${text(deal)}  `}${text(data.provider)} is not asked any more: ${text(data.kind)}`;
    case 'outside.received':
      return `${deal === undefined ? '' : `${text(deal)}  `}${text(data.provider)} says: ${text(data.kind)}`;
    case 'person.told':
      return `${text(deal)}  ${text(data.user)} reads ${text(data.text)} on the phone`;
    default:
      return type satisfies never;
  }
};

/**
 * One line for a person who watches, in the company's time: `2026-02-02 09:30:00  G-1  unprocessed → …, by pavel`.
 *
 * @returns `undefined` for what another line tells already
 */
export const liveText = (line: LiveLine, zone: string): string | undefined => {
  const at = inZone(line.at, zone);
  if (line.kind !== 'event')
    return line.kind === 'run' && line.text.endsWith(' RUNNING')
      ? undefined
      : `${at}  ${line.kind}: ${line.text}`;
  const event = DomainEvent.safeParse(line.detail);
  const said = event.success ? saidOf(event.data, zone) : undefined;
  return said === undefined ? undefined : `${at}  ${said}`;
};

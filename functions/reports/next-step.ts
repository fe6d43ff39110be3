import type { Deal } from '../../schemas/deal.ts';
import type { Desk } from '../../schemas/pack.ts';
import { type Language, say } from '../../schemas/text.ts';
import { ofDeal, reminderOf } from '../reminders/rows.ts';
import { startOf } from '../reminders/when.ts';
import { dueAt } from '../schedule/due-at.ts';
import { taskKey } from '../shared/keys.ts';
import { taskOf } from '../shared/rows.ts';
import type { Table } from '../shared/table/port.ts';
import type { Row } from './read.ts';
import type { Asking } from './scope.ts';

/** What comes next on a deal: a task, or a reminder; without `at` where it may be done any time. */
type NextStep = { readonly kind: 'task' | 'reminder'; readonly what: string; readonly at?: string };

const sooner = (one: NextStep, other: NextStep): number => {
  const [a, b] = [one.at ?? '9999', other.at ?? '9999'];
  return a < b ? -1 : a > b ? 1 : 0;
};

/** The next task or reminder that is still to come; work that is late already is no step ahead. Two reads a deal. */
const nextStepOf = async (
  { id }: Deal,
  now: Date,
  language: Language,
  table: Table,
): Promise<NextStep | undefined> => {
  const steps: NextStep[] = [];
  for await (const row of table.all({ ...taskKey(id, ''), sk: { begins: taskKey(id, '').sk } })) {
    const task = taskOf(row);
    const at = startOf(task);
    if (task.status !== 'open' || task.kind === 'watch' || (at !== undefined && at < now)) continue;
    steps.push({
      kind: 'task',
      what: say(task.title, language),
      ...(at === undefined ? {} : { at: at.toISOString() }),
    });
  }
  const { items } = await table.query({ index: 'g3', pk: ofDeal(id), sk: { begins: '1#' }, limit: 1 });
  for (const row of items) {
    const { what, at } = reminderOf(row);
    steps.push({ kind: 'reminder', what, at });
  }
  return steps.sort(sooner)[0];
};

/**
 * What a desk of next steps says of a deal: its next step; or, on a desk of deals without one, that there is none and has been
 * none for so long.
 *
 * @returns `undefined` where the deal does not belong on the desk now
 */
export const nextStepFor = async (
  desk: Desk & { kind: 'deals' },
  deal: Deal,
  { company, reader, now }: Asking & { readonly now: Date },
  table: Table,
): Promise<Row | undefined> => {
  if (desk.nextStep === undefined) return {};
  const { missingFor } = desk.nextStep;
  if (missingFor !== undefined) {
    const calendar = company.calendarOf(company.packOf(company.pipeline(deal.pipeline)));
    if (dueAt(new Date(deal.stageSince), missingFor, calendar) > now) return undefined;
  }
  const next = await nextStepOf(deal, now, reader.user.language, table);
  if (missingFor !== undefined) return next === undefined ? {} : undefined;
  return next === undefined ? {} : { nextStep: next };
};

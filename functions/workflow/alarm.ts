import * as z from 'zod';
import type { Deal } from '../../schemas/deal.ts';
import { DealId, Slug } from '../../schemas/ids.ts';
import type { Thread } from '../../schemas/pipeline.ts';
import { Instant, instantOf } from '../../schemas/time.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { startThread } from '../deals/consequences.ts';
import { type Context, contextFor, done, type Outcome, stageOf } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { clock } from '../shared/clock.ts';
import { environment } from '../shared/environment.ts';
import { type Facts, holds } from '../shared/expression.ts';
import { idOf } from '../shared/new-id.ts';
import { callAt } from '../shared/one-time.ts';
import { theCompany } from '../shared/ports.ts';
import { momentIn } from '../tasks/timing.ts';

/**
 * What a schedule hands over when the moment of a date field has come. It says for which coming of the deal and which moment
 * it was made, so that one of a date that has moved, or of a stage that was left, does nothing.
 */
export const DateAlarm = z.strictObject({
  deal: DealId,
  seq: z.int().positive(),
  thread: Slug,
  at: Instant,
});
export type DateAlarm = z.infer<typeof DateAlarm>;

/** A schedule made for a moment nearer than this might be refused as past when it arrives. */
const soonestMs = 60_000;

type Dated = Thread & { on: Extract<Thread['on'], { event: 'date' }> };

const isDated = (thread: Thread): thread is Dated => thread.on?.event === 'date';

const datedThreads = ({ deal, context }: { deal: Deal; context: Context }): Dated[] =>
  (stageOf(context.pipeline, deal.stage).on ?? []).filter(isDated);

const momentOf = ({ on }: Dated, facts: Facts, context: Context): Instant | undefined => {
  const at = momentIn(on.field, facts, context);
  return at === undefined ? undefined : instantOf(at);
};

/** Starts the thread, if its field still names this moment, and has not started it for this moment before. */
const started = async (
  card: Card,
  { seq, thread: id, at }: DateAlarm,
  context: Context,
): Promise<Outcome<Card>> => {
  const { deal } = card;
  const thread = datedThreads({ deal, context }).find((one) => one.id === id);
  if (deal.seq !== seq || thread === undefined || deal.arrived?.[id] === at) return done(card);
  const facts = await factsOf(deal, context.pipeline);
  if (momentOf(thread, facts, context) !== at) return done(card);
  if (thread.when !== undefined && !(await holds(thread.when, facts))) return done(card);
  const begun = startThread(card, id, context);
  return done({ ...begun, deal: { ...begun.deal, arrived: { ...deal.arrived, [id]: at } } });
};

/** The moment has come: the thread begins, once. */
export const ring = async (alarm: DateAlarm): Promise<void> => {
  await act(alarm.deal, (card, context) => started(card, alarm, context), { by: { system: 'alarm' } });
};

/**
 * Sets an alarm for every date that the deal's stage waits for and that is news: the deal has just come, or the date has
 * moved. What is past already rings at once.
 */
export const setAlarms = async (before: Deal | undefined, after: Deal): Promise<void> => {
  const now = clock.now();
  const company = await theCompany();
  const context = contextFor(after.pipeline, { now, by: { system: 'alarm' }, reader: undefined, company });
  const threads = datedThreads({ deal: after, context });
  if (threads.length === 0) return;
  const hasCome = before?.seq !== after.seq || before.era?.n !== after.era?.n;
  const old = hasCome ? {} : await factsOf(before, context.pipeline);
  const facts = await factsOf(after, context.pipeline);
  for (const thread of threads) {
    const at = momentOf(thread, facts, context);
    if (at === undefined || at === momentOf(thread, old, context)) continue;
    const alarm: DateAlarm = { deal: after.id, seq: after.seq, thread: thread.id, at };
    if (Date.parse(at) <= now.getTime()) await ring(alarm);
    else
      await callAt({
        name: `date-${idOf(alarm.deal, String(alarm.seq), alarm.thread, at)}`,
        at: new Date(Math.max(Date.parse(at), now.getTime() + soonestMs)),
        target: environment().ALARM_ARN,
        input: alarm,
      });
  }
};

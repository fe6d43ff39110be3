import * as z from 'zod';
import { DealId, Slug } from '../../schemas/ids.ts';
import type { Stage } from '../../schemas/pipeline.ts';
import type { Run, Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import { aheadOfStart } from '../../statemachines/compile/compile.ts';
import { type Card, readCard } from '../deals/card.ts';
import { contextFor, stageOf } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { clock } from '../shared/clock.ts';
import { BadInput } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { taskRow } from '../shared/rows.ts';
import { ConditionFailed } from '../shared/table/port.ts';
import { isIdle } from './idle.ts';
import { executionName, executionYear, mainRun, runState } from './run-state.ts';
import { type Present, presentRun, redriveRun, startRun, stopRun } from './runs.ts';

/** What an operator asks for: that a run of a deal's present stage goes on. */
export const Restart = z.strictObject({
  deal: DealId,
  thread: Slug.default('main'),
  /** by a new execution from the first state, by the definition that is deployed now */
  anew: z.boolean().default(false),
});
export type Restart = z.infer<typeof Restart>;

/** What was done for it, and the execution's name. */
export type Restarted = {
  readonly did: 'redriven' | 'started' | 'nothing';
  readonly run: string;
  readonly because: string;
};

const by = { system: 'operator' } as const;

const runOf = ({ deal }: Card, thread: string): Run => {
  if (thread === 'main') return mainRun(deal);
  const n = deal.threads[thread];
  if (n === undefined)
    throw new BadInput(
      `thread "${thread}" has not begun on stage ${deal.stage}; those that have are ${['main', ...Object.keys(deal.threads)].join(', ')}`,
    );
  return { ...mainRun(deal), thread, n };
};

/** A cycle is left its token, since without one its turn is due at once. */
const isOf = (run: Run, { run: other, status, token, nextTurn }: Task): boolean =>
  status === 'open' &&
  token !== undefined &&
  nextTurn === undefined &&
  other?.seq === run.seq &&
  other.thread === run.thread &&
  other.n === run.n;

/**
 * Takes away the tokens of a dead execution. A state that says how long it waits is found out by that; one of a run that began
 * before they said so sets its timers by the dates that people were told because the token is gone.
 */
const letGo = async (run: Run, { tasks }: Card): Promise<void> => {
  for (const task of tasks.filter((one) => isOf(run, one))) {
    const { token: _, ...rest } = task;
    const free: Task = {
      ...rest,
      version: task.version + 1,
      changedAt: instantOf(clock.now()),
      changedBy: by,
    };
    try {
      await theTable().write({ put: taskRow(free), if: { equals: { version: task.version } } });
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // somebody has just written it: closed, it needs no timers
    }
  }
};

const stageAt = async ({ deal }: Card): Promise<Stage> => {
  const company = await theCompany();
  const { pipeline } = contextFor(deal.pipeline, { now: clock.now(), by, reader: undefined, company });
  return stageOf(pipeline, deal.stage);
};

/** As many as fit into a name that the stop of a run finds. */
const most = 9;

const startAnew = async (run: Run, card: Card, from: number, year: number): Promise<string> => {
  const company = await theCompany();
  const context = contextFor(run.pipeline, { now: clock.now(), by, reader: undefined, company });
  stageOf(context.pipeline, run.stage); // refuses a stage that the deployed definition no longer has
  const ahead = aheadOfStart(context.pipeline, run.stage, run.thread);
  const facts = await factsOf(card.deal, context.pipeline);
  const input = runState(run, ahead, { facts, tasks: card.tasks, context, round: 0 });
  for (let again = from; again <= most; again += 1)
    if (await startRun(run, input, year, again)) return executionName(run, year, again);
  throw new BadInput(
    `${executionName(run, year)} was started anew ${most} times; find what ends it, or move the deal on`,
  );
};

const said = (present: Present): string => `${present.name} is ${present.status}`;

/**
 * Makes a run that ended badly go on: where it stood, with the timers that its tasks have left; or, asked for `anew`, by a
 * new execution in place of whatever there is. One that is under way or has done its work is left alone otherwise.
 *
 * @throws {NotFound} {BadInput} what was asked for is not there
 */
export const restart = async ({ deal, thread, anew }: Restart): Promise<Restarted> => {
  const card = await readCard(theTable(), deal);
  const run = runOf(card, thread);
  const year = executionYear(card.deal.stageSince, clock.now());
  const present = await presentRun(run, year);
  log.warn({ deal, thread, anew, was: present?.status ?? 'absent' }, 'an operator restarts a run');
  if ((present === undefined || anew) && isIdle(await stageAt(card), thread))
    return {
      did: 'nothing',
      run: executionName(run, year),
      because: `stage ${card.deal.stage} has no work`,
    };
  if (present === undefined)
    return {
      did: 'started',
      run: await startAnew(run, card, 1, year),
      because: 'it was never started, or ended over 90 days ago',
    };
  if (anew) {
    await stopRun(run, 'an operator starts it anew', year);
    return {
      did: 'started',
      run: await startAnew(run, card, present.again + 1, year),
      because: `${said(present)} and was asked for anew`,
    };
  }
  if (present.status === 'RUNNING' || present.status === 'SUCCEEDED')
    return { did: 'nothing', run: present.name, because: said(present) };
  if (present.notRedrivable !== undefined)
    return {
      did: 'nothing',
      run: present.name,
      because: `${said(present)} and cannot be taken up where it stood: ${present.notRedrivable}`,
    };
  await letGo(run, card);
  const refused = await redriveRun(run, year, present.again);
  if (refused !== undefined)
    return { did: 'nothing', run: present.name, because: `${said(present)} and was refused: ${refused}` };
  return { did: 'redriven', run: present.name, because: said(present) };
};

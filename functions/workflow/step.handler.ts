import type { ActiveStep, RunState } from '../../schemas/step.ts';
import { StepCommand } from '../../schemas/step.ts';
import { readCard } from '../deals/card.ts';
import { contextFor } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { clock } from '../shared/clock.ts';
import { log } from '../shared/log.ts';
import { observed } from '../shared/observed.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { readable } from '../shared/readable.ts';
import { goOn } from './answer.ts';
import { isBehind } from './behind.ts';
import { type Doing, type Done, goesOn } from './step.ts';
import { doAccrue } from './steps/accrue.ts';
import {
  doAssign,
  doEmail,
  doGoto,
  doNotify,
  doSet,
  doStart,
  isStale,
  notifyPeople,
  writeToClient,
} from './steps/acts.ts';
import { doClient } from './steps/client.ts';
import { doPay } from './steps/pay.ts';
import { doQueue } from './steps/queue.ts';
import { doRate } from './steps/rate.ts';
import { doRemind } from './steps/remind.ts';
import { doShip } from './steps/ship.ts';
import { doSubdeal } from './steps/subdeal.ts';
import { doCycle, doUntil, doWait, doWork } from './steps/work.ts';

const body = async (turn: Doing): Promise<void> => {
  const { step } = turn.command;
  if (step.do !== 'cycle') return;
  if (step.body.do === 'notify') await notifyPeople(step.body, turn);
  else await writeToClient(step.body, turn, { repeated: true });
};

/** Steps that say, write or send something, and wait for nothing. */
const acts: ReadonlySet<ActiveStep['do']> = new Set([
  'notify',
  'email',
  'set',
  'assign',
  'goto',
  'start',
  'remind',
  'accrue',
  'rate',
  'client',
]);

const carryOut = (step: ActiveStep, doing: Doing): Done | Promise<Done> => {
  if (acts.has(step.do) && isBehind(doing)) return goesOn(doing);
  switch (step.do) {
    case 'task':
    case 'approval':
      return doWork(doing);
    case 'until':
      return doUntil(doing);
    case 'wait':
      return doWait(doing);
    case 'cycle':
      return doCycle(doing, body);
    case 'notify':
      return doNotify(doing);
    case 'email':
      return doEmail(doing);
    case 'set':
      return doSet(doing);
    case 'assign':
      return doAssign(doing);
    case 'goto':
      return doGoto(doing);
    case 'start':
      return doStart(doing);
    case 'remind':
      return doRemind(doing);
    case 'subdeal':
      return doSubdeal(doing);
    case 'ship':
      return doShip(doing);
    case 'queue':
      return doQueue(doing);
    case 'pay':
      return doPay(doing);
    case 'rate':
      return doRate(doing);
    case 'accrue':
      return doAccrue(doing);
    case 'client':
      return doClient(doing);
    case 'look':
      return goesOn(doing);
    default:
      return step satisfies never;
  }
};

/**
 * Carries out one step of a run, called by a state of its machine. A waiting step keeps the task token and answers it
 * when the work is done; if there is nothing to wait for, the token is answered at once.
 *
 * @returns the run's next state, for steps without a token
 * @throws {Refused} an automatic move that a guard stands against; {Conflict}, {Passing}: the machine tries again
 */
export const handler = observed(async (event: unknown): Promise<RunState | undefined> => {
  const command = readable(StepCommand, event);
  const [card, company] = await Promise.all([readCard(theTable(), command.run.deal), theCompany()]);
  const context = contextFor(card.deal.pipeline, {
    now: clock.now(),
    since: command.entered === undefined ? undefined : new Date(command.entered),
    by: { system: command.execution },
    reader: undefined,
    company,
  });
  const doing: Doing = { command, card, facts: await factsOf(card.deal, context.pipeline), context };
  log.info({ do: command.step.do, rung: command.rung, round: command.round }, 'step');

  // A run whose deal has moved on is being stopped; until that happens it waits and does nothing.
  if (command.token !== undefined && isStale(doing)) return undefined;
  const result = await carryOut(command.step, doing);
  if (result === 'waiting') return undefined;
  if (command.token !== undefined) await goOn(command.token, result.state);
  return result.state;
});

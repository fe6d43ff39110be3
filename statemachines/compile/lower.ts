import type { Step } from '../../schemas/pipeline.ts';
import type { Context } from './context.ts';
import type { Entry } from './entry.ts';
import { lowerAccrue } from './steps/accrue.ts';
import { lowerApproval } from './steps/approval.ts';
import { lowerChoose } from './steps/choose.ts';
import { lowerClient } from './steps/client.ts';
import { lowerCycle } from './steps/cycle.ts';
import { lowerGoto } from './steps/goto.ts';
import { lowerNotice } from './steps/notice.ts';
import { lowerParallel } from './steps/parallel.ts';
import { lowerPay } from './steps/pay.ts';
import { lowerQueue } from './steps/queue.ts';
import { lowerRate } from './steps/rate.ts';
import { lowerRemind } from './steps/remind.ts';
import { lowerShip } from './steps/ship.ts';
import { lowerStart } from './steps/start.ts';
import { lowerSubdeal } from './steps/subdeal.ts';
import { lowerTask } from './steps/task.ts';
import { lowerUntil } from './steps/until.ts';
import { lowerWait } from './steps/wait.ts';
import { lowerWrite } from './steps/write.ts';

/** Lowers a list of steps from the last to the first: where each goes on is known before it is made. */
export const lowerSteps = (context: Context, steps: readonly Step[], next: Entry): Entry =>
  steps.reduceRight((after, step) => lowerStep(context, step, after), next);

const lowerStep = (context: Context, step: Step, next: Entry): Entry => {
  switch (step.do) {
    case 'task':
      return lowerTask(context, step, next);
    case 'approval':
      return lowerApproval(context, step, next);
    case 'notify':
    case 'email':
      return lowerNotice(context, step, next);
    case 'set':
    case 'assign':
      return lowerWrite(context, step, next);
    case 'wait':
      return lowerWait(context, step, next);
    case 'until':
      return lowerUntil(context, step, next);
    case 'cycle':
      return lowerCycle(context, step, next);
    case 'goto':
      return lowerGoto(context, step, next);
    case 'remind':
      return lowerRemind(context, step, next);
    case 'start':
      return lowerStart(context, step, next);
    case 'subdeal':
      return lowerSubdeal(context, step, next);
    case 'queue':
      return lowerQueue(context, step, next);
    case 'pay':
      return lowerPay(context, step, next);
    case 'rate':
      return lowerRate(context, step, next);
    case 'accrue':
      return lowerAccrue(context, step, next);
    case 'client':
      return lowerClient(context, step, next);
    case 'ship':
      return lowerShip(context, step, next);
    case 'choose':
      return lowerChoose(context, step, next);
    case 'parallel':
      return lowerParallel(context, step, next);
    default:
      return step satisfies never;
  }
};

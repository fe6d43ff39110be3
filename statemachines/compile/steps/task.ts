import type { ApprovalStep, QueueStep, ShipStep, TaskStep } from '../../../schemas/pipeline.ts';
import { type Arming, ask, untimed } from '../ask.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';
import { ladder } from '../words.ts';

/** A task asks a person and waits; its ladder is a time-out a rung, never a timer of its own. */
export const lowerTask = (context: Context, step: TaskStep, next: Entry): Entry =>
  whenNeeded(context, step, ask(context.draft, step, step.title.en, armed(step), next), next);

/** The timers of work that has a ladder. */
export const armed = ({
  id,
  due,
  late,
}: Pick<TaskStep | ApprovalStep | QueueStep, 'id' | 'due'> & Pick<ShipStep, 'late'>): Arming =>
  late === undefined || late.length === 0
    ? untimed
    : {
        needs: { facts: [], timers: { [id]: { ...(due && { due }), late: ladder(late) } } },
        timeout: 'rung',
      };

import type { GotoStep } from '../../../schemas/pipeline.ts';
import { nothing } from '../ahead.ts';
import { type Context, whenNeeded } from '../context.ts';
import { add, type Entry } from '../entry.ts';
import { commented, named, titleOf } from '../names.ts';
import { withoutNeeds } from '../words.ts';

/**
 * An automatic move. It is the run's last state, since the move stops the run; where a guard refuses it, the run
 * ends in a state that says so, and the deal stays with what it has.
 */
export const lowerGoto = (context: Context, step: GotoStep, next: Entry): Entry => {
  const { draft, pipeline } = context;
  const refused = add(draft, {
    kind: 'stop',
    name: named(step.id, 'refused, the deal stays'),
    comment: 'A guard refused the move; what is missing is in the feed',
    from: step.id,
  });
  const title = pipeline.stages[step.stage]?.title.en ?? step.stage;
  const name = add(draft, {
    kind: 'call',
    name: titleOf(step.id),
    comment: commented(`Moves the deal to "${title}"`, step.needs),
    from: step.id,
    step: withoutNeeds(step),
    ahead: nothing,
    keeps: false,
    refused,
    to: 'end',
  });
  return whenNeeded(context, step, { to: name, needs: nothing, carry: new Set() }, next);
};

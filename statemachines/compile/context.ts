import type { Pipeline, Step } from '../../schemas/pipeline.ts';
import { type Condition, overState } from './condition.ts';
import { type Draft, type Entry, fork } from './entry.ts';
import { commented, named } from './names.ts';
import { isPlain } from './plain.ts';
import { CannotCompile } from './refused.ts';

/** What lowering a step needs to know beside the step and what follows it. */
export type Context = Readonly<{
  pipeline: Pipeline;
  /** `<pack>/<pipeline>/<stage>`, for messages */
  where: string;
  draft: Draft;
  /** seconds after which a waiting state asks again, where the deployment sets them */
  patience?: number | undefined;
  /** lowers the steps inside a step */
  lower: (context: Context, steps: readonly Step[], next: Entry) => Entry;
}>;

/** An author's condition, ready for a machine. */
export const conditionOf = ({ where }: Context, step: string, expression: string): Condition => {
  const rich = isPlain(expression);
  if (rich === undefined) return overState(expression);
  throw new CannotCompile(
    `${where}: step "${step}": the condition "${expression}" is too rich for a state machine: ${rich}. Make it a computed field`,
  );
};

/** A step behind its `when`: passed over unless it holds as the run comes by. */
export const whenNeeded = (
  context: Context,
  step: Readonly<{ id: string; when?: string | undefined; needs?: string[] | undefined }>,
  entry: Entry,
  next: Entry,
): Entry => {
  if (step.when === undefined) return entry;
  const about = {
    name: named(step.id, 'is it needed?'),
    comment: commented(`Only when ${step.when}`, step.needs),
    from: step.id,
  };
  return fork(context.draft, about, [{ condition: conditionOf(context, step.id, step.when), entry }], next);
};

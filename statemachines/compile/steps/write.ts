import type { AssignStep, SetStep } from '../../../schemas/pipeline.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** Fields written, or a person put into one. */
export const lowerWrite = (context: Context, step: SetStep | AssignStep, next: Entry): Entry =>
  whenNeeded(context, step, call(context.draft, step, about(step), next), next);

const about = (step: SetStep | AssignStep): string => {
  if (step.do === 'set') return `Writes ${Object.keys(step.values).join(', ')}`;
  return step.to === 'watchers' ? 'Adds a watcher' : `Puts a person into ${step.to.field}`;
};

import type { EmailStep, NotifyStep } from '../../../schemas/pipeline.ts';
import { call } from '../call.ts';
import { type Context, whenNeeded } from '../context.ts';
import type { Entry } from '../entry.ts';

/** People told, or a letter to the client; neither is waited for. */
export const lowerNotice = (context: Context, step: NotifyStep | EmailStep, next: Entry): Entry => {
  const about =
    step.do === 'notify' ? `Tells people: ${step.notice.text}` : `Writes to the client: ${step.text}`;
  return whenNeeded(context, step, call(context.draft, step, about, next), next);
};

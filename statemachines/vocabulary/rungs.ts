import type { Channel } from '../../schemas/people.ts';
import type { Moment, Notice, Rung, Span, Who } from '../../schemas/pipeline.ts';
import type { Needs } from './needs.ts';

type Mark = { readonly mark: 'late' | 'red' };
type Part = Notice | Mark | Needs;

/** People told of something by a message of the pack: in the app, and by the further channels named. */
export const tell = (
  to: readonly Who[],
  text: string,
  also: readonly Exclude<Channel, 'app'>[] = [],
): Notice => ({
  to: [...to],
  text,
  channels: ['app', ...also],
});

/** Marks the task when the rung is reached. */
export const mark = (mark: Mark['mark']): Mark => ({ mark });

/** A rung some time after the task opened. */
export const after = (span: Span, ...parts: Part[]): Rung => rung({ moment: 'after', span }, parts);

/** A rung at the task's due time. */
export const atDue = (...parts: Part[]): Rung => rung({ moment: 'due' }, parts);

export const beforeDue = (span: Span, ...parts: Part[]): Rung => rung({ moment: 'before-due', span }, parts);

export const afterDue = (span: Span, ...parts: Part[]): Rung => rung({ moment: 'after-due', span }, parts);

/** A rung at the moment of a date field (09:00 of a day without a time); `otherwise` after the opening while it is empty. */
export const atDate = (field: string, otherwise: Span, ...parts: Part[]): Rung =>
  rung({ moment: 'at', field, else: otherwise }, parts);

function rung(at: Moment, parts: readonly Part[]): Rung {
  const marked = parts.find((part) => 'mark' in part);
  return {
    at,
    tell: parts.filter((part) => 'to' in part),
    ...(marked && { mark: marked.mark }),
    needs: parts.filter((part) => 'needs' in part).flatMap((part) => part.needs),
  };
}

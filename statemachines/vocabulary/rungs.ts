import type { Channel } from '../../schemas/people.ts';
import type { Moment, Notice, Rung, Span, Who, Written } from '../../schemas/pipeline.ts';
import type { Needs } from './needs.ts';

type Mark = { readonly mark: 'late' | 'red' };
type Sets = { readonly set: Readonly<Record<string, Written>> };
type Past = { readonly past: 'skip' };
type Part = Notice | Mark | Needs | Sets;

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

/** Fields written when the rung is reached, once. */
export const sets = (values: Sets['set']): Sets => ({ set: values });

/** Among the parts of a rung on a date field: it never fires where its moment was past when the task opened. */
export const skipPast: Past = { past: 'skip' };

/** A rung some time after the task opened. */
export const after = (span: Span, ...parts: Part[]): Rung => rung({ moment: 'after', span }, parts);

/** A rung at the task's due time. */
export const atDue = (...parts: Part[]): Rung => rung({ moment: 'due' }, parts);

export const beforeDue = (span: Span, ...parts: Part[]): Rung => rung({ moment: 'before-due', span }, parts);

export const afterDue = (span: Span, ...parts: Part[]): Rung => rung({ moment: 'after-due', span }, parts);

/** A rung at the moment of a date field (09:00 of a day without a time); `otherwise` after the opening while it is empty. */
export const atDate = (field: string, otherwise: Span, ...parts: (Part | Past)[]): Rung =>
  rung({ moment: 'at', field, else: otherwise, ...pastOf(parts) }, parts);

/** A rung some time after the moment of a date field; none while it is empty. */
export const sinceDate = (field: string, span: Span, ...parts: (Part | Past)[]): Rung =>
  rung({ moment: 'at', field, plus: span, ...pastOf(parts) }, parts);

/** A rung at a time of the company's clock, so many days before the day of a date field; none while it is empty. */
export const morning = (field: string, daysBefore: number, time: string, ...parts: (Part | Past)[]): Rung =>
  rung({ moment: 'morning', field, daysBefore, time, ...pastOf(parts) }, parts);

function pastOf(parts: readonly (Part | Past)[]): Partial<Past> {
  return parts.find((part) => 'past' in part) ?? {};
}

function rung(at: Moment, parts: readonly (Part | Past)[]): Rung {
  const marked = parts.find((part) => 'mark' in part);
  const written = parts.find((part) => 'set' in part);
  return {
    at,
    tell: parts.filter((part) => 'to' in part),
    ...(marked && { mark: marked.mark }),
    ...(written && { set: written.set }),
    needs: parts.filter((part) => 'needs' in part).flatMap((part) => part.needs),
  };
}

import type * as z from 'zod';
import type * as spec from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import { type DueWords, dueOf } from './due.ts';
import type { Frozen } from './frozen.ts';

type Words<T extends z.ZodType> = Frozen<z.input<T>>;
type Replace<T, U> = Omit<T, keyof U> & U;

/** `F`: the ids of the fields it names. */
export type Task<F extends string = string> = Replace<
  Words<typeof spec.TaskStep>,
  { readonly fields?: readonly F[]; readonly stamp?: F }
>;
export type Approval<F extends string = string> = Replace<
  Words<typeof spec.ApprovalStep>,
  { readonly fields?: readonly F[]; readonly stamp?: F; readonly rework?: Task<F> }
>;
export type SetFields<F extends string = string> = Replace<
  Words<typeof spec.SetStep>,
  { readonly values: { readonly [K in F]?: Words<typeof spec.SetStep>['values'][string] } }
>;
export type Notify = Words<typeof spec.NotifyStep>;
export type Email = Words<typeof spec.EmailStep>;
export type Assign = Words<typeof spec.AssignStep>;
export type Wait = Words<typeof spec.WaitStep>;
export type Until = Words<typeof spec.UntilStep>;
export type Cycle = Words<typeof spec.CycleStep>;
export type Start = Words<typeof spec.StartStep>;
export type Queue<F extends string = string> = Replace<
  Words<typeof spec.QueueStep>,
  { readonly fields?: readonly F[] }
>;
export type Rate = Words<typeof spec.RateStep>;
export type Pay = Words<typeof spec.PayStep>;
export type Subdeal = Words<typeof spec.SubdealStep>;
export type Remind = Words<typeof spec.RemindStep>;
/** `F`: the figure it is a part of, and the day of payment. */
export type Accrue<F extends string = string> = Replace<
  Words<typeof spec.AccrueStep>,
  { readonly base: F; readonly day?: F }
>;
/** `F`: the ids of the fields it names. */
export type Client<F extends string = string> = Replace<
  Words<typeof spec.ClientStep>,
  {
    readonly contact: F;
    readonly company?: F;
    readonly name: F;
    readonly email?: F;
    readonly phone?: F;
    readonly companyName?: F;
  }
>;
/** `F`: the ids of the fields it names. */
export type Ship<F extends string = string> = Replace<
  Words<typeof spec.ShipStep>,
  {
    readonly to: { readonly point?: F; readonly address?: F; readonly city?: F };
    readonly tariff?: F;
    readonly price?: F;
    readonly date?: F;
    readonly track: F;
    readonly status?: F;
  }
>;
/** `S`: the stage it moves to. */
export type Goto<S extends string = string> = Replace<Words<typeof spec.GotoStep>, { readonly stage: S }>;
/** `W`: the steps inside. */
export interface Choose<W> {
  readonly do: 'choose';
  readonly id: string;
  readonly cases: readonly { readonly when: string; readonly steps: readonly W[] }[];
  readonly else?: readonly W[];
  readonly needs?: readonly string[];
}
export interface Parallel<W> {
  readonly do: 'parallel';
  readonly id: string;
  readonly branches: readonly (readonly W[])[];
  readonly needs?: readonly string[];
}

/** A step that may name stages `S` and fields `F`. */
export type Step<S extends string = string, F extends string = string> =
  | Task<F>
  | Approval<F>
  | SetFields<F>
  | Notify
  | Email
  | Assign
  | Wait
  | Until
  | Cycle
  | Start
  | Subdeal
  | Queue<F>
  | Rate
  | Pay
  | Remind
  | Accrue<F>
  | Client<F>
  | Ship<F>
  | Goto<S>
  | Choose<Step<S, F>>
  | Parallel<Step<S, F>>;

type TaskWords<F extends string> = Replace<
  Omit<Task<F>, 'do' | 'id'>,
  { readonly due?: DueWords; readonly fields?: readonly F[] }
>;
type ApprovalWords<F extends string> = Replace<Omit<Approval<F>, 'do' | 'id'>, { readonly due?: DueWords }>;
type More<T> = Omit<T, 'do' | 'id'>;
type Options<T, Given extends PropertyKey> = Omit<T, 'do' | Given> & { readonly id?: string };

/** Work for a person; the run goes on when it is done. */
export const task = <const F extends string = never>(
  id: string,
  { due, ...words }: TaskWords<F>,
): Task<NoInfer<F>> => ({
  do: 'task',
  id,
  ...words,
  ...(due && { due: dueOf(due) }),
});

/** A decision by one person; with `rework` a rejection sends it round again. */
export const approval = <const F extends string = never>(
  id: string,
  { due, ...words }: ApprovalWords<F>,
): Approval<NoInfer<F>> => ({ do: 'approval', id, ...words, ...(due && { due: dueOf(due) }) });

/** Tells people of the company. */
export const notify = (
  id: string,
  notice: Notify['notice'],
  more: Omit<More<Notify>, 'notice'> = {},
): Notify => ({
  do: 'notify',
  id,
  notice,
  ...more,
});

/** A letter to the client, by a message of the pack; the step is called like the message unless `id` says otherwise. */
export const email = (text: string, { id = text, ...more }: Options<Email, 'text' | 'id'> = {}): Email => ({
  do: 'email',
  id,
  text,
  ...more,
});

/** A letter to the client by these channels in turn: one that fails is followed by the next. */
export const letter = (
  text: string,
  channels: NonNullable<Email['channels']>,
  more: Options<Email, 'text' | 'id' | 'channels'> = {},
): Email => ({ ...email(text, more), channels });

/** A literal to write into a field; `null` empties it. */
export const value = <T extends string | number | boolean | null>(value: T): { readonly value: T } => ({
  value,
});

/** What an expression over the facts gives, to write into a field. */
export const expression = (expression: string): { readonly expression: string } => ({ expression });

/** The moment of writing, for `set`: a date field takes the day, a datetime the instant. */
export const now = (): { readonly moment: 'now' } => ({ moment: 'now' });

/** The moment of writing within working hours, else their next beginning, for `set`. */
export const atOpening = (): { readonly moment: 'opening' } => ({ moment: 'opening' });

/** That long after the moment of writing, for `set`. */
export const inTime = (span: spec.Span): { readonly moment: spec.Span } => ({ moment: span });

/** Writes fields of the deal. */
export const set = <const F extends string>(
  id: string,
  values: { readonly [K in F]: SetFields['values'][string] },
  more: Omit<More<SetFields>, 'values'> = {},
): SetFields<F> => ({ do: 'set', id, values, ...more });

/** Puts a person into a user field of the deal. */
export const assign = (
  id: string,
  who: spec.Who,
  field: string,
  more: Omit<More<Assign>, 'who' | 'to'> = {},
): Assign => ({
  do: 'assign',
  id,
  who,
  to: { field },
  ...more,
});

/** Puts a person among those who watch the deal. */
export const watch = (id: string, who: spec.Who, more: Omit<More<Assign>, 'who' | 'to'> = {}): Assign => ({
  do: 'assign',
  id,
  who,
  to: 'watchers',
  ...more,
});

/** Waits for some time. */
export const wait = (id: string, span: spec.Span, more: Omit<More<Wait>, 'for'> = {}): Wait => ({
  do: 'wait',
  id,
  for: { due: 'after', span },
  ...more,
});

/** Waits for the moment a date field names, or `minus` a span before it; a moment already past goes on at once. */
export const waitFor = (
  id: string,
  field: string,
  { minus, ...more }: Omit<More<Wait>, 'for'> & { readonly minus?: spec.Span } = {},
): Wait => ({ do: 'wait', id, for: { due: 'at', field, ...(minus && { minus }) }, ...more });

/** Waits, without a task, until a condition over the deal holds. */
export const until = (id: string, condition: string, more: Omit<More<Until>, 'condition'> = {}): Until => ({
  do: 'until',
  id,
  condition,
  ...more,
});

/** Does one thing every so often while the deal is on the stage. */
export const cycle = (id: string, words: More<Cycle>): Cycle => ({ do: 'cycle', id, ...words });

/** Moves the deal by itself; called `to-<stage>` unless `id` says otherwise. */
export const goto = <const S extends string>(
  stage: S,
  { id = `to-${stage}`, ...more }: Options<Goto, 'stage' | 'id'> = {},
): Goto<S> => ({ do: 'goto', id, stage, ...more });

/** Starts a thread of this stage unless it already ran since the stage was entered (`once: false`: in any case). */
export const start = (
  thread: string,
  { id = `start-${thread}`, ...more }: Options<Start, 'thread' | 'id'> = {},
): Start => ({ do: 'start', id, thread, ...more });

type QueueWords<F extends string> = Replace<
  Omit<Queue<F>, 'do' | 'id'>,
  { readonly due?: DueWords; readonly fields?: readonly F[] }
>;

/** Decisions of several people, one after another: those a directory of limits names, and those the author adds. */
export const queue = <const F extends string = never>(
  id: string,
  { due, ...words }: QueueWords<F>,
): Queue<NoInfer<F>> => ({ do: 'queue', id, ...words, ...(due && { due: dueOf(due) }) });

/** Makes a percentage of a directory another one for the company of the deal. */
export const rate = (id: string, words: More<Rate>): Rate => ({ do: 'rate', id, ...words });

/**
 * Asks the client for money by a link and waits until it is `paid`, `expired` or `cancelled`; `amount` is a money field, a
 * figure or an expression.
 */
export const pay = (id: string, words: More<Pay>): Pay => ({ do: 'pay', id, ...words });

/** Waits for a deal of another pipeline. */
export const subdeal = (
  pipeline: string,
  { id = pipeline, ...more }: Options<Subdeal, 'pipeline' | 'id'> = {},
): Subdeal => ({ do: 'subdeal', id, pipeline, ...more });

/** Makes the client a contact, and theirs a company, unless they are known. */
export const client = <const F extends string>(
  id: string,
  fields: { readonly [K in 'contact' | 'name']: F } & {
    readonly [K in 'company' | 'email' | 'phone' | 'companyName']?: F;
  },
  more: Pick<Client, 'when' | 'needs'> = {},
): Client<F> => ({ do: 'client', id, ...fields, ...more });

/** A parcel by a carrier: ordered of what the deal holds, its number written back. */
export const ship = <const F extends string>(
  id: string,
  {
    to,
    ...words
  }: Omit<More<Ship<F>>, 'to'> & {
    readonly to: { readonly [K in 'point' | 'address' | 'city']?: F };
  },
): Ship<F> => ({ do: 'ship', id, to, ...words });

/** Grants people parts of a figure of the deal as pay, each person once a deal. */
export const accrue = <const F extends string>(
  id: string,
  base: F,
  shares: Accrue['shares'],
  more: Omit<More<Accrue>, 'base' | 'shares' | 'day'> & { readonly day?: F } = {},
): Accrue<F> => ({ do: 'accrue', id, base, shares, ...more });

/** One part of what `accrue` grants: who earns it, how much of the figure in per cent, and as what. */
export const share = (
  to: spec.Who,
  percent: Accrue['shares'][number]['percent'],
  role: Text,
): Accrue['shares'][number] => ({ to, percent, role });

/** Reminds people by itself: that long from now, on a date field (09:00 of a day), or `minus` a span before it. */
export const remind = (
  id: string,
  {
    on,
    ...words
  }: Omit<More<Remind>, 'for'> & {
    readonly on: spec.Span | { readonly field: string; readonly minus?: spec.Span };
  },
): Remind => ({
  do: 'remind',
  id,
  ...words,
  for: 'field' in on ? { due: 'at', ...on } : { due: 'after', span: on },
});

/** One way of a choice. */
export const when = <L extends readonly Step[]>(
  condition: string,
  ...steps: L
): { readonly when: string; readonly steps: L } => ({ when: condition, steps });

/** Goes the first way whose condition holds, else `otherwise`, else on. */
export const choose = <
  C extends { readonly when: string; readonly steps: readonly Step[] },
  E extends Step = never,
>(
  id: string,
  cases: readonly C[],
  { otherwise, ...more }: { readonly otherwise?: readonly E[]; readonly needs?: readonly string[] } = {},
): Choose<C['steps'][number] | E> => ({
  do: 'choose',
  id,
  cases,
  ...(otherwise && { else: otherwise }),
  ...more,
});

/** Goes several ways at once and on when all have ended. */
export const parallel = <B extends readonly Step[]>(
  id: string,
  branches: readonly B[],
  more: { readonly needs?: readonly string[] } = {},
): Parallel<B[number]> => ({ do: 'parallel', id, branches, ...more });

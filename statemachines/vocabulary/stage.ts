import type * as z from 'zod';
import type * as spec from '../../schemas/pipeline.ts';
import type { Frozen } from './frozen.ts';
import type { Step } from './steps.ts';

/** A further run of the stage; `W`: its steps. */
export interface Thread<W> extends Omit<Frozen<z.input<typeof spec.Thread>>, 'work'> {
  readonly work: readonly W[];
}

/** A further run of the stage, at most one at a time; without `on` only a `start` begins it. */
export const thread = <W extends Step>(id: string, words: Omit<Thread<W>, 'id'>): Thread<W> => ({
  id,
  ...words,
});

/** Begins a thread when the field gets a value; `emptied`: also when it loses the one it had. */
export const changed = <const F extends string>(
  field: F,
  more: { readonly emptied?: true } = {},
): { readonly event: 'changed'; readonly field: F; readonly emptied?: true } => ({
  event: 'changed',
  field,
  ...more,
});

/** Begins a thread when the moment that the date field names has come, be it years off (09:00 of a day without a time). */
export const arrives = <const F extends string>(field: F): { readonly event: 'date'; readonly field: F } => ({
  event: 'date',
  field,
});

type LedgerEvent = Extract<NonNullable<spec.Thread['on']>, { event: 'entry' }>;

/** Begins a thread when such an entry is made in the ledger. */
export const entry = (ledger: LedgerEvent['ledger']): LedgerEvent => ({ event: 'entry', ledger });

/** Begins a thread by the change after which the condition holds, if it did not hold before; a figure or a total may turn it. */
export const became = (condition: string): { readonly event: 'became'; readonly condition: string } => ({
  event: 'became',
  condition,
});

/** Begins a thread when a client writes by a network that the pipeline hears. */
export const clientWrites = (): { readonly event: 'message'; readonly is: 'received' } => ({
  event: 'message',
  is: 'received',
});

/** Begins a thread when a letter to the client with the file of that field has left. */
export const letterSent = <const F extends string>(
  about: F,
): { readonly event: 'letter'; readonly is: 'sent'; readonly about: F } => ({
  event: 'letter',
  is: 'sent',
  about,
});

/** Begins a thread when such a letter will not arrive. */
export const letterFailed = <const F extends string>(
  about: F,
): { readonly event: 'letter'; readonly is: 'failed'; readonly about: F } => ({
  event: 'letter',
  is: 'failed',
  about,
});

/** Begins a thread when a letter has come that a person wrote: to the deal's own address, or as an answer to a letter of it. */
export const letterReceived = (): { readonly event: 'letter'; readonly is: 'received' } => ({
  event: 'letter',
  is: 'received',
});

export type Offer = Frozen<z.input<typeof spec.Offer>>;

/** A process that people may start from the deal while it is on the stage. */
export const offer = (pipeline: string, words: Omit<Offer, 'pipeline'>): Offer => ({ pipeline, ...words });

/** `S`: where it leads. */
export type Move<S extends string> = Omit<Frozen<spec.Move>, 'to'> & { readonly to: S | 'came-from' };

/** An allowed move and who may make it. */
export const move = <const S extends string>(
  to: S,
  by: readonly [spec.Actor, ...spec.Actor[]],
  more: Pick<spec.Move, 'needs' | 'when' | 'stamp'> = {},
): Omit<Frozen<spec.Move>, 'to'> & { readonly to: S } => ({ to, by, ...more });

type Enter<F extends string> = Omit<Frozen<z.input<typeof spec.Enter>>, 'required'> & {
  readonly required?: readonly F[];
};
type Leave<F extends string> = Omit<Frozen<z.input<typeof spec.Leave>>, 'required'> & {
  readonly required?: readonly F[];
};

/** A stage of a pipeline whose stages are `S` and whose fields are `F`. Keys stand in the order of life. */
export type Stage<S extends string, F extends string> = Omit<
  Frozen<z.input<typeof spec.Stage>>,
  'enter' | 'work' | 'on' | 'offers' | 'leave' | 'moves'
> & {
  readonly enter?: Enter<F>;
  readonly work?: readonly Step<S, F>[];
  readonly on?: readonly Thread<Step<S, F>>[];
  readonly offers?: readonly Offer[];
  readonly leave?: Leave<F>;
  readonly moves: readonly Move<S>[];
};

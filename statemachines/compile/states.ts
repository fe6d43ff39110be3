import type { ActiveStep } from '../../schemas/step.ts';
import type { Ahead } from '../../schemas/task.ts';

/** Where a state leads: another state of the same list, or nowhere, which ends the run (or the parallel branch). */
export type Target = string | 'end';

/** What every state remembers: its name in the console, what it is for, and the step it was made from. */
type Shape = Readonly<{ name: string; comment: string; from: string }>;

/** What a change of the run's state on the way out of a choice is called. */
export type Turn = 'next-round' | 'first-round';

export type Rule = Readonly<{ condition: string; to: Target; turn?: Turn }>;

/** How long an asking state waits, and what it does when the time is over. */
export type Patience =
  | Readonly<{ kind: 'year' }>
  /** a timer a rung: each time-out asks again, one rung higher */
  | Readonly<{ kind: 'ladder'; anew: string }>
  /** one timer again and again: each time-out is the next turn; where a turn takes another time the function asks for `anew` */
  | Readonly<{ kind: 'turns'; anew: string }>;

/** A step the function carries out at once. */
export type Call = Shape &
  Readonly<{ kind: 'call'; step: ActiveStep; ahead: Ahead; keeps: boolean; refused?: string; to: Target }>;

/** A step that waits for its task token. */
export type Ask = Shape &
  Readonly<{ kind: 'ask'; step: ActiveStep; ahead: Ahead; keeps: boolean; patience: Patience; to: Target }>;

/** A fresh look at the deal. With `keepsRung` the count of turns survives it. */
export type Look = Shape &
  Readonly<{ kind: 'look'; ahead: Ahead; keeps: boolean; keepsRung: boolean; to: Target }>;

export type Choose = Shape &
  Readonly<{ kind: 'choose'; rules: readonly Rule[]; otherwise: Target; turn?: Turn }>;

export type Pause = Shape & Readonly<{ kind: 'pause'; timer: string; to: Target }>;

export type Split = Shape & Readonly<{ kind: 'split'; branches: readonly Block[]; to: Target }>;

export type Stop = Shape & Readonly<{ kind: 'stop' }>;

/** A state of a machine before it is printed; frozen, told apart by `kind`. */
export type State = Call | Ask | Look | Choose | Pause | Split | Stop;

/** A closed list of states: a machine, or one branch of a split. */
export type Block = Readonly<{ start: string; states: readonly State[] }>;

/** The states a state may lead to, in reading order. */
export const nextOf = (state: State): readonly Target[] => {
  switch (state.kind) {
    case 'call':
      return state.refused === undefined ? [state.to] : [state.to, state.refused];
    case 'ask':
      return state.patience.kind === 'year' ? [state.to] : [state.to, state.patience.anew];
    case 'choose':
      return [...state.rules.map(({ to }) => to), state.otherwise];
    case 'look':
    case 'pause':
    case 'split':
      return [state.to];
    case 'stop':
      return [];
    default:
      return state satisfies never;
  }
};

/** Every state of a block and of the branches inside it. */
export const everyState = (block: Block): readonly State[] =>
  block.states.flatMap((state) =>
    state.kind === 'split' ? [state, ...state.branches.flatMap(everyState)] : [state],
  );

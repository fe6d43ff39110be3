import type { Ahead } from '../../schemas/task.ts';
import { nothing, together } from './ahead.ts';
import { both, type Condition, type RunWord } from './condition.ts';
import type { Choose, State, Target, Turn } from './states.ts';

/**
 * A place where a list of steps goes on: a state, the end, or a choice that has not become a state yet. A choice
 * stays open as long as it can: two that follow each other become one, which saves a transition.
 */
export type Entry = Readonly<{
  to: Target | Fork;
  /** what the answer before has to carry to come through here */
  needs: Ahead;
  /** words of the run that are read from here on */
  carry: ReadonlySet<RunWord>;
}>;

export type ForkRule = Readonly<{ condition: Condition; to: Target; turn?: Turn }>;

export type Fork = Readonly<{
  name: string;
  comment: string;
  from: string;
  rules: readonly ForkRule[];
  otherwise: Target;
  turn?: Turn;
}>;

/** Where the states of one list gather. Steps are lowered from the last to the first, so what follows is known. */
export type Draft = {
  readonly states: Map<string, State>;
  readonly endName: string;
  readonly endComment: string;
};

export const theEnd: Entry = { to: 'end', needs: nothing, carry: new Set() };

/** The state an entry stands for; an open choice becomes one. */
export const settle = (draft: Draft, entry: Entry): Target => {
  const { to } = entry;
  if (typeof to === 'string') return to;
  const ended = (target: Target): Target => (target === 'end' ? stop(draft, to.from) : target);
  const choice: Choose = {
    kind: 'choose',
    name: to.name,
    comment: to.comment,
    from: to.from,
    rules: to.rules.map(({ condition, to: target, ...turn }) => ({
      condition: condition.text,
      to: ended(target),
      ...turn,
    })),
    otherwise: ended(to.otherwise),
    ...(to.turn && { turn: to.turn }),
  };
  return add(draft, choice);
};

/** Takes a state into the draft, once. */
export const add = (draft: Draft, state: State): string => {
  draft.states.set(state.name, Object.freeze(state));
  return state.name;
};

/** The state a choice leads to where nothing more follows: a choice itself cannot end a run. */
export const stop = (draft: Draft, from: string): string =>
  draft.states.has(draft.endName)
    ? draft.endName
    : add(draft, { kind: 'stop', name: draft.endName, comment: draft.endComment, from });

/** A case of a choice: where it leads if it holds, and the turn it takes on the way. */
export type Way = Readonly<{ condition: Condition; entry: Entry; turn?: Turn }>;

type About = Readonly<{ name: string; comment: string; from: string; turn?: Turn }>;

const FEW = 3; // a choice inside a case is spelled out by its rules: more of them read better as a state of their own

/**
 * An open choice between ways, the first that holds; a choice that directly follows is taken into it.
 *
 * @param about - `turn` is taken where no way holds
 */
export const fork = (draft: Draft, about: About, ways: readonly Way[], otherwise: Entry): Entry => {
  const rules = ways.flatMap(({ condition, entry, ...turn }): readonly ForkRule[] => {
    if (typeof entry.to === 'string' || entry.to.rules.length > FEW)
      return [{ condition, to: settle(draft, entry), ...turn }];
    return [
      ...entry.to.rules.map((rule) => ({ ...rule, ...turn, condition: both(condition, rule.condition) })),
      { condition, to: entry.to.otherwise, ...turn },
    ];
  });
  const turn = about.turn && { turn: about.turn };
  const rest =
    typeof otherwise.to === 'string'
      ? { rules: [], otherwise: otherwise.to }
      : {
          rules: otherwise.to.rules.map((rule) => ({ ...rule, ...turn })),
          otherwise: otherwise.to.otherwise,
        };
  return {
    to: { ...about, rules: [...rules, ...rest.rules], otherwise: rest.otherwise },
    needs: together(
      ...ways.flatMap(({ condition, entry }) => [{ facts: [...condition.facts], timers: {} }, entry.needs]),
      otherwise.needs,
    ),
    carry: new Set([
      ...ways.flatMap(({ condition, entry }) => [...condition.words, ...entry.carry]),
      ...otherwise.carry,
    ]),
  };
};

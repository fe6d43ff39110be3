import validate from 'asl-validator';
import type { AslState, Block, Definition, Json } from './asl.ts';

/**
 * What an independent validator has against these machines; empty if nothing. It takes a fifth of a second a call,
 * whatever it is given, so that all are put side by side into one; states are numbered by their machine from 0.
 */
export const judge = (definitions: readonly Definition[]): string => {
  const side: AslState = {
    Type: 'Parallel',
    Branches: definitions.map((definition, index) => numbered(definition, String(index))) as never,
    End: true,
  };
  const verdict = validate({ QueryLanguage: 'JSONata', StartAt: 'All', States: { All: side } });
  return verdict.isValid ? '' : verdict.errorsText();
};

const numbered = ({ StartAt, States }: Block, number: string): Block => ({
  StartAt: `${number} ${StartAt}`,
  States: Object.fromEntries(
    Object.entries(States).map(([name, state]) => [`${number} ${name}`, renamed(state, number)]),
  ),
});

const renamed = (state: AslState, number: string): AslState => ({
  ...state,
  ...leading(state, number),
  ...(state.Default !== undefined && { Default: `${number} ${state.Default}` }),
  ...ways('Choices', state, number),
  ...ways('Catch', state, number),
  ...(state.Branches !== undefined && {
    Branches: (state.Branches as unknown as Block[]).map((branch) => numbered(branch, number)) as never,
  }),
});

type Way = Readonly<{ [key: string]: Json }>;

const ways = (field: 'Choices' | 'Catch', state: AslState, number: string) =>
  state[field] !== undefined && {
    [field]: (state[field] as readonly Way[]).map((way) => ({ ...way, ...leading(way, number) })),
  };

const leading = ({ Next }: Way, number: string) =>
  Next !== undefined && { Next: `${number} ${String(Next)}` };

import jsonata from 'jsonata';
import type { RunState } from '../../schemas/step.ts';
import type { Ahead } from '../../schemas/task.ts';
import type { AslState, Block, Definition, Json } from './asl.ts';
import { CannotCompile } from './refused.ts';

/** How a step of a walk ends: answered, or out of time, or asked to set its timers anew. */
export type Ending = 'answered' | 'States.Timeout' | 'Rearm' | 'Refused';

/**
 * Walks a machine for tests, as strictly as the service: a condition has to be true or false, a timer a number. The
 * step function of the walk answers with what `ahead` asks for and nothing else, so that a walk fails where a state
 * reads what the answer before it did not carry.
 *
 * @returns the names of the states entered, in order
 */
export const walk = async (
  definition: Definition,
  start: RunState,
  plays: Readonly<{
    ending: (state: string) => Ending;
    answer: (ahead: Ahead, before: RunState, payload: Readonly<Record<string, Json>>) => RunState;
  }>,
): Promise<string[]> => {
  const entered: string[] = [];

  const inBlock = async (block: Block, input: RunState): Promise<RunState> => {
    let now = block.StartAt;
    let state = input;
    for (;;) {
      if (entered.length > 1_000) throw new Error(`the walk does not end: ${entered.slice(-9).join(' → ')}`);
      entered.push(now);
      const found = block.States[now];
      if (!found) throw new Error(`no state "${now}"`);
      const step = await pass(now, found, state);
      if (step.next === undefined) return step.state;
      now = step.next;
      state = step.state;
    }
  };

  const pass = async (name: string, state: AslState, input: RunState): Promise<Passed> => {
    switch (state.Type) {
      case 'Succeed':
        return { state: input, next: undefined };
      case 'Wait':
        await positive(name, state.Seconds, input);
        return { state: input, next: state.Next as string | undefined };
      case 'Choice':
        return choose(name, state, input);
      case 'Parallel': {
        const result: RunState[] = [];
        for (const branch of state.Branches as unknown as Block[]) result.push(await inBlock(branch, input));
        return { state: await outputOf(state.Output, input, result), next: state.Next as string | undefined };
      }
      case 'Task':
        return task(name, state, input);
      default:
        throw new CannotCompile(`${name} is a ${state.Type}`);
    }
  };

  const choose = async (name: string, state: AslState, input: RunState): Promise<Passed> => {
    for (const rule of state.Choices as unknown as { Condition: string; Output?: Json; Next: string }[]) {
      const holds: unknown = await evaluate(rule.Condition, input);
      if (typeof holds !== 'boolean') throw new Error(`${name}: ${rule.Condition} is ${String(holds)}`);
      if (holds) return { state: await outputOf(rule.Output, input), next: rule.Next };
    }
    return { state: await outputOf(state.Output, input), next: state.Default as string };
  };

  const task = async (name: string, state: AslState, input: RunState): Promise<Passed> => {
    if (state.TimeoutSeconds !== undefined) await positive(name, state.TimeoutSeconds, input);
    const ending = plays.ending(name);
    const catcher = (
      state.Catch as unknown as { ErrorEquals: string[]; Output: Json; Next: string }[] | undefined
    )?.find(({ ErrorEquals }) => ErrorEquals.includes(ending));
    if (catcher) return { state: await outputOf(catcher.Output, input), next: catcher.Next };
    const { Payload: payload } = state.Arguments as { Payload: Record<string, Json> };
    const answer = plays.answer(payload.ahead as Ahead, input, payload);
    const result = String(state.Resource).endsWith('.waitForTaskToken') ? answer : { Payload: answer };
    return { state: await outputOf(state.Output, input, result), next: state.Next as string | undefined };
  };

  await inBlock(definition, start);
  return entered;
};

type Passed = Readonly<{ state: RunState; next: string | undefined }>;

const evaluate = async (text: Json | undefined, input: RunState, result?: unknown): Promise<unknown> =>
  typeof text === 'string' && text.startsWith('{%')
    ? jsonata(text.slice(2, -2)).evaluate(undefined, { states: { input, result } })
    : text;

const outputOf = async (text: Json | undefined, input: RunState, result?: unknown): Promise<RunState> =>
  text === undefined ? input : ((await evaluate(text, input, result)) as RunState);

const positive = async (name: string, text: Json | undefined, input: RunState): Promise<void> => {
  const seconds = await evaluate(text, input);
  if (typeof seconds !== 'number' || !(seconds > 0))
    throw new Error(`${name}: ${String(text)} is ${String(seconds)}`);
};

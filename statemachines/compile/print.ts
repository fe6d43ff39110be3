import type { ActiveStep } from '../../schemas/step.ts';
import type { Ahead } from '../../schemas/task.ts';
import type * as Asl from './asl.ts';
import { wholly } from './condition.ts';
import { jsonata, literal } from './literal.ts';
import type { Ask, Block, Call, Choose, Look, Patience, State, Target, Turn } from './states.ts';

/** The name under which a template puts the step function's address into a definition. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: the form a template's substitutions are written in
export const STEP_FUNCTION = '${Step}';

// The most the service takes, beyond the year an execution may last: a run ends with its year, never a state in it.
const LONGEST_SECONDS = 99_999_999;

/** A block of states in Amazon States Language. */
export const printBlock = ({ start, states }: Block, patience?: number): Asl.Block => ({
  StartAt: start,
  States: Object.fromEntries(states.map((state) => [state.name, printState(state, patience)])),
});

const printState = (state: State, patience: number | undefined): Asl.AslState => {
  switch (state.kind) {
    case 'call':
      return printCall(state);
    case 'ask':
      return printAsk(state, patience);
    case 'look':
      return printLook(state);
    case 'choose':
      return printChoose(state);
    case 'pause':
      return {
        Type: 'Wait',
        Comment: state.comment,
        Seconds: jsonata(`${timersOf(state.timer)}[0]`),
        ...leadingTo(state.to),
      };
    case 'split':
      return {
        Type: 'Parallel',
        Comment: state.comment,
        Branches: state.branches.map((branch) => printBlock(branch, patience)),
        Output: jsonata('$states.result[0]'),
        ...leadingTo(state.to),
      };
    case 'stop':
      return { Type: 'Succeed', Comment: state.comment };
    default:
      return state satisfies never;
  }
};

const printCall = ({ comment, step, ahead, keeps, refused, to }: Call): Asl.AslState => ({
  ...invoke(comment, step, ahead),
  ...(refused !== undefined && {
    Catch: [{ ErrorEquals: ['Refused'], Output: jsonata('$states.input'), Next: refused }],
  }),
  Output: kept(keeps, '$states.result.Payload'),
  ...leadingTo(to),
});

const printAsk = (
  { name, comment, step, ahead, keeps, patience, to }: Ask,
  seconds: number | undefined,
): Asl.AslState => ({
  ...invoke(comment, step, ahead, {
    token: jsonata('$states.context.Task.Token'),
    ...(patience.kind !== 'year' && seconds === undefined && { waits: timerOf(step.id, patience) }),
  }),
  ...printPatience(name, step.id, patience, seconds),
  Output: kept(keeps, '$states.result'),
  ...leadingTo(to),
});

const printLook = ({ from, comment, ahead, keeps, keepsRung, to }: Look): Asl.AslState => {
  const answer = keepsRung
    ? "$merge([$states.result.Payload, {'rung': $states.input.rung}])"
    : '$states.result.Payload';
  return {
    ...invoke(comment, { do: 'look', id: from }, ahead),
    Output: kept(keeps, answer),
    ...leadingTo(to),
  };
};

const printChoose = ({ comment, rules, otherwise, turn }: Choose): Asl.AslState => ({
  Type: 'Choice',
  Comment: comment,
  Choices: rules.map((rule) => ({
    Condition: jsonata(wholly(rule.condition)),
    ...turning(rule.turn),
    Next: rule.to,
  })),
  ...turning(turn),
  Default: otherwise,
});

/** The timers of a ladder by its rung; of a cycle the one there is, since turns have no end. */
const timerOf = (step: string, { kind }: Patience): string =>
  jsonata(`${timersOf(step)}[${kind === 'ladder' ? '$states.input.rung' : '0'}]`);

const printPatience = (
  name: string,
  step: string,
  patience: Patience,
  seconds: number | undefined,
): Record<string, Asl.Json> => {
  if (patience.kind === 'year') return { TimeoutSeconds: LONGEST_SECONDS };
  return {
    TimeoutSeconds: seconds ?? timerOf(step, patience),
    Catch: [
      {
        ErrorEquals: ['States.Timeout'],
        Output: jsonata("$merge([$states.input, {'rung': $states.input.rung + 1}])"),
        Next: name,
      },
      { ErrorEquals: ['Rearm'], Output: jsonata('$states.input'), Next: patience.anew },
    ],
  };
};

const invoke = (
  comment: string,
  step: ActiveStep,
  ahead: Ahead,
  waiting?: Readonly<{ token: string; waits?: string }>,
): Asl.AslState => ({
  Type: 'Task',
  Comment: comment,
  Resource: `arn:aws:states:::lambda:invoke${waiting === undefined ? '' : '.waitForTaskToken'}`,
  Arguments: {
    FunctionName: STEP_FUNCTION,
    Payload: {
      run: jsonata('$states.input.run'),
      execution: jsonata('$states.context.Execution.Name'),
      entered: jsonata('$states.context.State.EnteredTime'),
      step: literal(step),
      rung: jsonata('$states.input.rung'),
      round: jsonata('$states.input.round'),
      ahead: literal(ahead),
      ...waiting,
    },
  },
  Retry: [
    {
      ErrorEquals: [
        'Lambda.ServiceException',
        'Lambda.AWSLambdaException',
        'Lambda.SdkClientException',
        'Lambda.TooManyRequestsException',
        'Passing',
        'Conflict',
        'ConditionFailed',
        'DealMoved',
      ],
      IntervalSeconds: 2,
      BackoffRate: 2,
      MaxAttempts: 6,
      MaxDelaySeconds: 60,
      JitterStrategy: 'FULL',
    },
    // Said on purpose: the deal has to go another way, and no time will change that.
    { ErrorEquals: ['Refused', 'Rearm'], MaxAttempts: 0 },
    // What nobody foresaw may pass as well, and a run that ends takes the work of its stage with it.
    { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3 },
  ],
});

/** An answer takes the place of what the run knew; words read later stay, where the answer does not say them anew. */
const kept = (keeps: boolean, answer: string): string =>
  jsonata(keeps ? `$merge([$states.input, ${answer}])` : answer);

const turning = (turn: Turn | undefined): Record<string, Asl.Json> => {
  switch (turn) {
    case undefined:
      return {};
    case 'next-round':
      return { Output: jsonata("$merge([$states.input, {'round': $states.input.round + 1}])") };
    case 'first-round':
      return { Output: jsonata("$merge([$states.input, {'round': 0}])") };
    default:
      return turn satisfies never;
  }
};

const leadingTo = (to: Target): Record<string, Asl.Json> => (to === 'end' ? { End: true } : { Next: to });

const timersOf = (step: string): string => `$states.input.timers.\`${step}\``;

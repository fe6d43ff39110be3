import type { Decide } from './scripted.ts';

/** What a probe's execution did: how it ended, and when its function was called, in seconds from the first call. */
export type Seen = {
  readonly status: string | undefined;
  readonly output?: unknown;
  readonly error?: string | undefined;
  readonly seconds: number;
  readonly calls: readonly number[];
  readonly events: readonly unknown[];
};

export type Probe = {
  /** What it shows, as keys of the table of fields. */
  readonly shows: readonly string[];
  readonly states: Readonly<Record<string, object>>;
  readonly input?: unknown;
  /** What the function `f` does at its n-th call, from 0; it gives its event back where this is left out. */
  readonly f?: Decide;
  /** The answer to the task token that `f` was told, so many seconds after. */
  readonly answers?: readonly {
    readonly after: number;
    readonly success?: unknown;
    readonly failure?: { readonly error: string; readonly cause?: string };
  }[];
  /** What is wrong, in the words of the table; `undefined` when it did as the service does. */
  readonly wrong: (seen: Seen) => string | undefined;
};

const invoke = 'arn:aws:states:::lambda:invoke';
const callback = `${invoke}.waitForTaskToken`;
const call = (payload: unknown = '{% $states.input %}') => ({ FunctionName: 'f', Payload: payload });
const told = { token: '{% $states.context.Task.Token %}' };

const task = (fields: object, resource = invoke) => ({
  Type: 'Task',
  Resource: resource,
  Arguments: call(resource === callback ? told : undefined),
  Output: '{% $states.result %}',
  End: true,
  ...fields,
});
const pass = (output: unknown) => ({ Type: 'Pass', Output: output, End: true });

const fails =
  (before = Number.POSITIVE_INFINITY): Decide =>
  (_, n) =>
    n < before ? { raise: { errorType: 'Passing', errorMessage: 'not yet' } } : { return: n };
const slow =
  (seconds: number): Decide =>
  () => ({ return: 'late', after: seconds });

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
const gives =
  (output: unknown) =>
  (seen: Seen): string | undefined =>
    seen.status === 'SUCCEEDED' && same(seen.output, output) ? undefined : ending(seen);
const ending = ({ status, error, output }: Seen): string => {
  if (status === 'RUNNING') return 'does not come to an end';
  return status === 'SUCCEEDED'
    ? `gives ${JSON.stringify(output)?.slice(0, 80)}`
    : `ends ${status} (${error})`;
};
const timesOut =
  (atMost: number) =>
  (seen: Seen): string | undefined =>
    seen.error !== 'States.Timeout'
      ? ending(seen)
      : seen.seconds > atMost
        ? `is over after ${seen.seconds.toFixed(0)} s`
        : undefined;
const delays = ({ calls }: Seen): number[] => calls.slice(1).map((at, n) => at - (calls[n] ?? 0));

/** Every field that compiled machines use, and some more of the vocabulary that they may come to use. */
export const probes: readonly Probe[] = [
  {
    shows: [
      'machine.Comment',
      'machine.QueryLanguage',
      'machine.StartAt',
      'machine.States',
      'Choice.Type',
      'Choice.Comment',
      'Choice.Choices',
      'Choice.Default',
      'Choice.Choices[].Condition',
      'Choice.Choices[].Next',
      'Task.Type',
      'Task.Comment',
      'Task.Resource',
      'Task.Arguments',
      'Task.Next',
      'Succeed.Type',
      'Succeed.Comment',
    ],
    states: {
      Start: {
        Type: 'Choice',
        Comment: 'c',
        Choices: [{ Condition: "{% $exists($states.input.no) and $states.input.a = 'x' %}", Next: 'Wrong' }],
        Default: 'Ask',
      },
      Ask: {
        Type: 'Task',
        Comment: 'c',
        Resource: invoke,
        Arguments: call({ a: "{% $states.input.a & '!' %}" }),
        Output: '{% $states.result.Payload %}',
        Next: 'Done',
      },
      Wrong: { Type: 'Fail' },
      Done: { Type: 'Succeed', Comment: 'c' },
    },
    input: { a: 'x' },
    wrong: gives({ a: 'x!' }),
  },
  {
    shows: ['Choice.Choices[].Output'],
    states: {
      Start: {
        Type: 'Choice',
        Choices: [{ Condition: '{% $states.input.a = 1 %}', Output: { ruled: true }, Next: 'Done' }],
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
    input: { a: 1 },
    wrong: gives({ ruled: true }),
  },
  {
    shows: ['Choice.Output'],
    states: {
      Start: {
        Type: 'Choice',
        Choices: [{ Condition: '{% false %}', Next: 'Done' }],
        Output: "{% $merge([$states.input, {'otherwise': true}]) %}",
        Default: 'Done',
      },
      Done: { Type: 'Succeed' },
    },
    input: { a: 1 },
    wrong: (seen) =>
      gives({ a: 1, otherwise: true })(seen) === undefined ? undefined : `not read: ${ending(seen)}`,
  },
  {
    shows: ['Task.Output', 'Task.End'],
    states: { Start: task({ Output: { got: '{% $states.result.Payload.a %}' } }) },
    input: { a: 1 },
    wrong: gives({ got: 1 }),
  },
  {
    shows: ['Pass.Assign'],
    states: {
      Start: { Type: 'Pass', Assign: { a: 1 }, Next: 'Swap' },
      Swap: { Type: 'Pass', Assign: { a: '{% $a + 1 %}', b: '{% $a %}' }, Next: 'Done' },
      Done: pass({ a: '{% $a %}', b: '{% $b %}' }),
    },
    wrong: (seen) =>
      same(seen.output, { a: 2, b: 1 })
        ? undefined
        : `a name sees the new value of one before it: ${ending(seen)}`,
  },
  {
    shows: [
      'Task.Retry',
      'Task.Retry[].ErrorEquals',
      'Task.Retry[].IntervalSeconds',
      'Task.Retry[].BackoffRate',
    ],
    states: {
      Start: task({
        Retry: [{ ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, BackoffRate: 4, MaxAttempts: 3 }],
        Output: 'there',
      }),
    },
    f: fails(2),
    wrong: (seen) => {
      const [first = 0, second = 0] = delays(seen);
      return seen.output === 'there' && first > 0.9 && second > 3.9 && second - first > 1.5
        ? undefined
        : `${ending(seen)}, after waits of ${delays(seen).map((one) => one.toFixed(1))} s`;
    },
  },
  {
    shows: ['Task.Retry[].MaxAttempts'],
    states: {
      Start: task({
        Retry: [
          { ErrorEquals: ['Other'], MaxAttempts: 9 },
          { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 1, MaxAttempts: 1 },
          { ErrorEquals: ['States.ALL'], MaxAttempts: 9 },
        ],
      }),
    },
    f: fails(),
    wrong: ({ calls }) => (calls.length === 2 ? undefined : `${calls.length} calls where 2 are meant`),
  },
  {
    shows: ['Task.Retry[].MaxDelaySeconds'],
    states: {
      Start: task({
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: 1,
            BackoffRate: 9,
            MaxDelaySeconds: 2,
            MaxAttempts: 2,
          },
        ],
      }),
    },
    f: fails(),
    wrong: (seen) => {
      const second = delays(seen)[1];
      return second !== undefined && second < 7 ? undefined : 'not read: the second wait is 9 s, not 2 s';
    },
  },
  {
    shows: ['Task.Retry[].JitterStrategy'],
    states: {
      Start: task({
        Retry: [
          {
            ErrorEquals: ['States.ALL'],
            IntervalSeconds: 1,
            BackoffRate: 1,
            MaxAttempts: 8,
            JitterStrategy: 'FULL',
          },
        ],
      }),
    },
    f: fails(),
    // Eight waits that are all whole have a chance of one in 10^10 where each is drawn between nothing and a second.
    wrong: (seen) => (delays(seen).some((one) => one < 0.9) ? undefined : 'not read: every wait is whole'),
  },
  {
    shows: ['Task.Catch', 'Task.Catch[].ErrorEquals', 'Task.Catch[].Next', 'Task.Catch[].Output'],
    states: {
      Start: task({
        Catch: [
          { ErrorEquals: ['Other'], Next: 'Wrong' },
          {
            ErrorEquals: ['States.TaskFailed'],
            Output: { was: '{% $states.input %}', told: '{% $exists($states.errorOutput.Error) %}' },
            Next: 'Done',
          },
        ],
      }),
      Wrong: { Type: 'Fail' },
      Done: { Type: 'Succeed' },
    },
    input: 7,
    f: fails(),
    wrong: gives({ was: 7, told: true }),
  },
  {
    shows: ['a failure of a function under its own name'],
    states: {
      Start: task({ Catch: [{ ErrorEquals: ['Passing'], Output: 'caught', Next: 'Done' }] }),
      Done: { Type: 'Succeed' },
    },
    f: fails(),
    wrong: (seen) => (seen.output === 'caught' ? undefined : `the name is lost: ${ending(seen)}`),
  },
  {
    shows: ['Task.TimeoutSeconds'],
    states: { Start: task({ TimeoutSeconds: 1 }) },
    f: slow(4),
    wrong: timesOut(3),
  },
  {
    shows: ['Task.TimeoutSeconds (expression)'],
    states: { Start: task({ TimeoutSeconds: '{% $states.input.s %}' }) },
    input: { s: 1 },
    f: slow(4),
    wrong: timesOut(3),
  },
  {
    shows: ['Task.TimeoutSeconds, token'],
    states: { Start: task({ TimeoutSeconds: 1 }, callback) },
    wrong: timesOut(3),
  },
  {
    shows: ['Task.TimeoutSeconds (expression), token'],
    states: { Start: task({ TimeoutSeconds: '{% $states.input.s %}' }, callback) },
    input: { s: 1 },
    wrong: timesOut(3),
  },
  {
    shows: ['Task.HeartbeatSeconds, token'],
    states: { Start: task({ HeartbeatSeconds: 1, TimeoutSeconds: 8 }, callback) },
    wrong: timesOut(4),
  },
  {
    shows: ['Task.Resource, token', '$states.context.Task.Token', 'SendTaskSuccess'],
    states: { Start: task({ TimeoutSeconds: 9 }, callback) },
    answers: [{ after: 0.2, success: { done: true } }],
    wrong: gives({ done: true }),
  },
  {
    shows: ['SendTaskFailure', 'Task.Catch, token'],
    states: {
      Start: task(
        {
          TimeoutSeconds: 9,
          Catch: [{ ErrorEquals: ['Rearm'], Output: '{% $states.input %}', Next: 'Done' }],
        },
        callback,
      ),
      Done: { Type: 'Succeed' },
    },
    input: { rung: 1 },
    answers: [{ after: 0.2, failure: { error: 'Rearm' } }],
    wrong: gives({ rung: 1 }),
  },
  {
    shows: ['a fresh token after each time-out'],
    states: {
      Start: task(
        {
          TimeoutSeconds: 1,
          Catch: [{ ErrorEquals: ['States.Timeout'], Output: '{% $states.input + 1 %}', Next: 'Start' }],
        },
        callback,
      ),
    },
    input: 0,
    answers: [{ after: 1.6, success: 'on the second' }],
    wrong: (seen) => {
      const tokens = new Set(seen.events.map((event) => (event as { token: string }).token));
      return seen.output === 'on the second' && tokens.size === 2 ? undefined : ending(seen);
    },
  },
  {
    shows: ['a function that fails before its token is answered'],
    states: { Start: task({ TimeoutSeconds: 6 }, callback) },
    f: fails(),
    wrong: (seen) =>
      seen.error === 'States.Timeout' || seen.status === 'RUNNING'
        ? 'the failure is swallowed: the task waits until it times out'
        : undefined,
  },
  {
    shows: ['Wait.Type', 'Wait.Comment', 'Wait.Next', 'Wait.Seconds', 'Wait.Seconds (expression)'],
    states: {
      Start: { Type: 'Wait', Comment: 'c', Seconds: 1, Next: 'More' },
      More: { Type: 'Wait', Seconds: '{% $states.input.s %}', Next: 'Done' },
      Done: { Type: 'Succeed' },
    },
    input: { s: 1 },
    wrong: (seen) => (seen.status === 'SUCCEEDED' && seen.seconds > 1.9 ? undefined : ending(seen)),
  },
  {
    shows: ['Wait.Timestamp (expression)'],
    states: {
      Start: { Type: 'Wait', Timestamp: '{% $fromMillis($millis() + 1000) %}', Next: 'Done' },
      Done: { Type: 'Succeed' },
    },
    wrong: (seen) => (seen.status === 'SUCCEEDED' && seen.seconds > 0.9 ? undefined : ending(seen)),
  },
  {
    shows: ['Parallel.Type', 'Parallel.Comment', 'Parallel.Branches', 'Parallel.Next', 'Parallel.End'],
    states: {
      Start: {
        Type: 'Parallel',
        Comment: 'c',
        Branches: [1, 2].map((n) => ({ StartAt: 'One', States: { One: pass(n) } })),
        Next: 'Again',
      },
      Again: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'One', States: { One: pass('{% $states.input %}') } }],
        End: true,
      },
    },
    wrong: gives([[1, 2]]),
  },
  {
    shows: ['Parallel.Output'],
    states: {
      Start: {
        Type: 'Parallel',
        Branches: [1, 2].map((n) => ({ StartAt: 'One', States: { One: pass(n) } })),
        Output: '{% $states.input %}',
        End: true,
      },
    },
    input: { kept: true },
    wrong: (seen) => (gives({ kept: true })(seen) === undefined ? undefined : `not read: ${ending(seen)}`),
  },
  {
    shows: ['Parallel.Arguments'],
    states: {
      Start: {
        Type: 'Parallel',
        Arguments: { a: '{% $states.input.a + 1 %}' },
        Branches: [{ StartAt: 'One', States: { One: pass('{% $states.input %}') } }],
        End: true,
      },
    },
    input: { a: 1 },
    wrong: (seen) => (gives([{ a: 2 }])(seen) === undefined ? undefined : `not read: ${ending(seen)}`),
  },
  {
    shows: ['Parallel.Catch'],
    states: {
      Start: {
        Type: 'Parallel',
        Branches: [{ StartAt: 'One', States: { One: { Type: 'Fail', Error: 'Refused' } } }],
        Catch: [{ ErrorEquals: ['Refused'], Output: 'caught', Next: 'Done' }],
        End: true,
      },
      Done: { Type: 'Succeed' },
    },
    wrong: gives('caught'),
  },
  {
    shows: ['Map.Items', 'Map.ItemSelector', 'Map.Output'],
    states: {
      Start: {
        Type: 'Map',
        Items: '{% $states.input.list %}',
        ItemSelector: { n: '{% $states.context.Map.Item.Value %}' },
        ItemProcessor: { StartAt: 'One', States: { One: pass('{% $states.input.n * 2 %}') } },
        Output: '{% $sum($states.result) %}',
        End: true,
      },
    },
    input: { list: [1, 2] },
    wrong: gives(6),
  },
  {
    shows: ['Succeed.Output'],
    states: { Start: { Type: 'Succeed', Output: '{% $states.input.a %}' } },
    input: { a: 1 },
    wrong: (seen) => (gives(1)(seen) === undefined ? undefined : `not read: ${ending(seen)}`),
  },
  {
    shows: ['$states.context.Execution.Name', '$states.context.State.EnteredTime', '$exists', '$merge'],
    states: {
      Start: pass({
        name: '{% $exists($states.context.Execution.Name) %}',
        entered: "{% $substring($states.context.State.EnteredTime, 10, 1) = 'T' %}",
        merged: "{% $merge([$states.input, {'b': 2}]) %}",
      }),
    },
    input: { a: 1 },
    wrong: gives({ name: true, entered: true, merged: { a: 1, b: 2 } }),
  },
  {
    shows: ['events:putEvents'],
    states: {
      Start: {
        Type: 'Task',
        Resource: 'arn:aws:states:::events:putEvents',
        Arguments: {
          Entries: [{ Source: 'probe', DetailType: 'd', Detail: { a: '{% $states.input.a %}' } }],
        },
        Output: '{% $states.result.FailedEntryCount %}',
        End: true,
      },
    },
    input: { a: 1 },
    wrong: gives(0),
  },
];

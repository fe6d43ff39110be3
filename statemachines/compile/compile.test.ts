import { expect, test } from 'vitest';
import type { AslState } from './asl.ts';
import { blockOf, compile } from './compile.ts';
import { after, aLadder, aNotice, aPipeline, aTask, hours, type Steps, text } from './example.ts';

const definitionOf = (work: Steps | undefined, on?: Parameters<typeof aPipeline>[1]) => {
  const [machine] = compile(aPipeline(work, on));
  if (!machine) throw new Error('a pipeline has stages');
  return machine.definition;
};
const statesOf = (work: Steps) => definitionOf(work).States;
const retry = [
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
  { ErrorEquals: ['Refused', 'Rearm'], MaxAttempts: 0 },
  { ErrorEquals: ['States.TaskFailed'], IntervalSeconds: 10, BackoffRate: 3, MaxAttempts: 3 },
];
const invoked = (step: object, ahead: object = { facts: [], timers: {} }) => ({
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Arguments: {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the form a template's substitutions are written in
    FunctionName: '${Step}',
    Payload: {
      run: '{% $states.input.run %}',
      execution: '{% $states.context.Execution.Name %}',
      entered: '{% $states.context.State.EnteredTime %}',
      step,
      rung: '{% $states.input.rung %}',
      round: '{% $states.input.round %}',
      ahead,
    },
  },
  Retry: retry,
});
const waitedFor = (step: object, ahead?: object) => {
  const state = invoked(step, ahead);
  return {
    ...state,
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: {
      ...state.Arguments,
      Payload: { ...state.Arguments.Payload, token: '{% $states.context.Task.Token %}' },
    },
  };
};
const rungHigher = "{% $merge([$states.input, {'rung': $states.input.rung + 1}]) %}";

test('a stage is one machine in JSONata that says its title, aim and needs', () => {
  const made = compile(aPipeline([aNotice('tell-head')]));

  expect(made.map(({ definition, ...machine }) => machine)).toEqual([
    {
      id: 'industrial-goods-quote',
      pack: 'industrial',
      pipeline: 'goods',
      stage: 'quote',
      title: 'Quote',
      comment: 'Quote: The client holds a priced quote. (IN-G-03)',
    },
    {
      id: 'industrial-goods-won',
      pack: 'industrial',
      pipeline: 'goods',
      stage: 'won',
      title: 'Won',
      comment: 'Won: The deal is paid.',
    },
  ]);
  expect(made[0]?.definition).toMatchObject({
    Comment: 'Quote: The client holds a priced quote. (IN-G-03)',
    QueryLanguage: 'JSONata',
    StartAt: 'Tell head',
  });
});

test('a stage without work has a machine that ends at once', () => {
  expect(definitionOf(undefined).States).toEqual({
    'End: nothing more to do': {
      Type: 'Succeed',
      Comment: 'The run is over; the deal stays on its stage until it is moved',
    },
  });
});

test('a task without a ladder waits for its token for a year', () => {
  const task = aTask('send-quote', { due: after(5), needs: ['IN-G-03.1', 'IN-X-02'] });

  const { needs: _, ...words } = task as Record<string, unknown>;
  expect(statesOf([task])).toEqual({
    'Send quote': {
      ...waitedFor(words),
      Comment: 'Title of send-quote (IN-G-03.1, IN-X-02)',
      TimeoutSeconds: 99_999_999,
      Output: '{% $states.result %}',
      End: true,
    },
  });
});

test('a rung of a ladder is a time-out that asks again, and a Rearm sets the timers anew', () => {
  const states = statesOf([aTask('send-quote', { due: after(5), late: aLadder() })]);

  const late = [
    {
      at: { moment: 'due' },
      tell: [{ to: [{ who: 'role', role: 'head' }], text: 'late', channels: ['app'] }],
    },
  ];
  const step = aTask('send-quote', { due: after(5), late });
  const state = waitedFor(step);
  const waits = '{% $states.input.timers.`send-quote`[$states.input.rung] %}';
  expect(states).toEqual({
    'Send quote': {
      ...state,
      Arguments: { ...state.Arguments, Payload: { ...state.Arguments.Payload, waits } },
      Comment: 'Title of send-quote (IN-X-01)',
      TimeoutSeconds: waits,
      Catch: [
        { ErrorEquals: ['States.Timeout'], Output: rungHigher, Next: 'Send quote' },
        {
          ErrorEquals: ['Rearm'],
          Output: '{% $states.input %}',
          Next: 'Send quote: set the timers anew',
        },
      ],
      Output: '{% $states.result %}',
      End: true,
    },
    'Send quote: set the timers anew': {
      ...invoked(
        { do: 'look', id: 'send-quote' },
        { facts: [], timers: { 'send-quote': { due: after(5), late } } },
      ),
      Comment: 'A due date, the assignee or the next turn asks for other timers',
      Output: '{% $states.result.Payload %}',
      Next: 'Send quote',
    },
  });
});

test.each([
  ['notify', aNotice('tell-head'), 'Tells people: look-here'],
  ['email', { do: 'email', id: 'tell-client', text: 'goods-ready' }, 'Writes to the client: goods-ready'],
  ['set', { do: 'set', id: 'mark', values: { needs: { value: true } } }, 'Writes needs'],
  [
    'assign',
    { do: 'assign', id: 'take', who: { who: 'role', role: 'head' }, to: { field: 'responsible' } },
    'Puts a person into responsible',
  ],
  [
    'assign a watcher',
    { do: 'assign', id: 'watch', who: { who: 'role', role: 'head' }, to: 'watchers' },
    'Adds a watcher',
  ],
  ['start', { do: 'start', id: 'begin', thread: 'feedback', once: true }, 'Starts the thread feedback'],
])('%s is carried out at once', (_, step, comment) => {
  const [state] = Object.values(statesOf([{ ...step, needs: ['IN-X-09'] }]));

  const words =
    step.do === 'notify' ? { ...step, notice: { ...aNotice('x').notice, channels: ['app'] } } : step;
  expect(state).toEqual({
    ...invoked(words),
    Comment: `${comment} (IN-X-09)`,
    Output: '{% $states.result.Payload %}',
    End: true,
  });
});

test('a goto is the last state of its run, and a refused one ends it in a state that says so', () => {
  const goto = { do: 'goto', id: 'to-won', stage: 'won' };

  expect(statesOf([goto, aNotice('never')])).toEqual({
    'To won': {
      ...invoked(goto),
      Comment: 'Moves the deal to "Won"',
      Catch: [
        { ErrorEquals: ['Refused'], Output: '{% $states.input %}', Next: 'To won: refused, the deal stays' },
      ],
      Output: '{% $states.result.Payload %}',
      End: true,
    },
    'To won: refused, the deal stays': {
      Type: 'Succeed',
      Comment: 'A guard refused the move; what is missing is in the feed',
    },
  });
});

test('a wait is a Wait state, and the deal is looked at again only if what follows needs it', () => {
  const wait = { do: 'wait', id: 'half-a-day', title: text('Half a day'), for: after(12) };

  expect(statesOf([wait, aNotice('tell-head')])['Half a day']).toEqual({
    Type: 'Wait',
    Comment: 'Half a day',
    Seconds: '{% $states.input.timers.`half-a-day`[0] %}',
    Next: 'Tell head',
  });
  expect(statesOf([wait, aNotice('tell-head', { when: 'paid < amount' })])).toMatchObject({
    'Half a day': { Next: 'Half a day: look at the deal again' },
    'Half a day: look at the deal again': {
      ...invoked({ do: 'look', id: 'half-a-day' }, { facts: ['amount', 'paid'], timers: {} }),
      Next: 'Tell head: is it needed?',
    },
  });
});

test.each([
  ['until', { do: 'until', id: 'paid-up', condition: 'paid >= amount' }, 'Waits until paid >= amount'],
  [
    'subdeal',
    { do: 'subdeal', id: 'calculation', pipeline: 'calculation', down: {}, back: {} },
    'Waits for a deal of calculation',
  ],
  [
    'ship',
    { do: 'ship', id: 'send', by: 'cdek', to: { point: 'point' }, track: 'track', wait: 'delivered' },
    'Orders a parcel of the carrier and waits until it is delivered',
  ],
  [
    'pay',
    { do: 'pay', id: 'prepayment', amount: 'debt', description: text('Order'), text: 'pay-link' },
    'Asks the client to pay debt',
  ],
])('%s waits for its token for a year', (_, step, comment) => {
  expect(Object.values(statesOf([step]))).toEqual([
    {
      ...waitedFor(step),
      Comment: comment,
      TimeoutSeconds: 99_999_999,
      Output: '{% $states.result %}',
      End: true,
    },
  ]);
});

test.each([
  ['clock time', hours(24)],
  ['working time', { unit: 'workdays', amount: 1 }],
  ['a setting', { setting: 'pause' }],
])('a time-out of a cycle of %s is its next turn, and the function asks for another timer', (_, every) => {
  const states = statesOf([{ do: 'cycle', id: 'remind', every, body: aNotice('tell-head') }]);

  expect(states.Remind).toMatchObject({
    Arguments: { Payload: { waits: '{% $states.input.timers.`remind`[0] %}' } },
    TimeoutSeconds: '{% $states.input.timers.`remind`[0] %}',
    Catch: [
      { ErrorEquals: ['States.Timeout'], Output: rungHigher, Next: 'Remind' },
      { ErrorEquals: ['Rearm'], Output: '{% $states.input %}', Next: 'Remind: set the timers anew' },
    ],
  });
  expect(states['Remind: set the timers anew']).toMatchObject({
    Arguments: { Payload: { ahead: { facts: [], timers: { remind: { span: every } } } } },
    Output: "{% $merge([$states.result.Payload, {'rung': $states.input.rung}]) %}",
    Next: 'Remind',
  });
});

test('a rejection goes to rework and comes back in the next round', () => {
  const states = statesOf([
    {
      do: 'approval',
      id: 'approve-contract',
      title: text('Approve the contract'),
      who: { who: 'role', role: 'lawyer' },
      rework: aTask('fix-contract'),
    },
    aNotice('tell-head'),
  ]);

  expect(states['Approve contract']).toMatchObject({
    TimeoutSeconds: 99_999_999,
    Next: 'Approve contract: approved or rejected?',
  });
  expect(states['Approve contract: approved or rejected?']).toEqual({
    Type: 'Choice',
    Comment: 'A rejection goes to rework and comes back in the next round',
    Choices: [
      {
        Condition: "{% $states.input.decision = 'rejected' %}",
        Output: "{% $merge([$states.input, {'round': $states.input.round + 1}]) %}",
        Next: 'Fix contract',
      },
    ],
    Output: "{% $merge([$states.input, {'round': 0}]) %}",
    Default: 'Tell head',
  });
  expect(states['Fix contract']).toMatchObject({ Next: 'Approve contract' });
});

test('without rework an approval goes on, and what is between it and a question keeps its decision', () => {
  const states = statesOf([
    {
      do: 'approval',
      id: 'approve',
      title: text('Approve'),
      who: { who: 'role', role: 'head' },
    },
    aNotice('tell-head'),
    aTask('thank', { when: "decision = 'approved'" }),
  ]);

  expect(states.Approve).toMatchObject({ Output: '{% $states.result %}', Next: 'Tell head' });
  expect(states['Tell head']).toMatchObject({
    Output: '{% $merge([$states.input, $states.result.Payload]) %}',
    Next: 'Thank: is it needed?',
  });
  expect(states['Thank: is it needed?']).toMatchObject({
    Choices: [{ Condition: "{% $states.input.decision = 'approved' %}", Next: 'Thank' }],
    Default: 'End: nothing more to do',
  });
});

test('steps that may be passed over follow each other in one choice', () => {
  const states = statesOf([
    aTask('first', { when: 'urgent', needs: ['IN-X-05'] }),
    aTask('second', { when: 'paid < amount' }),
    aTask('third'),
  ]);

  expect(Object.keys(states)).toEqual([
    'First: is it needed?',
    'First',
    'Second: is it needed?',
    'Second',
    'Third',
  ]);
  expect(states['First: is it needed?']).toEqual({
    Type: 'Choice',
    Comment: 'Only when urgent (IN-X-05)',
    Choices: [
      { Condition: '{% $states.input.facts.urgent ? true : false %}', Next: 'First' },
      {
        Condition: '{% $states.input.facts.paid < $states.input.facts.amount ? true : false %}',
        Next: 'Second',
      },
    ],
    Default: 'Third',
  });
});

test('a case that begins with a choice is one choice with it', () => {
  const states = statesOf([
    {
      do: 'choose',
      id: 'way-of-pay',
      cases: [
        { when: "terms = 'prepaid' or trusted", steps: [aTask('invoice', { when: 'amount > 0' })] },
        { when: "terms = 'later'", steps: [] },
      ],
      else: [aTask('ask-terms')],
    },
    aTask('ship'),
  ]);

  expect(states['Way of pay: which way?']).toEqual({
    Type: 'Choice',
    Comment: 'The first case that holds',
    Choices: [
      {
        Condition:
          "{% ($states.input.facts.terms = 'prepaid' or $states.input.facts.trusted) and $states.input.facts.amount > 0 %}",
        Next: 'Invoice',
      },
      {
        Condition: "{% $states.input.facts.terms = 'prepaid' or $states.input.facts.trusted %}",
        Next: 'Ship',
      },
      { Condition: "{% $states.input.facts.terms = 'later' %}", Next: 'Ship' },
    ],
    Default: 'Ask terms',
  });
  expect(states['Ask terms']).toMatchObject({ Next: 'Ship' });
});

test('parallel branches end on their own, and a join looks at the deal if a choice follows', () => {
  const states = statesOf([
    {
      do: 'parallel',
      id: 'both-papers',
      branches: [[aTask('send-quote')], [aTask('send-sheet', { when: 'sheet' })]],
    },
    aTask('feedback', { when: 'answer' }),
  ]);

  expect(states['Both papers']).toMatchObject({
    Type: 'Parallel',
    Branches: [
      { StartAt: 'Send quote', States: { 'Send quote': { End: true } } },
      {
        StartAt: 'Send sheet: is it needed?',
        States: {
          'Send sheet: is it needed?': { Default: 'Send sheet: end of the branch' },
          'Send sheet': { End: true },
          'Send sheet: end of the branch': { Type: 'Succeed' },
        },
      },
    ],
    Output: '{% $states.result[0] %}',
    Next: 'Both papers: look at the deal again',
  });
  expect(states['Both papers: look at the deal again']).toMatchObject({
    Arguments: { Payload: { ahead: { facts: ['answer'], timers: {} } } },
    Next: 'Feedback: is it needed?',
  });
});

test('threads are further entries of the same machine', () => {
  const definition = definitionOf(
    [aTask('send-quote', { when: 'needed' })],
    [
      { id: 'answered', title: text('Answered'), work: [aTask('thank') as never] },
      { id: 'paid', title: text('Paid'), work: [aTask('ship', { when: 'stocked' }) as never] },
    ],
  );

  expect(definition.StartAt).toBe('Start: which thread?');
  expect(definition.States['Start: which thread?']).toMatchObject({
    Choices: [
      { Condition: "{% $states.input.run.thread = 'answered' %}", Next: 'Thank' },
      { Condition: "{% $states.input.run.thread = 'paid' and $states.input.facts.stocked %}", Next: 'Ship' },
      { Condition: "{% $states.input.run.thread = 'paid' %}", Next: 'End: nothing more to do' },
      { Condition: '{% $states.input.facts.needed ? true : false %}', Next: 'Send quote' },
    ],
    Default: 'End: nothing more to do',
  } satisfies Partial<AslState>);
});

test('a state remembers the step it was made from', () => {
  const { states } = blockOf(aPipeline([aTask('send-quote', { when: 'needed', late: aLadder() })]), 'quote');

  expect(states.map(({ name, from }) => [name, from])).toEqual([
    ['Send quote: is it needed?', 'send-quote'],
    ['Send quote', 'send-quote'],
    ['Send quote: set the timers anew', 'send-quote'],
    ['End: nothing more to do', 'send-quote'],
  ]);
});

test.each([
  [
    'an id twice',
    [aTask('send'), { do: 'parallel', id: 'p', branches: [[aTask('send')], [aTask('other')]] }],
    'industrial/goods/quote: two steps are called "send"; name one of them otherwise',
  ],
  [
    'a condition that is too rich',
    [aTask('send', { when: '$sum(lines.price) > 0' })],
    'industrial/goods/quote: step "send": the condition "$sum(lines.price) > 0" is too rich for a state machine: it calls $sum; plain are paths, literals, = != < <= > >= in, and, or, &, + and -, the conditional, $exists, $not and $merge. Make it a computed field',
  ],
  [
    'a text that opens an expression',
    [aTask('send', { refusal: text('{% no') })],
    'a text begins with "{%", which opens an expression: "{% no". Begin it otherwise',
  ],
])('%s is refused', (_, work, message) => {
  expect(() => compile(aPipeline(work))).toThrow(message);
});

import { expect, test } from 'vitest';
import { aheadOfStart, compile } from './compile.ts';
import { after, aLadder, aNotice, aPipeline, aTask, hours, type Steps, text } from './example.ts';

const late = [
  { at: { moment: 'due' }, tell: [{ to: [{ who: 'role', role: 'head' }], text: 'late', channels: ['app'] }] },
];

const aheadOf = (work: Steps, state: string): unknown => {
  const found = compile(aPipeline(work))[0]?.definition.States[state];
  return (found?.Arguments as { Payload?: { ahead?: unknown } } | undefined)?.Payload?.ahead;
};

test('the start carries what is needed before the first answer, and no more', () => {
  const pipeline = aPipeline([
    aTask('first', { when: 'urgent', due: after(5), late: aLadder() }),
    { do: 'wait', id: 'rest', for: after(1) },
    aTask('last', { when: 'paid', late: aLadder() }),
  ]);

  expect(aheadOfStart(pipeline, 'quote', 'main')).toEqual({
    facts: ['urgent'],
    timers: { first: { due: after(5), late }, rest: { span: after(1) } },
  });
});

test('every thread has a start of its own', () => {
  const pipeline = aPipeline(
    [aNotice('tell')],
    [{ id: 'paid', title: text('Paid'), work: [aTask('ship', { when: 'stocked' }) as never] }],
  );

  expect(aheadOfStart(pipeline, 'quote', 'main')).toEqual({ facts: [], timers: {} });
  expect(aheadOfStart(pipeline, 'quote', 'paid')).toEqual({ facts: ['stocked'], timers: {} });
  expect(() => aheadOfStart(pipeline, 'quote', 'lost')).toThrow(
    'industrial/goods/quote: "lost" is no thread; threads are main, paid',
  );
  expect(() => aheadOfStart(pipeline, 'qoute', 'main')).toThrow(
    'industrial/goods: "qoute" is no stage; stages are quote, won',
  );
});

test('an answer carries every way to the next answer', () => {
  const work = [
    aTask('ask'),
    {
      do: 'choose',
      id: 'terms',
      cases: [{ when: 'prepaid', steps: [aTask('invoice', { late: aLadder() })] }],
      else: [aTask('trust', { when: 'limit > 0' })],
    },
    aTask('ship', { late: aLadder(), when: 'far' }),
  ];

  expect(aheadOf(work, 'Ask')).toEqual({
    facts: ['far', 'limit', 'prepaid'],
    timers: { invoice: { late }, ship: { late } },
  });
  expect(aheadOf(work, 'Trust')).toEqual({ facts: ['far'], timers: { ship: { late } } });
  expect(aheadOf(work, 'Ship')).toEqual({ facts: [], timers: {} });
});

test('an approval carries its rework, and the rework the approval', () => {
  const work = [
    {
      do: 'approval',
      id: 'approve',
      title: text('Approve'),
      who: { who: 'role', role: 'head' },
      late: aLadder(),
      rework: aTask('fix', { due: after(2), late: aLadder() }),
    },
    { do: 'cycle', id: 'remind', every: hours(24), body: aNotice('tell') },
  ];

  expect(aheadOf(work, 'Approve')).toEqual({
    facts: [],
    timers: { fix: { due: after(2), late }, remind: { span: hours(24) } },
  });
  expect(aheadOf(work, 'Fix')).toEqual({ facts: [], timers: { approve: { late } } });
});

test('what comes before a split carries the beginnings of all its branches', () => {
  const work = [
    aNotice('tell'),
    {
      do: 'parallel',
      id: 'both',
      branches: [[aTask('one', { late: aLadder() })], [aTask('two', { when: 'two' })]],
    },
    aTask('three', { late: aLadder() }),
  ];

  expect(aheadOf(work, 'Tell')).toEqual({ facts: ['two'], timers: { one: { late } } });
  expect(aheadOf(work, 'Both: look at the deal again')).toEqual({ facts: [], timers: { three: { late } } });
});

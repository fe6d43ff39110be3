import { expect, test } from 'vitest';
import { type Findings, type Proof, problemsOf, tableOf } from './judge.ts';

const proof = (status: Proof['status'], ids = ['IN-G-01.1'], file = 'a.test.ts'): Proof => ({
  file,
  title: `a fact [${ids.join(', ')}]`,
  ids,
  status,
});

/** One requirement of ours, said by the pack and proven. */
const proven: Findings = {
  requirements: {
    'IN-G-01.1': { says: 'The deal is moved' },
    'IN-R-01.1': { says: 'The report is right' },
  },
  claimed: ['IN-G'],
  said: new Map([['IN-G-01.1', ['goods/start']]]),
  later: {},
  seams: new Map(),
  mentioned: new Map([['a.test.ts', ['IN-G-01.1']]]),
  proofs: [proof('passed')],
  against: undefined,
};

test('a requirement with a test that passed is proven', () => {
  expect(problemsOf(proven)).toEqual([]);
});

test('a requirement without a test is not', () => {
  expect(problemsOf({ ...proven, mentioned: new Map(), proofs: [] })).toEqual([
    "IN-G-01.1: no test; end a test's title with [IN-G-01.1]",
  ]);
});

test.each(['failed', 'skipped'] as const)('a test that is %s proves nothing', (status) => {
  expect(problemsOf({ ...proven, proofs: [proof('passed'), proof(status)] })).toEqual([
    `IN-G-01.1: ${status}: a fact [IN-G-01.1] (a.test.ts)`,
  ]);
});

test('a test that is written and did not run proves nothing, though another one ran', () => {
  const mentioned = new Map([...proven.mentioned, ['b.test.ts', ['IN-G-01.1']]]);

  expect(problemsOf({ ...proven, mentioned })).toEqual([
    'IN-G-01.1: named in b.test.ts, but no test of that name ran',
  ]);
});

test('nothing has to have run where only a list is asked for', () => {
  expect(problemsOf({ ...proven, proofs: undefined })).toEqual([]);
});

test('an id that no requirement has is found in tests and in the pack', () => {
  const mentioned = new Map([...proven.mentioned, ['b.test.ts', ['IN-G-99.1']]]);
  const said = new Map([...proven.said, ['IN-G-99.2', ['goods/end']]]);

  expect(problemsOf({ ...proven, mentioned, said })).toEqual([
    'IN-G-99.1: named by b.test.ts, but no requirement of ours',
    'IN-G-99.2: named by goods/end, but no requirement of ours',
  ]);
});

test('a requirement that nothing says it carries out is found', () => {
  expect(problemsOf({ ...proven, said: new Map() })).toEqual([
    'IN-G-01.1: neither the pack nor the list says where it is carried out',
  ]);
});

test('a requirement that is not claimed may be without a test', () => {
  expect(problemsOf(proven).filter((problem) => problem.startsWith('IN-R'))).toEqual([]);
});

const left: Findings = {
  ...proven,
  claimed: ['IN-G', 'IN-R'],
  later: { 'IN-R-01.1': { seam: 'is counted', reason: 'reports come after' } },
  seams: new Map([['is counted', ['c.test.ts']]]),
};
const seam = (status: Proof['status'], title = 'a deal is counted once'): Proof => ({
  file: 'c.test.ts',
  title,
  ids: [],
  status,
});

test.each<[string, Partial<Findings>, string[]]>([
  ['whose seam is tested is none', { proofs: [proof('passed'), seam('passed')] }, []],
  [
    'whose seam fails is one',
    { proofs: [proof('passed'), seam('passed'), seam('failed')] },
    ['IN-R-01.1: its seam failed: a deal is counted once (c.test.ts)'],
  ],
  [
    'whose seam did not run is one',
    { proofs: [proof('passed'), seam('passed', 'something else')] },
    ['IN-R-01.1: no test of its seam "is counted" ran'],
  ],
  [
    'whose seam no test has is one',
    { seams: new Map([['is counted', []]]) },
    ['IN-R-01.1: no test of its seam "is counted"; give part of a title, or a requirement that has tests'],
  ],
  [
    'without a reason is one',
    { later: { 'IN-R-01.1': { seam: 'is counted', reason: '' } } },
    ['IN-R-01.1: left for later without a reason; give one'],
  ],
])('a problem: a requirement left for later %s', (_, more, problems) => {
  expect(problemsOf({ ...left, ...more })).toEqual(problems);
});

test('the tests of another requirement may be the seam of one left for later', () => {
  const later = { 'IN-R-01.1': { seam: 'IN-G-01.1', reason: 'reports come after' } };

  expect(problemsOf({ ...left, later, seams: new Map([['IN-G-01.1', ['a.test.ts']]]) })).toEqual([]);
});

test('what is left for later has to be a requirement', () => {
  const later = { ...left.later, 'IN-R-09.9': { seam: 'is counted', reason: 'reports come after' } };

  expect(problemsOf({ ...left, proofs: undefined, later })).toEqual([
    'IN-R-09.9: named by the list of what is left for later, but no requirement of ours',
  ]);
});

test('another list differs where it has more or less, whatever is claimed', () => {
  expect(problemsOf({ ...proven, against: ['IN-G-01.1', 'IN-G-01.2'] })).toEqual([
    'IN-G-01.2: defined by the folder given, absent from our list',
    'IN-R-01.1: in our list, not defined by the folder given',
  ]);
});

test('the table has each requirement with its statement, its place, and how its tests ended', () => {
  expect(tableOf({ ...proven, proofs: [proof('passed'), proof('failed')] })).toBe(
    [
      'IN-G-01.1  The deal is moved    goods/start  1 of 2 passed',
      '    + a fact (a.test.ts)',
      '    ! a fact (a.test.ts)',
      'IN-R-01.1  The report is right  –            no test',
    ].join('\n'),
  );
  expect(
    tableOf({ ...left, proofs: [seam('passed')] })
      .split('\n')
      .slice(-2),
  ).toEqual([
    'IN-R-01.1  The report is right  reports come after  later, its seam: 1 passed',
    '    + a deal is counted once (c.test.ts)',
  ]);
});

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { AslState, Definition } from './compile/asl.ts';
import { goldenFolder, goldenName, printed } from './compile/golden.ts';
import { judge } from './compile/judge.ts';
import { machines } from './machines.ts';

const all = machines();

test.each(all.map((machine) => [machine.id, machine] as const))(
  '%s is the machine that was last looked at',
  (_, machine) => {
    // `node scripts/asl.ts --golden` rewrites the files; read their difference before you commit it.
    expect(printed(machine)).toBe(readFileSync(new URL(goldenName(machine), goldenFolder), 'utf8'));
  },
);

test('no golden file is left of a machine that is gone', () => {
  expect(readdirSync(goldenFolder).sort()).toEqual(all.map(goldenName).sort());
});

test('every machine is valid', () => {
  expect(judge(all.map(({ definition }) => definition))).toBe('');
});

test('every machine is far smaller than the service allows', () => {
  const sizes = all.map(({ definition }) => Buffer.byteLength(JSON.stringify(definition)));

  expect(Math.max(...sizes)).toBeLessThan(200_000);
});

test.each<[string, AslState]>([
  ['leads nowhere', { Type: 'Wait', Seconds: 1, Next: 'Nowhere' }],
  ['speaks JSONPath', { Type: 'Wait', SecondsPath: '$.seconds', End: true }],
  ['says what no state says', { Type: 'Succeed', Speed: 1 }],
])('the validator sees that a state %s', (_, state) => {
  const definition: Definition = {
    Comment: '',
    QueryLanguage: 'JSONata',
    StartAt: 'A',
    States: { A: state },
  };

  expect(judge([definition])).not.toBe('');
});

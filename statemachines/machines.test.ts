import { readdirSync, readFileSync } from 'node:fs';
import validate from 'asl-validator';
import { expect, test } from 'vitest';
import { goldenFolder, goldenName, printed } from './compile/golden.ts';
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

test.each(all.map((machine) => [machine.id, machine] as const))('%s is valid', (_, { definition }) => {
  const verdict = validate(structuredClone(definition));

  expect(verdict.isValid ? '' : verdict.errorsText()).toBe('');
});

test('every machine is far smaller than the service allows', () => {
  const sizes = all.map(({ definition }) => Buffer.byteLength(JSON.stringify(definition)));

  expect(Math.max(...sizes)).toBeLessThan(200_000);
});

test('the validator knows what it judges', () => {
  const [machine] = all;
  const broken = { ...structuredClone(machine?.definition), StartAt: 'Nowhere' };
  const mixed = {
    StartAt: 'A',
    QueryLanguage: 'JSONata',
    States: { A: { Type: 'Wait', SecondsPath: '$.seconds', End: true } },
  };

  expect(validate(broken).isValid).toBe(false);
  expect(validate(mixed).isValid).toBe(false);
});

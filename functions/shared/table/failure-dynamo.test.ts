import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { expect, test } from 'vitest';
import { patiently, translated } from './failure-dynamo.ts';

const cancelled = (...codes: string[]) =>
  new TransactionCanceledException({
    message: 'cancelled',
    $metadata: {},
    CancellationReasons: codes.map((Code) => ({ Code })),
  });
const named = (name: string) => Object.assign(new Error(name), { name });

test.each([
  ['a throttle', named('ThrottlingException'), { name: 'Passing', retryAfterSeconds: 1 }],
  ['a throttled transaction', cancelled('None', 'ThrottlingError'), { name: 'Passing' }],
  ['a server away', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }), { name: 'Passing' }],
  [
    'a condition of a transaction',
    cancelled('None', 'ConditionalCheckFailed'),
    { name: 'ConditionFailed', failed: [1] },
  ],
  [
    'a condition and a conflict',
    cancelled('TransactionConflict', 'ConditionalCheckFailed'),
    { name: 'ConditionFailed' },
  ],
  ['a conflict', cancelled('TransactionConflict'), { name: 'Conflict' }],
  ['a request that is refused', named('ValidationException'), { name: 'BadWrite', status: 500 }],
])('%s is told in the port’s words', (_, error, expected) => {
  expect(translated(error)).toMatchObject(expected);
  expect(translated(error)).toHaveProperty('cause', error);
});

test('what nobody knows stays as it is', () => {
  const error = new Error('what?');

  expect(translated(error)).toBe(error);
});

test('a conflict is repeated until it has passed; a condition never', async () => {
  let sent = 0;
  const passing = patiently(async () => {
    if (++sent < 3) throw cancelled('TransactionConflict', 'None');
    return 'done';
  });
  expect(await passing).toBe('done');
  expect(sent).toBe(3);

  let asked = 0;
  const failing = patiently(async () => {
    asked++;
    throw cancelled('TransactionConflict', 'ConditionalCheckFailed');
  });
  await expect(failing).rejects.toMatchObject({ name: 'ConditionFailed' });
  expect(asked).toBe(1);
});

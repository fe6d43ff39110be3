import { expect, test } from 'vitest';
import { BadInput, Conflict, DealMoved, Passing, problem, Refused, VoronkaError } from './errors.ts';
import { BadWrite, ConditionFailed } from './table/port.ts';

test('what the caller can mend is explained', () => {
  const error = new DealMoved('deal 7 is at version 3, not 2; read it again', { details: { version: 3 } });

  expect(problem(error)).toEqual({
    type: 'urn:voronka:problem:deal-moved',
    title: 'The deal has changed since it was read',
    status: 409,
    detail: 'deal 7 is at version 3, not 2; read it again',
    version: 3,
  });
  expect(error).toBeInstanceOf(Conflict);
});

test('a refusal carries every reason at once', () => {
  const refusals = [
    { path: 'amount', code: 'required', message: { ru: 'Укажите сумму', en: 'Enter the amount' } },
  ];

  expect(problem(new Refused(refusals))).toEqual({
    type: 'urn:voronka:problem:refused',
    title: 'Something is missing or not allowed here',
    status: 422,
    detail: 'amount: Enter the amount',
    refusals,
  });
});

test('of what time mends only the time is told', () => {
  expect(problem(new Passing('table at 10.0.0.7 is busy', { retryAfterSeconds: 2 }))).toEqual({
    type: 'urn:voronka:problem:passing',
    title: 'Try again shortly',
    status: 503,
    retryAfterSeconds: 2,
  });
});

test.each([
  ['a mistake of ours', new BadWrite('deal#1: secret')],
  ['an error of no kind', new TypeError('secret')],
  ['what is no error', 'secret'],
])('%s shows nothing inside', (_, thrown) => {
  expect(problem(thrown)).toEqual({
    type: 'urn:voronka:problem:fault',
    title: 'Something went wrong on our side',
    status: 500,
  });
});

test('details can not stand in for the members of a problem', () => {
  const error = new BadInput('no', { details: { status: 200, type: 'x', detail: 'y' } });

  expect(problem(error)).toMatchObject({ status: 400, type: 'urn:voronka:problem:bad-input', detail: 'no' });
});

test('names are literals and causes are kept', () => {
  const cause = new Error('inner');
  const error = new ConditionFailed([1], { cause });

  expect(error).toBeInstanceOf(VoronkaError);
  expect([error.name, error.type, error.failed, error.cause]).toEqual([
    'ConditionFailed',
    'condition-failed',
    [1],
    cause,
  ]);
  expect(String(error)).toMatch(/^ConditionFailed: /);
});

import { afterEach, expect, test } from 'vitest';
import { awsTrouble } from './aws-trouble.ts';

const before = process.env.AWS_PROFILE;
afterEach(() => {
  if (before === undefined) delete process.env.AWS_PROFILE;
  else process.env.AWS_PROFILE = before;
});

const anError = (name: string, message: string, more: object = {}): Error =>
  Object.assign(new Error(message), { name, ...more });

test.each<[string, Error, RegExp]>([
  ['credentials that are none', anError('CredentialsProviderError', 'none found'), /not know you.*: sign in/],
  ['a token that is over', anError('ExpiredTokenException', 'expired'), /sign in/],
  ['no region', new Error('Region is missing'), /name it by AWS_REGION/],
  ['a right that is missing', anError('AccessDeniedException', 'may not'), /may not; whoever gives rights/],
  ['nobody there', anError('Error', '', { code: 'ECONNREFUSED' }), /no AWS answers .*ECONNREFUSED/],
  [
    'a refusal',
    anError('LimitExceeded', 'too many', { $fault: 'client' }),
    /refused: LimitExceeded: too many/,
  ],
  ['a fault of AWS', anError('InternalError', 'sorry', { $fault: 'server' }), /try again in a while/],
])('%s is told with its mend', (_, error, said) => {
  expect(awsTrouble(error)).toMatch(said);
});

test('a profile that was named is in the answer', () => {
  process.env.AWS_PROFILE = 'nobody';

  expect(awsTrouble(anError('CredentialsProviderError', 'none found'))).toContain('AWS_PROFILE is nobody');
});

test('a fault of the program is none of AWS', () => {
  expect(awsTrouble(new TypeError('x is undefined'))).toBeUndefined();
});

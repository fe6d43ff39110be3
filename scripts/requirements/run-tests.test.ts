import { expect, test } from 'vitest';
import { proofsOf } from './run-tests.ts';

test('a report is read as tests, the requirements that they name, and how they ended', () => {
  const test = (title: string, status: string) => ({ fullName: `group ${title}`, title, status });
  const report = {
    testResults: [
      {
        name: '/project/local/a.test.ts',
        assertionResults: [
          test('one [IN-G-01.1, IN-G-01.2]', 'passed'),
          test('two [IN-G-01.1]', 'failed'),
          test('three [IN-G-01.3]', 'pending'),
          test('four', 'failed'),
        ],
      },
    ],
  };

  expect(proofsOf(report, '/project').map(({ file, ids, status }) => [file, ids, status])).toEqual([
    ['local/a.test.ts', ['IN-G-01.1', 'IN-G-01.2'], 'passed'],
    ['local/a.test.ts', ['IN-G-01.1'], 'failed'],
    ['local/a.test.ts', ['IN-G-01.3'], 'skipped'],
    ['local/a.test.ts', [], 'failed'],
  ]);
});

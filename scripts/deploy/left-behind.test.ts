import { expect, test } from 'vitest';
import { aPack, resourcesOf } from '../../infra/testing.ts';
import { leftBehind, leftByProd } from './left-behind.ts';

/** They go with their machine. */
const together = 'AWS::StepFunctions::StateMachineVersion';

test('what prod keeps when it is removed is what the operator is told of', async () => {
  const resources = Object.values(await resourcesOf(aPack, 'prod'));

  const kept = resources.filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain').map(({ Type }) => Type);

  expect([...new Set(kept)].filter((type) => type !== together).sort()).toEqual(
    leftByProd('voronka-prod')
      .flatMap(({ types }) => types)
      .sort(),
  );
});

test('another stage leaves nothing, unless it worked on a restored table', () => {
  expect(leftBehind('voronka-trial', false, undefined)).toEqual([]);
  expect(leftBehind('voronka-trial', false, 'voronka-trial-2026').at(-1)).toContain(
    'delete-table --table-name voronka-trial-2026',
  );
});

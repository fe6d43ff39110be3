import { expect, test } from 'vitest';
import { withJoins } from './machines.ts';

const machine = (States: object) => JSON.stringify({ StartAt: 'Both', States });

test('a join takes the branch that its Output names in a state behind it', () => {
  const both = { Type: 'Parallel', Branches: [], Output: '{% $states.result[0] %}', Next: 'On' };

  const { States } = JSON.parse(withJoins(machine({ Both: both, On: { Type: 'Succeed' } })));

  expect(States).toEqual({
    Both: { Type: 'Parallel', Branches: [], Next: 'Both: join' },
    'Both: join': { Type: 'Pass', Output: '{% $states.input[0] %}', Next: 'On' },
    On: { Type: 'Succeed' },
  });
});

test('a machine without a join stays as it is, to the letter', () => {
  const text = machine({ Both: { Type: 'Succeed' } });

  expect(withJoins(text)).toBe(text);
});

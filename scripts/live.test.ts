import { expect, test } from 'vitest';
import { liveText } from './live.ts';

const at = '2026-02-02T06:30:00.000Z';
const event = (detail: Record<string, unknown>) =>
  liveText(
    {
      at,
      kind: 'event',
      text: 'voronka',
      detail: { id: 'e1', at, by: { user: 'pavel' }, deal: 'd1', ...detail },
    },
    'Europe/Moscow',
  );

test('a move reads as from where to where, in the company’s time', () => {
  expect(event({ type: 'deal.moved', data: { number: 'G-1', from: 'unprocessed', stage: 'contract' } })).toBe(
    '2026-02-02 09:30:00  G-1  unprocessed → contract, by pavel',
  );
});

test('a task says for whom and until when', () => {
  expect(
    event({
      type: 'task.opened',
      data: { step: 'send-quote', assignee: 'pavel', due: '2026-02-05T12:00:00.000Z' },
    }),
  ).toBe('2026-02-02 09:30:00  d1  task send-quote for pavel, due 2026-02-05 15:00');
});

test('what another line tells already is left out', () => {
  const started = liveText({ at, kind: 'run', text: 'd1-1-contract RUNNING' }, 'Europe/Moscow');
  const ended = liveText({ at, kind: 'run', text: 'd1-1-contract SUCCEEDED' }, 'Europe/Moscow');
  const foreign = liveText({ at, kind: 'event', text: 'aws.states', detail: {} }, 'Europe/Moscow');

  expect([started, ended, foreign]).toEqual([
    undefined,
    '2026-02-02 09:30:00  run: d1-1-contract SUCCEEDED',
    undefined,
  ]);
});

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openState } from './state.ts';

test('values and queues outlive the process that wrote them', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'voronka-state-')), 'deep', 'state.sqlite');
  const before = openState(file);
  before.set('checkpoint/a', { sequence: '17' });
  const first = before.queue<string>('bus').push('one');
  before.queue<string>('bus').push('two');
  before.queue<string>('other').push('three');
  before.queue<string>('bus').done(first);
  before.close();

  const after = openState(file);

  expect(after.get('checkpoint/a')).toEqual({ sequence: '17' });
  expect(after.queue('bus').peekAll()).toEqual([{ id: 2, item: 'two' }]);
  expect(after.queue('other').size).toBe(1);
  after.close();
});

test('a prefix lists its own keys alone, in order', () => {
  const state = openState(undefined);
  for (const key of ['a_b/2', 'a_b/1', 'axb/1', 'a_c']) state.set(key, key);

  expect(state.list('a_b/').map((entry) => entry.key)).toEqual(['a_b/1', 'a_b/2']);
  state.close();
});

test('a transaction that throws leaves nothing behind, and ids are never used again', () => {
  const state = openState(undefined);
  const queue = state.queue<number>('work');
  queue.done(queue.push(1));

  const failing = () =>
    state.atomically(() => {
      state.set('key', 1);
      state.atomically(() => queue.push(2));
      throw new Error('stop');
    });

  expect(failing).toThrow('stop');
  expect(state.get('key')).toBeUndefined();
  expect(queue.peekAll()).toEqual([]);
  expect(queue.push(3)).toBeGreaterThan(1);
  state.close();
});

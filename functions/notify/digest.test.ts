import '../testing/quiet.ts';

import { beforeEach, expect, test } from 'vitest';
import { consume } from '../reports/consume.ts';
import { aDeal, anEntry, aTask, definitions, type Recorded, recorded } from '../reports/testing/history.ts';
import { useClock } from '../shared/clock.ts';
import { forgetCompany } from '../shared/ports.ts';
import { messageOf, notificationOf } from '../shared/rows.ts';
import { office } from '../testing/api.ts';
import { handler } from './digest.handler.ts';

let system: Recorded;
let now: Date;

beforeEach(async () => {
  system = recorded();
  await office(system.table);
  system.drain();
  morning('2026-10-01');
});

/** It is 08:30 in Moscow. */
const morning = (day: string) => {
  now = new Date(`${day}T05:30:00Z`);
  useClock({ now: () => now });
  forgetCompany();
};

const taken = async () => {
  await consume(system.drain(), { table: system.table, definitions });
  system.drain();
};

const inbox = async (user: string) =>
  (await system.table.query({ pk: `INBOX#${user}` })).items.map(notificationOf);

const letters = async () =>
  (await system.table.query({ index: 'g1', pk: 'OUTBOX#queued' })).items.map(messageOf);

const yesterday = '2026-09-30T09:00:00.000Z';

const aBusyDay = async () => {
  await system.putDeal(
    aDeal({
      responsible: 'pavel',
      createdAt: yesterday,
      fields: { dealTotal: 24_000_000 },
      totals: { paidTotal: 10_000_000 },
    }),
  );
  await system.putDeal(aDeal({ id: 'd2', number: 'G-2', title: 'Seals <b>', createdAt: yesterday }));
  await system.putTask(aTask({ due: '2026-09-30T11:00:00.000Z', fired: [0], mark: 'late' }));
  await system.putEntry(anEntry({ day: '2026-09-30', at: '2026-09-30T12:00:00.000Z' }));
  await taken();
};

test('a head reads each morning what is new, late, paid and owed of their people', async () => {
  await aBusyDay();

  await handler({ kind: 'daily' });

  const [digest] = await inbox('semyon');
  expect(digest?.subject).toBe('Сводка на 01.10.2026');
  expect(digest?.body).toBe(
    [
      'Новые сделки:\n– G-1 Bearings — Павел Рябов',
      'Просроченные задачи:\n– G-1 Идентификация — Павел Рябов, срок 30.09.2026, 14:00',
      'Нарушенные сроки:\n– Павел Рябов: 1',
      'Поступило:\n– bank: 100 000,00 ₽',
      'Долги по открытым сделкам:\n– Павел Рябов: 140 000,00 ₽',
    ].join('\n\n'),
  );
});

test('an executive reads of everybody, and of what nobody has taken up, as text and HTML', async () => {
  await aBusyDay();

  await handler({ kind: 'daily' });

  const letter = (await letters()).find(({ user }) => user === 'galina');
  expect(letter?.body).toContain('G-2 Seals <b> — без ответственного');
  expect(letter?.html).toContain('G-2 Seals &lt;b&gt; — без ответственного</li>');
});

test('those who lead nobody are told nothing', async () => {
  await aBusyDay();

  await handler({ kind: 'daily' });

  expect((await letters()).map(({ user }) => user).sort()).toEqual(['galina', 'semyon']);
  expect(await inbox('pavel')).toEqual([]);
});

test('asked for twice on a day, a digest is written once, and the next tells what came after it', async () => {
  await aBusyDay();
  await handler({ kind: 'daily' });
  await handler({ kind: 'daily' });
  expect(await inbox('semyon')).toHaveLength(1);

  morning('2026-10-02');
  await handler({ kind: 'daily' });

  const [, second] = await inbox('semyon');
  expect(second?.body).not.toContain('Новые сделки');
  expect(second?.body).not.toContain('Поступило');
  expect(second?.body).toContain('Просроченные задачи');
});

test('a digest with nothing to tell is not sent', async () => {
  await handler({ kind: 'daily' });
  await handler({ kind: 'weekly' });

  expect(await letters()).toEqual([]);
  expect(await inbox('galina')).toEqual([]);
});

test('a debt that stands is told beside news, and is none by itself', async () => {
  await system.putDeal(
    aDeal({ responsible: 'pavel', createdAt: yesterday, fields: { dealTotal: 24_000_000 } }),
  );
  await taken();
  await handler({ kind: 'daily' });

  morning('2026-10-02');
  await handler({ kind: 'daily' });

  expect((await inbox('semyon')).map(({ subject }) => subject)).toEqual(['Сводка на 01.10.2026']);
  expect((await inbox('semyon'))[0]?.body).toContain('Долги по открытым сделкам');
});

test('long lists are cut, and how much is left out is said', async () => {
  for (let at = 1; at <= 13; at += 1)
    await system.putDeal(
      aDeal({ id: `d${at}`, number: `G-${at}`, responsible: 'pavel', createdAt: yesterday }),
    );
  await taken();

  await handler({ kind: 'daily' });

  const [digest] = await inbox('semyon');
  expect(digest?.body.match(/– G-/g)).toHaveLength(10);
  expect(digest?.body).toContain('– и ещё 3');
});

test('once a week it is each pipeline by stage, and what was won and lost', async () => {
  await aBusyDay();
  await system.putDeal(
    aDeal({
      id: 'd3',
      number: 'G-3',
      responsible: 'pavel',
      stage: 'won',
      outcome: 'won',
      stageSince: yesterday,
      fields: { dealTotal: 500 },
    }),
  );
  await taken();

  await handler({ kind: 'weekly' });

  const [digest] = await inbox('semyon');
  expect(digest?.body).toBe(
    [
      'Товары:',
      '– Не обработан: 1, 240 000,00 ₽',
      '– Сделка успешна: 1, 5,00 ₽',
      '– создано: 1',
      '– выиграно: 1, 5,00 ₽',
    ].join('\n'),
  );
});

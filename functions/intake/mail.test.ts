import { test as base, expect } from 'vitest';
import { putText, readText } from '../../functions/deals/file-store.ts';
import { packOf } from '../../local/world/pack-of.ts';
import { refusal } from '../../local/world/staff.ts';
import { type World, world } from '../../local/world.ts';
import type { PortEvent } from '../../schemas/event.ts';
import { Pack } from '../../schemas/pack.ts';
import { field, move, pipeline, t } from '../../statemachines/vocabulary/index.ts';
import { objectKey } from '../deals/file-names.ts';

const title = t('Имя', 'Name');
const leads = pipeline({
  id: 'leads',
  kind: 'lead',
  title,
  prefix: '',
  start: 'open',
  fields: {
    contact: field.contact(title),
    source: field.enumeration(title, { email: title, phone: title }),
    email: field.text(title, { system: true }),
    text: field.text(title),
    mailbox: field.text(title),
    letter: field.file(title),
    papers: field.files(title),
  },
  stages: {
    open: { title, aim: title, moves: [move('over', ['anyone'])] },
    over: { title, aim: title, outcome: 'done', moves: [] },
  },
});
const office = Pack.parse({
  ...packOf('office', [leads]),
  directories: [
    {
      id: 'boxes',
      title,
      entries: [
        {
          id: 'box-1',
          title,
          data: { address: 'box1@office.example', employees: ['pavel', 'nina', 'rita'] },
        },
        { id: 'box-2', title, data: { address: 'box2@office.example', employees: ['galina'] } },
      ],
    },
  ],
  mail: {
    mailboxes: 'boxes',
    pipeline: 'leads',
    fields: {
      letter: 'letter',
      files: 'papers',
      email: 'email',
      text: 'text',
      mailbox: 'mailbox',
      contact: 'contact',
    },
    set: { source: 'email' },
  },
});

const test = base.extend<{ w: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 10:00', packs: [office] });
    await use(w);
    await w.stop();
  },
});

type Mail = Partial<Extract<PortEvent, { type: 'mail.received' }>>;
const mail = (externalId: string, more: Mail = {}) => ({
  type: 'mail.received' as const,
  externalId,
  mailbox: 'box1@office.example',
  from: { name: 'Анна', email: 'anna@plant-demo-1.example' },
  subject: `Нужна кофемашина ${externalId}`,
  text: 'Здравствуйте!',
  files: [],
  ...more,
});
const waiting = async (w: World, who: string): Promise<string[]> =>
  (await w.as(who).get('/v1/intake')).items.map(({ subject }: { subject: string }) => subject);
const theOnly = async (w: World, who: string): Promise<string> =>
  (await w.as(who).get('/v1/intake')).items[0].id;

test('letters to a mailbox go to the lists of those who read it, in turn; a letter said twice, or ten at one instant, too', async ({
  w,
}) => {
  await w.says('mail', mail('1'));
  await w.says('mail', mail('1'));
  await w.says('mail', mail('2', { mailbox: 'BOX2@office.example' }));
  await Promise.all(Array.from({ length: 8 }, (_, n) => w.says('mail', mail(`${n + 3}`))));

  const lists = await Promise.all(['pavel', 'nina', 'rita', 'galina'].map((who) => waiting(w, who)));
  expect(lists.map(({ length }) => length)).toEqual([3, 3, 3, 1]);
  expect(lists.flat().sort()).toEqual(
    Array.from({ length: 10 }, (_, n) => `Нужна кофемашина ${n + 1}`).sort(),
  );
  await expect(w.says('mail', mail('x', { mailbox: 'none@office.example' }))).rejects.toThrow(
    'nobody reads "none@office.example"; mailboxes are box1@office.example, box2@office.example',
  );
});

test('a letter becomes one request with the letter and its files attached, whoever asks for it how often', async ({
  w,
}) => {
  await putText('files/intake/1/plan.txt', 'text/plain', 'план');
  const files = [{ name: 'План.txt', type: 'text/plain', size: 8, key: 'files/intake/1/plan.txt' }];
  await w.says('mail', mail('1', { files }));
  const letter = await theOnly(w, 'pavel');

  const made = await Promise.all(
    ['pavel', 'semyon', 'pavel'].map((who) => w.as(who).ask('POST', `/v1/intake/${letter}/lead`, {})),
  );

  expect(new Set(made.map(({ id }: { id: string }) => id)).size).toBe(1);
  const [{ id }] = made;
  const card = await w.as('pavel').get(`/v1/deals/${id}`);
  expect(card.deal).toMatchObject({
    number: '1',
    title: 'Нужна кофемашина 1',
    initiator: expect.stringMatching(/pavel|semyon/),
    fields: {
      source: 'email',
      email: 'anna@plant-demo-1.example',
      mailbox: 'box1@office.example',
      text: 'Здравствуйте!',
    },
  });
  expect(card.files.map(({ name, field: of }: { name: string; field: string }) => [of, name]).sort()).toEqual(
    [
      ['letter', 'letter.txt'],
      ['papers', 'План.txt'],
    ],
  );
  const { letter: ref, papers } = card.deal.fields;
  expect(await readText(objectKey(id, ref.id, ref.name))).toContain(
    'Subject: Нужна кофемашина 1\n\nЗдравствуйте!',
  );
  expect(await readText(objectKey(id, papers[0].id, papers[0].name))).toBe('план');
  expect(await waiting(w, 'pavel')).toEqual([]);
  expect(await w.as('pavel').get(`/v1/intake/${letter}`)).toMatchObject({ state: 'lead', deal: id });
});

test('spam begins nothing and writes to nobody; what was decided stays, and nobody decides about letters of others', async ({
  w,
}) => {
  await w.says('mail', mail('1'));
  const letter = await theOnly(w, 'pavel');

  expect(await refusal(w.as('rita').ask('POST', `/v1/intake/${letter}/spam`, {}))).toContain('404');
  await w.as('semyon').ask('POST', `/v1/intake/${letter}/spam`, {}); // his head
  await w.as('pavel').ask('POST', `/v1/intake/${letter}/spam`, {});

  expect(await refusal(w.as('pavel').ask('POST', `/v1/intake/${letter}/lead`, {}))).toContain(
    'marked as spam',
  );
  expect(await w.as('pavel').get(`/v1/intake/${letter}`)).toMatchObject({
    state: 'spam',
    decidedBy: 'semyon',
  });
  expect((await w.as('galina').get('/v1/deals?pipeline=leads')).items).toEqual([]);
  expect(w.events).toEqual([]);
});

test('a letter that one person calls spam while another makes a request of it is one of the two', async ({
  w,
}) => {
  for (let n = 1; n <= 6; n += 1) await w.says('mail', mail(`${n}`, { mailbox: 'box2@office.example' }));
  const { items } = await w.as('galina').get('/v1/intake');

  for (const { id } of items) {
    const decide = (how: string) => w.as('galina').ask('POST', `/v1/intake/${id}/${how}`, {});
    const ends = await Promise.allSettled([decide('lead'), decide('spam')]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  }

  const states = await Promise.all(
    items.map(async ({ id }: { id: string }) => (await w.as('galina').get(`/v1/intake/${id}`)).state),
  );
  const leads = (await w.as('galina').get('/v1/deals?pipeline=leads')).items;
  expect(states.filter((state) => state === 'lead')).toHaveLength(leads.length);
});

test('who reads a mailbox is what administrators wrote, and those who left are passed over', async ({
  w,
}) => {
  await w.as('admin').ask('PUT', '/v1/directories/boxes/box-1', {
    title,
    data: { address: 'box1@office.example', employees: ['rita', 'artem'] },
  });
  await w.as('admin').ask('PUT', '/v1/users/rita', {
    name: 'Рита Орлова',
    roles: ['accountant'],
    head: 'galina',
    active: false,
  });

  await w.says('mail', mail('1'));
  await w.says('mail', mail('2'));

  expect(await waiting(w, 'artem')).toHaveLength(2);
  const nobody = { title, data: { address: 'box1@office.example', employees: [] } };
  expect(await refusal(w.as('admin').ask('PUT', '/v1/directories/boxes/box-1', nobody))).toContain(
    'employees',
  );
});

test('letters are part of what is held of a person, and an erased person is in none any more', async ({
  w,
}) => {
  await w.says('mail', mail('1'));
  const letter = await theOnly(w, 'pavel');

  const { letters } = await w.as('admin').get('/v1/contacts/anna/export');
  expect(letters).toMatchObject([{ subject: 'Нужна кофемашина 1', text: 'Здравствуйте!' }]);

  await w.as('admin').ask('POST', '/v1/contacts/anna/erase', { reason: 'asked' });

  expect(await w.as('pavel').get(`/v1/intake/${letter}`)).toMatchObject({
    from: { email: 'erased@erased.invalid' },
    subject: '',
    text: '',
  });
});

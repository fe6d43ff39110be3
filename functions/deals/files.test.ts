import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Storage, startStorage } from '../../local/aws/storage.ts';
import { createMemoryTable } from '../shared/table/table-memory.ts';
import { office } from '../testing/api.ts';
import { copyFile, putText, readText } from './file-store.ts';

let storage: Storage;
beforeAll(async () => {
  storage = await startStorage({ buckets: ['files'], queues: [], topics: [] });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_S3: storage.endpoint,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    BUCKET_NAME: 'files',
  });
});
afterAll(() => storage.stop());

let at: Awaited<ReturnType<typeof office>>;
let id: string;
beforeEach(async () => {
  at = await office(createMemoryTable({ now: () => new Date('2026-10-01T09:00:00Z') }));
  const made = await at.pavel.post('/v1/deals', {
    pipeline: 'goods',
    title: 'Ремни',
    responsible: 'pavel',
    fields: {
      company: 'acme',
      dealTotal: 24_000_000,
      items: [
        { name: 'Ремень {{dealTotal}}', quantity: 2, price: 10_000_000 },
        { name: 'Шкив', quantity: 0.5, price: 8_000_000 },
      ],
    },
  });
  id = made.body.id;
});

const announce = (more: object = {}, headers?: Record<string, string>) =>
  at.pavel.post(
    `/v1/deals/${id}/files`,
    { name: 'КП №7.pdf', type: 'application/pdf', size: 4, field: 'quoteFile', ...more },
    headers,
  );

test('a file is announced, put, written into its field and fetched', async () => {
  const { status, body } = await announce();
  const put = await fetch(body.put, {
    method: 'PUT',
    headers: body.headers,
    body: '%PDF',
  });
  const written = await at.pavel.patch(`/v1/deals/${id}`, { fields: { quoteFile: body.ref } });
  const fetched = await at.pavel.get(`/v1/deals/${id}/files/${body.file.id}`);

  expect([status, put.status, written.status, fetched.status]).toEqual([201, 200, 200, 200]);
  expect(body.file).toMatchObject({ name: 'КП №7.pdf', field: 'quoteFile', version: 1, by: 'pavel' });
  expect(written.body.fields.quoteFile).toEqual({ id: body.file.id, name: 'КП №7.pdf', version: 1 });
  expect(await (await fetch(fetched.body.get)).text()).toBe('%PDF');
});

test('the address takes the announced type and length alone, and once', async () => {
  const { body } = await announce();
  const signed = new URL(body.put).searchParams.get('X-Amz-SignedHeaders');

  expect(signed).toBe('content-length;content-type;host;if-none-match');
  expect(body.headers).toEqual({ 'content-type': 'application/pdf', 'if-none-match': '*' });
  expect(new URL(body.put).searchParams.get('X-Amz-Expires')).toBe('900');
  expect(new URL(body.put).pathname).toMatch(
    new RegExp(`^/files/files/${id}/${body.file.id}/[\\w.-]+\\.pdf$`),
  );
});

test('nothing is fetched that was not put, or that was put other than announced', async () => {
  const { body } = await announce();
  const fetched = () => at.pavel.get(`/v1/deals/${id}/files/${body.file.id}`);
  const put = (text: string, type: string) =>
    // The bucket of this test takes what the real one refuses by the signature of the address.
    fetch(body.put, { method: 'PUT', headers: { 'content-type': type }, body: text });
  const code = async () => {
    const { status, body: problem } = await fetched();
    return [status, problem.refusals?.[0].code];
  };

  expect(await code()).toEqual([422, 'not-uploaded']);
  await put('<script>', 'text/html');
  expect(await code()).toEqual([422, 'not-as-announced']);
  await put('%PDF-', 'application/pdf');
  expect(await code()).toEqual([422, 'not-as-announced']);
  await put('%PDF', 'application/pdf');
  expect(await code()).toEqual([200, undefined]);
});

test('a file is fetched as an attachment under a clean name, for five minutes, and kept by no cache', async () => {
  const { body } = await announce({ name: '../../КП\r\nX: 1".pdf' });
  await fetch(body.put, { method: 'PUT', headers: body.headers, body: '%PDF' });

  const link = new URL((await at.pavel.get(`/v1/deals/${id}/files/${body.file.id}`)).body.get);

  const disposition = link.searchParams.get('response-content-disposition') ?? '';
  expect(disposition).toMatch(/^attachment; filename\*=UTF-8''[\w.%()+-]+\.pdf$/);
  expect(decodeURIComponent(disposition)).not.toMatch(/[\r\n"/\\]/);
  expect(link.searchParams.get('response-cache-control')).toBe('private, no-store');
  expect(link.searchParams.get('X-Amz-Expires')).toBe('300');
});

test('who may not change the deal announces no file, who may not see it fetches none', async () => {
  const { body } = await announce();

  const announced = await at.nina.post(`/v1/deals/${id}/files`, {
    name: 'x.pdf',
    type: 'application/pdf',
    size: 4,
  });
  const fetched = await at.artem.get(`/v1/deals/${id}/files/${body.file.id}`);

  expect([announced.status, fetched.status]).toEqual([403, 404]);
});

test('a further file of a field is its next version, the same request again is the same file', async () => {
  const first = await announce({}, { 'idempotency-key': 'f' });
  const again = await announce({}, { 'idempotency-key': 'f' });
  const second = await announce();

  expect(again.body.file).toEqual(first.body.file);
  expect(second.body.file.version).toBe(2);
});

test.each([
  ['a type browsers run', { name: 'x.html', type: 'text/html' }],
  ['a name of another type', { name: 'x.exe', type: 'application/pdf' }],
  ['a file above 25 MB', { size: 26_214_401 }],
  ['a field that holds no files', { field: 'dealTotal' }],
])('%s is refused', async (_, more) => {
  expect((await announce(more)).status).toBe(400);
});

test('a document is filled from the deal and stored in its field, lines repeated and never read as templates', async () => {
  const { status, body } = await at.pavel.post(`/v1/deals/${id}/documents`, { template: 'goods-quote' });

  expect(status).toBe(201);
  expect(body.text).toContain('G-1 от 01.10.2026');
  expect(body.text).toContain('Заказчик: Акме');
  expect(body.text).toContain('Ремень {{dealTotal}}: 2 × 100 000,00 ₽');
  expect(body.text).toContain('Шкив: 0,5 × 80 000,00 ₽');
  expect(body.text).toContain('Итого: 240 000,00 ₽');
  expect(body.text).toContain('Павел Рябов');
  const { body: card } = await at.pavel.get(`/v1/deals/${id}`);
  expect(card.deal.fields.quoteFile).toEqual(body.ref);
  expect(card.files).toEqual([body.file]);
  const stored = await at.pavel.get(`/v1/deals/${id}/files/${body.file.id}`);
  expect(await (await fetch(stored.body.get)).text()).toBe(body.text);
});

test('the same document asked for twice with one key is one file with one text', async () => {
  const ask = () =>
    at.pavel.post(`/v1/deals/${id}/documents`, { template: 'goods-quote' }, { 'idempotency-key': 'd' });

  const first = await ask();
  await at.pavel.patch(`/v1/deals/${id}`, { fields: { dealTotal: 1 } });
  const second = await ask();

  expect([first.status, second.status]).toEqual([201, 201]);
  expect(second.body).toEqual(first.body);
});

test('a template of another pipeline is refused with those there are', async () => {
  const { status, body } = await at.pavel.post(`/v1/deals/${id}/documents`, { template: 'services-quote' });

  expect(status).toBe(400);
  expect(body.detail).toContain('documents are goods-quote, goods-contract, goods-invoice');
});

test('a file copied down into a process is fetched there too', async () => {
  const { body } = await announce({ field: 'contractDraft' });
  await fetch(body.put, { method: 'PUT', headers: body.headers, body: '%PDF' });
  await at.pavel.patch(`/v1/deals/${id}`, { fields: { contractDraft: body.ref } });
  await at.semyon.post(`/v1/deals/${id}/move`, { to: 'contract', override: true, reason: 'тест' });
  const { body: child } = await at.pavel.post(`/v1/deals/${id}/processes`, { pipeline: 'contract-approval' });

  const fetched = await at.pavel.get(`/v1/deals/${child.id}/files/${body.file.id}`);

  expect(await (await fetch(fetched.body.get)).text()).toBe('%PDF');
});

test('a file is put at another place too, by the bucket itself; what is not there is not copied', async () => {
  await putText('files/intake/1/plan.txt', 'text/plain', 'план');

  await copyFile('files/intake/1/plan.txt', 'files/d1/f1/plan.txt');

  expect(await readText('files/d1/f1/plan.txt')).toBe('план');
  expect(await readText('files/intake/1/plan.txt')).toBe('план');
  await expect(copyFile('files/intake/1/none.txt', 'files/d1/f2/none.txt')).rejects.toThrow('404');
});

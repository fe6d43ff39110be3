import { expect, test } from 'vitest';
import { cdek } from '../../../functions/delivery/cdek/client.ts';
import { orderBy, orderByNumber, registerOrder } from '../../../functions/delivery/cdek/orders.ts';
import { cities } from '../../../functions/delivery/cdek/places.ts';
import { VoronkaError } from '../../../functions/shared/errors.ts';
import { useLogSink } from '../../../functions/shared/log.ts';
import { useOutsidePatience } from '../../../functions/shared/outside.ts';
import { account, aDraft, recorder, yard } from './yard.ts';

const failure = async (work: Promise<unknown>): Promise<VoronkaError> => {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  if (error instanceof VoronkaError) return error;
  throw new Error(`no failure of ours: ${String(error)}`);
};

test.for([
  ['down', { name: 'Unreachable', mends: 'time', sent: 'maybe' }],
  ['503', { name: 'CdekAway', mends: 'time', sent: 'maybe' }],
  ['slow', { name: 'Unreachable', mends: 'time', sent: 'maybe' }],
  ['html', { name: 'CdekAway', mends: 'time', sent: 'maybe' }],
  ['malformed', { name: 'CdekAway', mends: 'time', sent: 'maybe' }],
  ['lost-answer', { name: 'Unreachable', mends: 'time', sent: 'maybe' }],
  ['429', { name: 'CdekAway', mends: 'time', sent: 'no', retryAfterSeconds: 7 }],
] as const)('%s: the order may be repeated, and is one order', async ([fault, failed]) => {
  const it = await yard();
  useOutsidePatience(300);
  await cities(it.ours, { name: 'Мос' }); // signed in
  it.sandbox.command({ fault });

  const error = await failure(registerOrder(it.ours, aDraft(), false));
  const again = await registerOrder(it.ours, aDraft(), true);

  expect(error).toMatchObject(failed);
  expect((await orderByNumber(it.ours, 'D-42-1'))?.uuid).toBe(again.uuid);
  const [orders] = it.sandbox.holds();
  expect(orders?.rows).toHaveLength(1);
});

test('a token is asked for once however many want it, refreshed before its end, and once more where it is refused', async () => {
  const wire = await recorder(() => ({ body: [] }));
  let now = Date.parse('2026-04-29T07:44:40Z');
  const ours = cdek(account, () => new Date(now));
  const ask = () => cities(ours, { name: 'Мос' });

  await Promise.all([ask(), ask(), ask()]);
  now += (3599 - 61) * 1000;
  await ask();
  const before = wire.signIns.length;
  now += 2000;
  await ask();

  expect([before, wire.signIns.length]).toEqual([1, 2]);
  expect(wire.calls.map(({ authorization }) => authorization)).toEqual([
    ...Array(4).fill('Bearer token-1'),
    'Bearer token-2',
  ]);
  const it = await yard();
  await cities(it.ours, { name: 'Мос' });
  it.sandbox.command({ fault: 'token-expired' });
  expect((await registerOrder(it.ours, aDraft(), false)).as).toBe('under-way');
  it.sandbox.command({ fault: 'token-expired', times: 2 });
  expect(await failure(cities(it.ours, { name: 'Мос' }))).toMatchObject({ name: 'CdekLocked' });
});

test('keys that are not accepted are a matter for the administrator, who is told where they belong', async () => {
  const it = await yard();
  it.sandbox.command({ fault: 'unauthorised' });

  const refused = await failure(cities(it.ours, { name: 'Мос' }));
  const wrong = await failure(
    cities(
      cdek({ ...account, password: 'mistyped' }, () => it.clock.now()),
      { name: 'Мос' },
    ),
  );
  const mended = await cities(it.ours, { name: 'Мос' });

  expect(refused).toMatchObject({ name: 'CdekLocked', mends: 'us' });
  expect(refused.message).toContain('into the secret "cdek"');
  expect(wrong).toMatchObject({ name: 'CdekLocked' });
  expect(`${refused.message} ${wrong.message}`).not.toContain('mistyped');
  expect(mended).toHaveLength(1);
});

const problem = (code: string) => ({
  requests: [
    {
      type: 'GET',
      date_time: '2026-04-29T07:44:40+0000',
      state: 'INVALID',
      errors: [{ code, additional_code: '0x7B234F39', message: 'Anna K. +79004445566' }],
    },
  ],
});
test.for([
  ['a missing order by 400', 400, problem('v2_entity_not_found'), undefined],
  ['a missing order by 404', 404, problem('v2_entity_not_found'), undefined],
  [
    'an order of another',
    400,
    problem('v2_entity_forbidden'),
    { name: 'CdekRefused', codes: ['v2_entity_forbidden'] },
  ],
  [
    'a refusal with 200',
    200,
    { errors: [{ code: 'v2_bad_request', message: 'x' }] },
    { name: 'CdekRefused' },
  ],
  [
    'a refusal by a figure',
    200,
    { errors: [{ code: 3, message: 'x' }] },
    { name: 'CdekRefused', codes: ['3'] },
  ],
  [
    'a refusal without a code',
    200,
    { errors: [{ message: null }] },
    { name: 'CdekRefused', codes: ['unknown'] },
  ],
  ['a refusal nobody can read', 200, { errors: 'no' }, { name: 'CdekRefused', codes: ['unreadable'] }],
  ['an inner error by 400', 400, problem('v2_internal_error'), { name: 'CdekAway' }],
  ['a similar request under way', 400, problem('v2_similar_request_still_processed'), { name: 'CdekAway' }],
  ['a gateway without a reason', 404, '<html>', { name: 'CdekAway' }],
  ['a gateway that forbids', 403, '<html>', { name: 'CdekLocked' }],
  ['a redirect', 302, '', { name: 'CdekAway' }],
  ['another shape', 200, { entity: { uuid: 7, recipient: { name: 'Anna K.' } } }, { name: 'CdekAway' }],
  [
    'a status without a time',
    200,
    { entity: { uuid: 'u', statuses: [{ code: 'CREATED', date_time: 'yesterday' }] } },
    { name: 'CdekAway' },
  ],
  ['an answer of five megabytes', 200, 'x'.repeat(5 * 1024 * 1024), { name: 'Unreachable' }],
] as const)(
  '%s: judged by its code, and nothing of a client is in the error',
  async ([, status, body, failed]) => {
    await recorder(() => ({ status, body }));
    const lines: string[] = [];
    useLogSink((line) => void lines.push(line));
    const ours = cdek(account, () => new Date('2026-04-29T07:44:40Z'));

    const asked = orderBy(ours, '72753031-1820-4f99-9240-aab139f05ca5');
    const got = failed === undefined ? await asked : await failure(asked);
    useLogSink();

    if (failed === undefined) expect(got).toBeUndefined();
    else {
      expect(got).toMatchObject(failed);
      expect(String((got as Error).message)).not.toMatch(/Anna|7900/);
      expect(JSON.stringify((got as VoronkaError).details)).not.toMatch(/Anna|7900/);
    }
    expect(lines.join()).not.toMatch(/Anna|7900/);
  },
);

test('an id from outside never becomes a path of its own', async () => {
  const wire = await recorder(() => ({ body: {} }));
  const ours = cdek(account, () => new Date('2026-04-29T07:44:40Z'));

  for (const id of ['../webhooks', 'a/b', '', '?x=1', 'a'.repeat(65)])
    await expect(orderBy(ours, id)).rejects.toThrow('no id of CDEK');

  expect(wire.calls).toEqual([]);
});

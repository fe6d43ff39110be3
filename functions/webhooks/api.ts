import { EntityId } from '../../schemas/ids.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Action } from '../../schemas/people.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Webhook } from '../../schemas/webhook.ts';
import { mayIn, packsOf } from '../access/tenant.ts';
import { queueCall } from '../calls/queue.ts';
import { callKey, callOf, callRow } from '../calls/rows.ts';
import { lastNumber } from '../events/read.ts';
import { BadInput, Conflict, Forbidden, NotFound } from '../shared/errors.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed, type Write } from '../shared/table/port.ts';
import { mustBeReachable } from './address.ts';
import { queueAnew } from './nudge.ts';
import { callOfWebhook, kind, provider, webhookKey, webhookOf, webhookRow, webhooksOf } from './rows.ts';
import { secretFor } from './sign.ts';

/** How long the secret before signs beside a new one. */
const overlapMs = 24 * 3_600_000;
const most = 20;

type Caller = Pick<Call<'webhooks.list'>, 'reader' | 'company' | 'now'>;

const mayHere = (action: Action, pack: string, { reader, company }: Caller): boolean =>
  company.packs.some((one) => one.id === pack && mayIn(reader, action, 'events', one));

const forbidden = (action: Action, { reader }: Caller): Forbidden =>
  new Forbidden(
    `your roles (${reader.user.roles.join(', ')}) have no right to ${action} (events); an administrator gives rights`,
  );

const viewOf = async (webhook: Webhook) => {
  const row = await theTable().get(callKey(callOfWebhook(webhook.id)), { consistent: true });
  if (row === undefined) return webhook;
  const { id, state, problem, nextAttemptAt } = callOf(row);
  return {
    ...webhook,
    delivery: {
      call: id,
      state,
      ...(problem === undefined ? {} : { problem }),
      ...(nextAttemptAt === undefined ? {} : { nextAttemptAt }),
    },
  };
};

/** @throws {NotFound} {Forbidden} */
const find = async (id: string, action: Action, caller: Caller): Promise<Webhook> => {
  const row = await theTable().get(webhookKey(id), { consistent: true });
  const webhook = row === undefined ? undefined : webhookOf(row);
  if (webhook === undefined || !mayHere('view', webhook.pack, caller))
    throw new NotFound(`no webhook "${id}" that you may see`);
  if (!mayHere(action, webhook.pack, caller)) throw forbidden(action, caller);
  return webhook;
};

/** The pipelines named, if each is one of the pack. @throws {BadInput} */
const mustBeOf = ({ id, pipelines }: Pack, named: readonly string[] | undefined): void => {
  const others = (named ?? []).filter((one) => !pipelines.some((pipeline) => pipeline.id === one));
  if (others.length > 0)
    throw new BadInput(
      `pipelines: ${others.join(', ')} not of ${id}; its pipelines are ${pipelines.map((one) => one.id).join(', ')}`,
    );
};

const packNamed = (given: string | undefined, caller: Caller): Pack => {
  const { reader, company } = caller;
  const own = packsOf(reader.user, company).filter(({ id }) => mayHere('create', id, caller));
  const pack = given === undefined ? own[0] : own.find(({ id }) => id === given);
  if (pack === undefined) throw forbidden('create', caller);
  return pack;
};

const write = async (before: Webhook, after: Webhook): Promise<Webhook> => {
  try {
    await theTable().write({ put: webhookRow(after), if: { equals: { version: before.version } } });
    return after;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    throw new Conflict(`webhook "${before.id}" has changed since it was read; read it again`, {
      cause: error,
    });
  }
};

/** GET /v1/webhooks */
export const listWebhooks = async (call: Call<'webhooks.list'>) => {
  if (!call.company.packs.some(({ id }) => mayHere('view', id, call))) throw forbidden('view', call);
  const { items } = await theTable().query({ pk: webhooksOf, consistent: true });
  const seen = items.map(webhookOf).filter(({ pack }) => mayHere('view', pack, call));
  return { items: await Promise.all(seen.map(viewOf)) };
};

/** POST /v1/webhooks: it hears of what happens from now on. */
export const createWebhook = async (call: Call<'webhooks.create'>) => {
  const { body, reader, now, key } = call;
  const pack = packNamed(body.pack, call);
  mustBeReachable(body.url);
  mustBeOf(pack, body.pipelines);
  const table = theTable();
  const { items } = await table.query({ pk: webhooksOf, consistent: true });
  const id = EntityId.parse(key === undefined ? newId() : idOf('webhook', key));
  const same = items.find(({ sk }) => sk === id);
  if (same !== undefined) {
    const webhook = webhookOf(same);
    return { webhook: await viewOf(webhook), secret: await secretFor(webhook) };
  }
  if (items.length >= most)
    throw new BadInput(
      `there are ${items.length} webhooks, and ${most} at most; take one away that is not needed`,
    );
  const at = instantOf(now);
  const webhook: Webhook = {
    id,
    pack: pack.id,
    url: body.url,
    types: [...new Set(body.types)],
    ...(body.pipelines === undefined ? {} : { pipelines: body.pipelines }),
    ...(body.note === undefined ? {} : { note: body.note }),
    state: 'on',
    cursor: await lastNumber(table),
    key: 1,
    createdBy: reader.user.id,
    createdAt: at,
    changedAt: at,
    version: 1,
  };
  const secret = await secretFor(webhook); // first: without a key nothing could be sent
  const { call: carried } = queueCall(
    {
      provider,
      kind,
      occasion: id,
      pack: pack.id,
      about: `Events to ${new URL(body.url).host}`,
      input: { webhook: id },
    },
    now,
  );
  await table.transact([
    { put: webhookRow(webhook), if: { absent: true } },
    // At rest: what comes after its cursor wakes it.
    { put: callRow({ ...carried, state: 'done' }), if: { absent: true } } satisfies Write,
  ]);
  // One may have come since the number was read, and have found nobody to tell.
  if ((await lastNumber(table)) > webhook.cursor) await queueAnew(id, table, now);
  return { webhook: await viewOf(webhook), secret };
};

/** PATCH /v1/webhooks/{id} */
export const changeWebhook = async (call: Call<'webhooks.change'>) => {
  const { params, body, company, now } = call;
  const before = await find(params.id, 'edit', call);
  const { url, types, pipelines, note, state } = body;
  if (url !== undefined) mustBeReachable(url);
  const pack = company.packs.find(({ id }) => id === before.pack);
  if (pack !== undefined) mustBeOf(pack, pipelines);
  const { end: _, ...rest } = before;
  const next = state ?? before.state;
  const after = await write(before, {
    ...rest,
    ...(url === undefined ? {} : { url }),
    ...(types === undefined ? {} : { types: [...new Set(types)] }),
    ...(pipelines === undefined ? {} : { pipelines }),
    ...(note === undefined ? {} : { note }),
    state: next,
    ...(next === 'on' ? {} : { end: state === 'off' ? ('person' as const) : before.end }),
    changedAt: instantOf(now),
    version: before.version + 1,
  });
  if (next === 'on') await begin(after, now);
  return viewOf(after);
};

/** Has the events go on: also where they were given up, or wait for a time that has been mended meanwhile. */
const begin = async ({ id }: Webhook, now: Date): Promise<void> => {
  const table = theTable();
  const row = await table.get(callKey(callOfWebhook(id)), { consistent: true });
  if (row === undefined) return;
  const call = callOf(row);
  if (call.state !== 'failed' && call.state !== 'given-up') return queueAnew(id, table, now);
  const { nextAttemptAt: _, failingSince: __, ...rest } = call;
  try {
    await table.write({
      put: callRow({
        ...rest,
        state: 'queued',
        failures: 0,
        resent: call.resent + 1,
        changedAt: instantOf(now),
      }),
      if: { equals: { state: call.state, attempts: call.attempts } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // somebody else has
  }
};

/** DELETE /v1/webhooks/{id} */
export const removeWebhook = async (call: Call<'webhooks.remove'>) => {
  const { id } = await find(call.params.id, 'delete', call);
  await theTable().write({ remove: webhookKey(id) });
  return { removed: true as const };
};

/** POST /v1/webhooks/{id}/rotate */
export const rotateWebhook = async (call: Call<'webhooks.rotate'>) => {
  const { params, now } = call;
  const before = await find(params.id, 'edit', call);
  const after = await write(before, {
    ...before,
    key: before.key + 1,
    overlapUntil: instantOf(new Date(now.getTime() + overlapMs)),
    changedAt: instantOf(now),
    version: before.version + 1,
  });
  return { webhook: await viewOf(after), secret: await secretFor(after) };
};

/** POST /v1/webhooks/{id}/again */
export const sendEventsAgain = async (call: Call<'webhooks.again'>) => {
  const { params, body, now } = call;
  const before = await find(params.id, 'edit', call);
  if (body.after > before.cursor)
    throw new BadInput(
      `after: ${body.after} given, the last event that went there is ${before.cursor}; name one before it`,
    );
  const after = await write(before, {
    ...before,
    cursor: body.after,
    changedAt: instantOf(now),
    version: before.version + 1,
  });
  await begin(after, now);
  return viewOf(after);
};

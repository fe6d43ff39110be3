import type { FedEvent } from '../../schemas/fed-event.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Webhook, WebhookEnd } from '../../schemas/webhook.ts';
import type { Company } from '../access/company.ts';
import type { Doing, Executor, Outcome } from '../calls/carry.ts';
import { tellPeople } from '../calls/tell-people.ts';
import { EventsGone, lastNumber, readEvents } from '../events/read.ts';
import { wallMs } from '../shared/clock.ts';
import { BadInput } from '../shared/errors.ts';
import { outside, Unreachable } from '../shared/outside.ts';
import { ConditionFailed, type Table } from '../shared/table/port.ts';
import { lookupFor, mustBeReachable } from './address.ts';
import { webhookKey, webhookOf } from './rows.ts';
import { signed } from './sign.ts';

/** A worker has a minute: it ends in time to say how far it came. */
const runMs = 40_000;
const perPage = 50;
/** After a worker that died, as many events at most are sent once more. */
const keptEvery = 10;
const answerMs = 10_000;
const answerBytes = 4_096;

const read = async (id: unknown, table: Table): Promise<Webhook | undefined> => {
  const row = await table.get(webhookKey(String(id)), { consistent: true });
  return row === undefined ? undefined : webhookOf(row);
};

/** Whether an event is one that a webhook is sent. */
export const isFor = ({ pack, types, pipelines }: Webhook, event: FedEvent, { packs }: Company): boolean =>
  types.includes(event.type) &&
  pipelines?.includes(event.pipeline) !== false &&
  packs.some((one) => one.id === pack && one.pipelines.some(({ id }) => id === event.pipeline));

const keepCursor = async ({ id, version }: Webhook, cursor: number, { table, now }: Doing): Promise<void> => {
  try {
    await table.write({
      update: webhookKey(id),
      set: { cursor, deliveredAt: instantOf(now) },
      // One that was changed meanwhile, set back or taken away stays so; whoever changed it has it looked at again.
      if: { all: [{ equals: { version } }, { less: { name: 'cursor', than: cursor } }] },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
  }
};

const messageOf = ({ n, id, type, at, pipeline, deal, by, data }: FedEvent): string =>
  JSON.stringify({ type, timestamp: at, data: { n, id, pipeline, deal, by, ...data } });

type Answer =
  | { readonly ok: true }
  | { readonly ok: false; readonly gone?: true; readonly problem: string; readonly afterSeconds?: number };

const seconds = (header: string | null): number | undefined => {
  const given = /^\d{1,6}$/.exec(header ?? '')?.[0];
  return given === undefined ? undefined : Math.min(Number(given), 86_400);
};

const post = async (webhook: Webhook, event: FedEvent, now: Date): Promise<Answer> => {
  const what = `event ${event.n}`;
  try {
    const url = mustBeReachable(webhook.url);
    const body = messageOf(event);
    const { status, headers } = await outside(url.href, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(await signed(webhook, { id: event.id, body }, now)),
      },
      body,
      timeoutMs: answerMs,
      maxBytes: answerBytes,
      lookup: lookupFor(url),
      // Its path may be a secret, and attempts are seen by more people than addresses are.
      named: url.host,
    });
    if (status >= 200 && status < 300) return { ok: true };
    if (status === 410)
      return { ok: false, gone: true, problem: `${what}: the receiver answered 410, it is gone` };
    const afterSeconds = seconds(headers.get('retry-after'));
    return {
      ok: false,
      problem: `${what}: the receiver answered ${status}; 2xx says that it was taken`,
      ...(afterSeconds === undefined ? {} : { afterSeconds }),
    };
  } catch (error) {
    if (error instanceof Unreachable || error instanceof BadInput)
      return { ok: false, problem: `${what}: ${error.message}` };
    throw error;
  }
};

const words: Readonly<Record<Exclude<WebhookEnd, 'person'>, { ru: string; en: string; ro: string }>> = {
  gone: {
    ru: 'Получатель ответил 410: его больше нет',
    en: 'The receiver answered 410: it is gone',
    ro: 'Destinatarul a răspuns 410: nu mai există',
  },
  failing: {
    ru: 'Получатель не принимал события пять дней',
    en: 'The receiver took no event for five days',
    ro: 'Destinatarul nu a primit evenimente timp de cinci zile',
  },
};

const end = async (webhook: Webhook, why: WebhookEnd, { table, now }: Doing): Promise<void> => {
  try {
    await table.write({
      update: webhookKey(webhook.id),
      set: { state: 'off', end: why, changedAt: instantOf(now), version: webhook.version + 1 },
      if: { equals: { version: webhook.version } },
    });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // a person has changed it in this instant
  }
};

/** Sends nothing there any more, and tells the administrators of its pack. */
const switchOff = async (webhook: Webhook, why: 'gone' | 'failing', doing: Doing): Promise<void> => {
  const said = words[why];
  const { host } = new URL(webhook.url);
  // First: an end that nobody heard of would be silence.
  await tellPeople(
    webhook.pack,
    {
      occasion: `webhook:${webhook.id}:${webhook.version}`,
      subject: {
        ru: `События на ${host} больше не отправляются`,
        en: `Events are not sent to ${host} any more`,
        ro: `Evenimentele nu se mai trimit la ${host}`,
      },
      body: {
        ru: `${said.ru}. Когда он снова примет их, включите отправку: она продолжится с события ${webhook.cursor + 1}.`,
        en: `${said.en}. When it takes them again, switch it on: it goes on with event ${webhook.cursor + 1}.`,
        ro: `${said.ro}. Când le va primi din nou, porniți trimiterea: continuă cu evenimentul ${webhook.cursor + 1}.`,
      },
    },
    doing,
  );
  await end(webhook, why, doing);
};

const carry = async (webhook: Webhook, doing: Doing): Promise<Outcome> => {
  const { table, now, company } = doing;
  const until = wallMs() + runMs;
  let { cursor } = webhook;
  let taken = 0;
  const keep = async () => {
    if (cursor > webhook.cursor) await keepCursor(webhook, cursor, doing);
  };
  for (;;) {
    const page = await readEvents(cursor, perPage, { table, now });
    for (const event of page.items) {
      if (isFor(webhook, event, company)) {
        const answer = await post(webhook, event, now);
        if (!answer.ok) {
          await keep();
          if (answer.gone === true) {
            await switchOff({ ...webhook, cursor }, 'gone', doing);
            return { as: 'done', answer: answer.problem };
          }
          const { problem, afterSeconds } = answer;
          // What took others a moment ago is not failing since its first failure.
          return taken > 0
            ? { as: 'waiting', afterSeconds: afterSeconds ?? 60, answer: problem }
            : { as: 'later', problem, ...(afterSeconds === undefined ? {} : { afterSeconds }) };
        }
        taken += 1;
      }
      cursor = event.n;
      if (taken > 0 && taken % keptEvery === 0) await keep();
      if (wallMs() > until) {
        await keep();
        return { as: 'waiting', afterSeconds: 1, answer: `up to event ${cursor}; more follow` };
      }
    }
    if (!page.more || page.items.length === 0) {
      await keep();
      return { as: 'done', answer: `up to event ${cursor}` };
    }
  }
};

/** Sends the events behind a webhook's cursor, one after another, each until it is taken. */
export const deliverEvents: Executor = {
  lastsDays: 5,
  carry: async ({ input }, doing) => {
    const webhook = await read(input.webhook, doing.table);
    if (webhook === undefined) return { as: 'done', answer: 'taken away' };
    if (webhook.state === 'off') return { as: 'done', answer: 'switched off' };
    try {
      return await carry(webhook, doing);
    } catch (error) {
      if (error instanceof EventsGone) return { as: 'refused', problem: error.message };
      throw error;
    }
  },
  failed: async ({ input, state }, doing) => {
    const webhook = await read(input.webhook, doing.table);
    if (webhook?.state === 'on')
      await (state === 'given-up' ? end(webhook, 'person', doing) : switchOff(webhook, 'failing', doing));
  },
  isMore: async ({ input }, { table }) => {
    const webhook = await read(input.webhook, table);
    return webhook?.state === 'on' && webhook.cursor < (await lastNumber(table));
  },
};

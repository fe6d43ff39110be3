import { isDeepStrictEqual } from 'node:util';
import { wallOf } from '../../local/world/wall.ts';
import type { CardView, DealView, TaskView } from '../../schemas/api/index.ts';
import type { PortEvent } from '../../schemas/event.ts';
import type { Notification, OutgoingMessage } from '../../schemas/message.ts';
import type { Zone } from '../../schemas/time.ts';

/** An answer of the API, of whatever status. */
export type Answer<T = unknown> = { readonly status: number; readonly body: T };

/** How a scenario reaches a running Voronka: its API as some person, and its time. */
export type Driver = {
  call(
    user: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  /** lets time go by until an instant; everything that falls due on the way happens */
  advanceTo(instant: string): Promise<void>;
  /** PUTs a file to a presigned address, with the headers that came with it */
  put(url: string, headers: Record<string, string>, content: string): Promise<number>;
  /** an adapter of an outside system (`instagram`, `mail`) says something; give it an `externalId` of its own */
  says(adapter: string, event: PortEvent): Promise<void>;
  /** a letter comes by mail, as it goes over the wire, for this address of ours; all that follows from it happens */
  letterComes(raw: string, to: string): Promise<void>;
  /** tells the sandbox of a provider (`robokassa`, `cdek`) to do something; all that follows from it happens */
  command(sandbox: string, given: Readonly<Record<string, unknown>>): Promise<unknown>;
  /**
   * Somebody without a token opens an address, such as a client the link of a letter, or sends a form to it; all that follows
   * happens. No redirect is followed: `location` says where it leads.
   */
  visit(
    address: string,
    form?: Readonly<Record<string, string>>,
  ): Promise<{ status: number; text: string; location: string | undefined }>;
  /** letters that reached the mail server, oldest first */
  letters(): Promise<{ to: string; subject: string; text: string; at: string }[]>;
  /** runs that are under way, by name */
  openRuns(): Promise<string[]>;
};

/** One line of a walk-through: when, what happens, and what must then be seen. */
export type Line = {
  /** wall-clock time of the company, `2026-02-02 09:15` */
  readonly at: string;
  readonly event: string;
  /** does it, looks, and says what it saw; throws `NotSeen` */
  readonly play: () => Promise<string>;
};

/** Something that must be observable was not. */
export class NotSeen extends Error {
  override readonly name = 'NotSeen';
}

/** Compares what is seen with what must be. */
export const see = (what: string, seen: unknown, wanted: unknown): void => {
  if (!isDeepStrictEqual(seen, wanted))
    throw new NotSeen(`${what}: seen ${JSON.stringify(seen)}, must be ${JSON.stringify(wanted)}`);
};

/** `2026-02-02 09:15` on the wall clock of a zone as an instant. */
export const local = (zone: Zone, written: string): string => wallOf(zone).instantAt(written).toISOString();

/** `Mon 02 Feb 09:15`: an instant on the wall clock of a zone. */
export const printLocal = (zone: Zone, instant: string): string => {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'short',
      day: '2-digit',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
      .formatToParts(new Date(instant))
      .map(({ type, value }) => [type, value]),
  );
  return `${parts.weekday} ${parts.day} ${parts.month} ${parts.hour}:${parts.minute}`;
};

const industrialZone: Zone = 'Europe/Moscow';
/** `2026-02-02 09:15` in Moscow as an instant. */
export const moscow = (written: string): string => local(industrialZone, written);

/**
 * What a person does and sees through the API; anything but success throws, unless a refusal is what is wanted.
 *
 * @param zone - of the person's wall clock, by which work and notices are told
 */
export const personOn = (driver: Pick<Driver, 'call'>, user: string, zone: Zone = industrialZone) => {
  const ok = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<T> => {
    const answer = await driver.call(user, method, path, body, headers);
    if (answer.status >= 300)
      throw new NotSeen(`${user} ${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body as T; // the server's own schema made it
  };
  const openTasks = async (deal: string): Promise<TaskView[]> => {
    const { tasks } = await ok<CardView>('GET', `/v1/deals/${deal}`);
    return tasks.filter(({ status, kind }) => status === 'open' && kind !== 'watch');
  };
  const task = async (deal: string, step: string): Promise<TaskView> => {
    const found = (await openTasks(deal)).find((one) => one.step === step);
    if (found === undefined) throw new NotSeen(`no open task ${step} on ${deal}`);
    return found;
  };
  return {
    user,
    ok,
    openTasks,
    task,
    card: (deal: string) => ok<CardView>('GET', `/v1/deals/${deal}`),
    /** open tasks as `step due <local time>`, the way a walk-through lists them */
    work: async (deal: string): Promise<string[]> =>
      (await openTasks(deal))
        .map(
          ({ step, title, due }) =>
            `${step ?? title.en}${due === undefined ? '' : ` due ${printLocal(zone, due)}`}`,
        )
        .sort(),
    move: (deal: string, to: string, fields?: Record<string, unknown>) =>
      ok<DealView>('POST', `/v1/deals/${deal}/move`, { to, ...(fields ? { fields } : {}) }),
    change: (deal: string, fields: Record<string, unknown>) =>
      ok<DealView>('PATCH', `/v1/deals/${deal}`, { fields }),
    complete: async (deal: string, step: string, fields?: Record<string, unknown>) =>
      ok<TaskView>('POST', `/v1/tasks/${(await task(deal, step)).id}/complete`, fields ? { fields } : {}),
    decide: async (deal: string, step: string, decision: 'approved' | 'rejected', comment?: string) =>
      ok<TaskView>('POST', `/v1/tasks/${(await task(deal, step)).id}/decide`, {
        decision,
        ...(comment ? { comment } : {}),
      }),
    /** a request that must be refused, with 422 where nothing else is said; answers the reasons */
    refused: async (method: string, path: string, body?: unknown, status = 422): Promise<string> => {
      const answer = await driver.call(user, method, path, body);
      see(`${user} ${method} ${path}`, answer.status, status);
      const { refusals, detail } = answer.body as {
        refusals?: { message: { ru: string } }[];
        detail?: string;
      };
      return refusals?.map(({ message }) => message.ru).join('; ') ?? detail ?? String(answer.status);
    },
    inbox: async (deal: string): Promise<string[]> =>
      (await ok<{ items: Notification[] }>('GET', '/v1/inbox?limit=200')).items
        .filter((one) => one.deal === deal)
        .map((one) => `${printLocal(zone, one.at)} ${one.text}`)
        .reverse(),
    messages: async (deal: string): Promise<OutgoingMessage[]> =>
      (await ok<{ items: OutgoingMessage[] }>('GET', `/v1/deals/${deal}/messages?limit=100`)).items,
  };
};
export type Person = ReturnType<typeof personOn>;

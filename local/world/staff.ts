import { send } from '../../functions/testing/api.ts';
import type { FileRef } from '../../schemas/deal.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Clock } from '../clock.ts';
import type { looksAt } from './looks.ts';

/** An answer of the API that was no success. */
export class Answered extends Error {
  override readonly name = 'Answered';
  readonly status: number;
  /** why, as the person reads it: the problem's refusals, or its detail */
  readonly reasons: readonly string[];

  constructor(what: string, status: number, body: Problem) {
    const reasons = body.refusals?.map(({ path, message }) => `${path}: ${message.en}`) ?? [
      body.detail ?? body.title ?? '',
    ];
    super(`${what}: ${status} ${reasons.join('; ')}`);
    this.status = status;
    this.reasons = reasons;
  }
}

type Problem = {
  title?: string;
  detail?: string;
  refusals?: { path: string; message: { en: string } }[];
};

/** What a request was refused for: `422 fields.lossReason: Fill in “Loss reason”`. @throws if it was not */
export const refusal = async (asked: Promise<unknown>): Promise<string> => {
  try {
    await asked;
  } catch (error) {
    if (error instanceof Answered) return `${error.status} ${error.reasons.join('; ')}`;
    throw error;
  }
  throw new Error('this should have been refused and was carried out');
};

type Fields = Record<string, unknown>;

/** People of a world: what each does goes through the API's own handlers, and what follows at once has happened. */
export const staffOf = (clock: Clock, looks: ReturnType<typeof looksAt>, pack: Pack) => (user: string) => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const answer = await send(user, method, path, body === undefined ? {} : { body });
    await clock.settle();
    if (answer.status >= 300) throw new Answered(`${user} ${method} ${path}`, answer.status, answer.body);
    return answer.body;
  };
  const taskPath = async (deal: string, step: string, verb: string) =>
    `/v1/tasks/${(await looks.task(deal, step)).id}/${verb}`;
  return {
    ask,
    get: (path: string) => ask('GET', path),
    /** @returns the id of the new deal */
    create: async (fields: Fields = {}, more: Fields = {}): Promise<string> =>
      (
        await ask('POST', '/v1/deals', {
          pipeline: pack.pipelines[0]?.id,
          title: '12 bearings',
          fields,
          ...more,
        })
      ).id,
    move: (deal: string, to: string, fields?: Fields) =>
      ask('POST', `/v1/deals/${deal}/move`, { to, ...(fields && { fields }) }),
    change: (deal: string, fields: Fields) => ask('PATCH', `/v1/deals/${deal}`, { fields }),
    assign: (deal: string, responsible: string) => ask('POST', `/v1/deals/${deal}/assign`, { responsible }),
    complete: async (deal: string, step: string, fields?: Fields) =>
      ask('POST', await taskPath(deal, step, 'complete'), fields === undefined ? {} : { fields }),
    decide: async (deal: string, step: string, decision: 'approved' | 'rejected', comment?: string) =>
      ask('POST', await taskPath(deal, step, 'decide'), { decision, ...(comment && { comment }) }),
    /** records a payment in whole units of the pack's currency, roubles for one */
    pay: (deal: string, units: number, more: Fields = {}) =>
      ask('POST', `/v1/deals/${deal}/ledger`, {
        kind: 'payment',
        amount: { amount: units * 100, currency: pack.currency },
        ...more,
      }),
    /** announces a file for a field. @returns what the field is to hold */
    announce: async (deal: string, field: string, name: string): Promise<FileRef> =>
      (await ask('POST', `/v1/deals/${deal}/files`, { name, field, type: 'application/pdf', size: 8 })).ref,
    /** announces a picture, or a PDF by its name, for a field and puts it up. @returns what the field is to hold */
    upload: async (deal: string, field: string, name: string): Promise<FileRef> => {
      const type = name.endsWith('.pdf') ? 'application/pdf' : 'image/jpeg';
      const announced = { name, field, type, size: 8 };
      const { ref, put, headers } = await ask('POST', `/v1/deals/${deal}/files`, announced);
      const { ok, status } = await fetch(put, { method: 'PUT', headers, body: '8 bytes!' });
      if (!ok) throw new Answered(`${user} PUT ${name}`, status, {});
      return ref;
    },
    /** starts a process from a deal. @returns the id of its deal */
    start: async (deal: string, pipeline: string, fields: Fields = {}): Promise<string> =>
      (await ask('POST', `/v1/deals/${deal}/processes`, { pipeline, fields })).id,
  };
};

import * as z from 'zod';
import { clock } from '../../shared/clock.ts';
import { outside } from '../../shared/outside.ts';
import type { CdekAccount } from './account.ts';
import { CdekAway, CdekLocked, CdekProblem, CdekRefused, isOfToken, isPassing } from './errors.ts';
import { baseOf, forgetToken, json, retryAfter, tokenOf } from './token.ts';

type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export type Ask<S extends z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** below `/v2`, with ids that `segment` has made fit */
  readonly path: string;
  readonly query?: Query;
  readonly body?: unknown;
  /** what the answer has to be; further members are let pass */
  readonly shape: S;
  readonly maxBytes?: number;
};

/** CDEK as one account sees it. */
export type Cdek = {
  /**
   * One call.
   *
   * @throws {CdekRefused} if CDEK says no by its codes, whatever the status of the answer
   * @throws {CdekAway} if it is busy or cannot be read
   * @throws {CdekLocked} if the account is not accepted
   * @throws {Unreachable} if no answer came
   */
  ask<S extends z.ZodType>(ask: Ask<S>): Promise<z.output<S>>;
  /** A file that needs the account's token. */
  file(path: string): Promise<Uint8Array>;
  /** the address its methods begin with; tells hosts apart, where something is kept by it */
  readonly base: string;
};

/** Errors wherever CDEK puts them: at the top, or with a request that was found invalid. */
const Errors = z.object({
  errors: z.array(CdekProblem).nullish(),
  requests: z
    .array(z.object({ state: z.string().nullish(), errors: z.array(CdekProblem).nullish() }))
    .nullish(),
});

const problemsIn = (answer: unknown): { top: readonly CdekProblem[]; all: readonly CdekProblem[] } => {
  // Lists have no errors, and what is no JSON is judged by its status and its shape.
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return { top: [], all: [] };
  const read = Errors.safeParse(answer);
  if (!read.success) {
    // Errors that cannot be read are errors: silence would make a refusal an empty success.
    const unreadable = [{ code: 'unreadable' }];
    return { top: unreadable, all: unreadable };
  }
  const top = read.data.errors ?? [];
  return { top, all: [...top, ...(read.data.requests ?? []).flatMap(({ errors }) => errors ?? [])] };
};

/** An id as a part of a path. */
export const segment = (id: string): string => {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw new RangeError('no id of CDEK: letters, digits and dashes');
  return id;
};

const queryOf = (query: Query): string => {
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
};

/** The method and the path without ids, for messages: `GET /orders/…`. */
const nameOf = (method: string, path: string): string =>
  `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, '…')}`;

const maxJson = 4 * 1024 * 1024; // a page of delivery points
const maxFile = 8 * 1024 * 1024;

/** CDEK as an account sees it. Tokens are fetched when needed, kept, and fetched anew once where one is refused. */
export const cdek = (account: CdekAccount, now: () => Date = clock.now): Cdek => {
  const base = baseOf(account);

  const send = async (
    method: string,
    path: string,
    options: { query?: Query; body?: unknown; accept: string; maxBytes: number },
  ) => {
    const url = `${base}${path}${queryOf(options.query ?? {})}`;
    const once = async (token: string) =>
      outside(url, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          accept: options.accept,
          ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
        maxBytes: options.maxBytes,
      });
    const refused = (answer: Awaited<ReturnType<typeof once>>): boolean =>
      answer.status === 401 ||
      (answer.status >= 400 && isOfToken(problemsIn(json(answer.text())).all.map(({ code }) => code)));

    const token = await tokenOf(account, now());
    const first = await once(token);
    if (!refused(first)) return first;
    // A call whose token was refused was not carried out: it may be sent again, once.
    await forgetToken(account, token);
    const second = await once(await tokenOf(account, now()));
    if (refused(second)) throw new CdekLocked(new URL(base).host);
    return second;
  };

  /** Throws for all that is no success. */
  const judge = (name: string, answer: { status: number; headers: Headers; text(): string }): void => {
    const { status, headers } = answer;
    if (status < 300) return;
    if (status === 429)
      throw new CdekAway(`takes no more calls at the moment (${name})`, 'no', retryAfter(headers));
    const { all } = problemsIn(json(answer.text()));
    const codes = all.map(({ code }) => code);
    if (status >= 500 || isPassing(codes))
      throw new CdekAway(`answers ${status} to ${name}`, 'maybe', retryAfter(headers));
    if (all.length > 0) throw new CdekRefused(all);
    // No error of its own: a gateway between us, or a path it does not have.
    if (status === 403) throw new CdekLocked(new URL(base).host);
    throw new CdekAway(`answers ${status} to ${name} without a reason`, 'maybe');
  };

  return {
    base,
    async ask({ method, path, query, body, shape, maxBytes }) {
      const name = nameOf(method, path);
      const answer = await send(method, path, {
        ...(query === undefined ? {} : { query }),
        ...(body === undefined ? {} : { body }),
        accept: 'application/json',
        maxBytes: maxBytes ?? maxJson,
      });
      judge(name, answer);
      const said = json(answer.text());
      const { top } = problemsIn(said); // the calculator says no with 200
      if (isPassing(top.map(({ code }) => code)))
        throw new CdekAway(`cannot do ${name} at the moment`, 'maybe');
      if (top.length > 0) throw new CdekRefused(top);
      const read = shape.safeParse(said);
      if (read.success) return read.data;
      // Where it is wrong, not what is there: an order holds a client's name and phone.
      const where = read.error.issues.map((issue) => issue.path.join('.') || 'the whole').slice(0, 5);
      throw new CdekAway(`answers ${name} in a shape that is not its own: ${where.join(', ')}`, 'maybe');
    },
    async file(path) {
      const answer = await send('GET', path, { accept: 'application/pdf', maxBytes: maxFile });
      judge(nameOf('GET', path), answer);
      return answer.bytes;
    },
  };
};

/** What became of a request that CDEK works off by and by. */
export const CdekRequest = z.object({
  request_uuid: z.string().nullish(),
  type: z.string(),
  date_time: z.string().nullish(),
  state: z.enum(['ACCEPTED', 'WAITING', 'SUCCESSFUL', 'INVALID']),
  errors: z.array(CdekProblem).nullish(),
  warnings: z.array(CdekProblem).nullish(),
});
export type CdekRequest = z.infer<typeof CdekRequest>;

/** The answer to what makes or changes something. */
export const Accepted = z.object({
  entity: z.object({ uuid: z.string().optional() }).nullish(),
  requests: z.array(CdekRequest).default([]),
});

/**
 * The id of what CDEK has taken on; taken on is not done.
 *
 * @throws {CdekRefused} if it says at once that the request is invalid
 */
export const uuidOf = (answer: z.infer<typeof Accepted>): string => {
  const invalid = answer.requests.filter(({ state }) => state === 'INVALID');
  if (invalid.length > 0) {
    const errors = invalid.flatMap((request) => request.errors ?? []);
    if (isPassing(errors.map(({ code }) => code)))
      throw new CdekAway('cannot take it at the moment', 'maybe');
    throw new CdekRefused(errors.length > 0 ? errors : [{ code: 'v2_entity_invalid' }]);
  }
  const uuid = answer.entity?.uuid;
  if (uuid === undefined) throw new CdekAway('takes a request without naming its id', 'maybe');
  return uuid;
};

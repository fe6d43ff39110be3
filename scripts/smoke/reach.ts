import type * as z from 'zod';
import { type Api, api, type EndpointName } from '../../schemas/api/index.ts';

export type Reply = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** What was looked at and found otherwise. */
export class NotAsItShould extends Error {
  override readonly name = 'NotAsItShould';
}

/** There is nothing to look at, and why. */
export class NothingThere extends Error {
  override readonly name = 'NothingThere';
}

/** Nobody answers at the address, so that there is nothing more to ask. */
export class NobodyAnswers extends Error {
  override readonly name = 'NobodyAnswers';
}

export const expect = (holds: boolean, otherwise: string): void => {
  if (!holds) throw new NotAsItShould(otherwise);
};

const json = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** The system as it is reached from outside. */
export type Reach = {
  readonly ask: (
    path: string,
    options?: { method?: string; headers?: Record<string, string> },
  ) => Promise<Reply>;
  /** the answer to a signed-in request, in the form that the API promises for it */
  readonly read: <N extends EndpointName>(endpoint: N, path: string) => Promise<z.output<Api[N]['answer']>>;
};

export const reach = (url: string, token: string | undefined): Reach => {
  const base = url.replace(/\/$/, '');
  const ask: Reach['ask'] = async (path, { method = 'GET', headers = {} } = {}) => {
    const response = await fetch(`${base}${path}`, { method, headers, redirect: 'manual' }).catch(
      (error: Error) => {
        const why = error.cause instanceof Error ? error.cause.message : error.message;
        throw new NobodyAnswers(
          `nobody answers at ${url} (${why}); the address is the output ApiUrl of the stack`,
        );
      },
    );
    return { status: response.status, headers: response.headers, body: json(await response.text()) };
  };
  const read: Reach['read'] = async (endpoint, path) => {
    if (token === undefined) throw new NothingThere('no --token');
    const { status, body } = await ask(path, { headers: { authorization: `Bearer ${token}` } });
    expect(
      status !== 401,
      `${path} refuses the token; one is good for an hour, and the next comes from npm run token`,
    );
    expect(status === 200, `${path} answers ${status}: ${JSON.stringify(body)?.slice(0, 200)}`);
    const parsed = api[endpoint].answer.safeParse(body);
    const [issue] = parsed.error?.issues ?? [];
    expect(parsed.success, `${path}: ${issue?.path.join('.')} ${issue?.message}`);
    return parsed.data as z.output<Api[typeof endpoint]['answer']>;
  };
  return { ask, read };
};

import * as z from 'zod';

/** The API answered with a problem, or was not there at all. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

const Problem = z.looseObject({ title: z.string().optional(), detail: z.string().optional() });

/** Asks the public API. @throws {NoAnswer} in words for the person at the keyboard */
export type Ask = (method: 'GET' | 'POST', path: string, body?: unknown) => Promise<unknown>;

export const asker =
  (url: string, token: string | undefined): Ask =>
  async (method, path, body) => {
    const address = `${url.replace(/\/$/, '')}${path}`;
    let response: Response;
    try {
      response = await fetch(address, {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
    } catch (cause) {
      throw new NoAnswer(`${url} does not answer; is the address right?`, { cause });
    }
    const text = await response.text();
    if (response.ok) return JSON.parse(text);
    if (response.status === 401)
      throw new NoAnswer(
        token === undefined
          ? `${url} wants to know who asks: give an administrator's token by VORONKA_TOKEN, which npm run token prints`
          : `${url} refuses the token; one is good for an hour, and the next comes from npm run token`,
      );
    const { title = response.statusText, detail } = Problem.safeParse(parsed(text)).data ?? {};
    throw new NoAnswer(`${method} ${path}: ${response.status} ${detail ?? title}`);
  };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return {}; // a gateway's own page
  }
};

const Page = z.looseObject({ items: z.array(z.unknown()), cursor: z.string().optional() });

/**
 * Every item of a list, page by page.
 *
 * @param page - asks for the page behind a cursor; a plan that is being applied is carried out by this
 */
export async function* each<T>(
  of: z.ZodType<T>,
  page: (cursor?: string) => Promise<unknown>,
): AsyncIterable<T> {
  let cursor: string | undefined;
  do {
    const answer = Page.parse(await page(cursor));
    for (const item of answer.items) yield of.parse(item);
    cursor = answer.cursor;
  } while (cursor !== undefined);
}

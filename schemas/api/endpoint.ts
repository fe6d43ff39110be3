import * as z from 'zod';

/** The Lambda function that serves an endpoint. */
export type Service =
  | 'deals'
  | 'tasks'
  | 'ledger'
  | 'contacts'
  | 'admin'
  | 'inbox'
  | 'reports-api'
  | 'payments'
  | 'delivery'
  | 'outbox'
  | 'pages';

/** One route of the HTTP API: routes, OpenAPI and handlers are all made from this. */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/deals/{id}/move` */
  readonly path: string;
  readonly service: Service;
  readonly summary: string;
  /** served without a token */
  readonly public?: true;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly answer: Answer;
  /** 200 where absent */
  readonly status?: 201 | 202 | 204;
  /** takes and answers what is no JSON: pages for people, calls of other companies' systems; public at all times */
  readonly raw?: { readonly maxBytes: number };
  /** called by another company's system, perhaps many times at once: it has room of its own beside people's clicks */
  readonly callback?: true;
};

export const endpoint = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  spec: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> => spec;

/** What a raw endpoint is told apart by: its handler reads bytes and answers them. */
export type Raw = { readonly raw: { readonly maxBytes: number }; readonly public: true };

type Open = Pick<Endpoint, 'method' | 'path' | 'service' | 'summary' | 'callback'>;

/**
 * An endpoint that reads bytes and answers a page or a word: a client's page, a callback of a provider. It is public, checks
 * its caller itself, and says nothing of what it was given when it refuses.
 *
 * @param spec.maxBytes - of a request's body; 64 kB where absent
 */
export const rawEndpoint = <P extends z.ZodType>({
  maxBytes = 65_536,
  ...spec
}: Open & { readonly params: P; readonly maxBytes?: number }): Endpoint<
  P,
  z.ZodUnknown,
  z.ZodUnknown,
  z.ZodString
> &
  Raw => ({
  ...spec,
  public: true,
  raw: { maxBytes },
  query: z.unknown(),
  body: z.unknown(),
  answer: z.string(),
});

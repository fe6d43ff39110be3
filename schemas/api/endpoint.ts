import type * as z from 'zod';

/** The Lambda function that serves an endpoint. */
export type Service = 'deals' | 'tasks' | 'ledger' | 'contacts' | 'admin' | 'inbox' | 'reports-api';

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
};

export const endpoint = <P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  spec: Endpoint<P, Q, B, A>,
): Endpoint<P, Q, B, A> => spec;

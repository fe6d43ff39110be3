import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { VoronkaError } from './errors.ts';
import { type About, about, log } from './log.ts';
import type { Measure } from './measures.ts';
import { count, type Of, tellMetrics } from './metrics.ts';

/** The events of our functions, read no further than a line of the log needs; what is odd is the handler's to refuse. */
const Step = z.object({
  run: z.object({ deal: z.string(), pack: z.string(), pipeline: z.string() }),
  execution: z.string(),
  step: z.object({ id: z.string() }),
});
const Request = z.object({
  routeKey: z.string(),
  pathParameters: z.object({ id: z.string() }).partial().nullish(),
  requestContext: z.object({ requestId: z.string() }).partial().nullish(),
});
const Said = z.object({
  'detail-type': z.string(),
  detail: z.object({ deal: z.string(), name: z.string(), executionArn: z.string() }).partial(),
});

/** What an event is about, and whose process it drives where it says so. */
type Seen = { readonly about: About; readonly of?: Of; readonly isMove: boolean };

const see = (event: unknown): Seen => {
  const step = Step.safeParse(event).data;
  if (step !== undefined) {
    const { deal, ...of } = step.run;
    return { about: { deal, run: step.execution, step: step.step.id }, of, isMove: false };
  }
  const request = Request.safeParse(event).data;
  if (request !== undefined) {
    const { routeKey, pathParameters, requestContext } = request;
    const deal = routeKey.includes(' /v1/deals/{id}') ? pathParameters?.id : undefined;
    const call = requestContext?.requestId;
    return {
      about: {
        route: routeKey,
        ...(deal === undefined ? {} : { deal }),
        ...(call === undefined ? {} : { call }),
      },
      isMove: routeKey === 'POST /v1/deals/{id}/move',
    };
  }
  const { deal, name, executionArn } = Said.safeParse(event).data?.detail ?? {};
  return {
    about: { ...(deal === undefined ? {} : { deal }), ...(executionArn === undefined ? {} : { run: name }) },
    isMove: false,
  };
};

/** X-Ray's id of this call, which the runtime keeps in the environment while the call lasts; none where nothing is recorded. */
const traceId = (): string | undefined => {
  const header = process.env._X_AMZN_TRACE_ID ?? '';
  return header.includes('Sampled=0') ? undefined : /Root=([^;]+)/.exec(header)?.[1];
};

const aboutCall = (context: Partial<Context> | undefined): About => {
  const trace = traceId();
  return {
    ...(context?.functionName === undefined ? {} : { function: context.functionName }),
    ...(context?.awsRequestId === undefined ? {} : { request: context.awsRequestId }),
    ...(trace === undefined ? {} : { trace }),
  };
};

const isRefusal = (answer: unknown): boolean =>
  typeof answer === 'object' && answer !== null && 'statusCode' in answer && answer.statusCode === 422;

/** The one line about a call that ends badly: what the runtime says of it itself names neither deal nor run. */
const tellFailure = (error: unknown): void => {
  const mends = error instanceof VoronkaError ? error.mends : 'us';
  if (mends === 'caller' || mends === 'business') log.info({ error }, 'a call was refused');
  else if (mends === 'time') log.warn({ error }, 'a call has to come again');
  else log.error({ error }, 'a call failed');
};

/**
 * What is around every handler: each line of its log says of which function, call, deal and run it is, and what was counted
 * meanwhile is told when it ends, well or badly.
 *
 * @param options.failed - counted when the handler throws
 */
export const observed =
  <Event, Answer>(
    handler: (event: Event, context: Context) => Promise<Answer>,
    options: { readonly failed?: Measure } = {},
  ) =>
  (event: Event, context?: Partial<Context>): Promise<Answer> => {
    const seen = see(event);
    return about({ ...aboutCall(context), ...seen.about }, async () => {
      try {
        const answer = await handler(event, (context ?? {}) as Context);
        if (seen.isMove && isRefusal(answer)) count('MovesRefused');
        return answer;
      } catch (error) {
        tellFailure(error);
        if (options.failed !== undefined) count(options.failed, seen.of);
        if (seen.of !== undefined && error instanceof Error && error.name === 'Refused')
          count('MovesRefused', seen.of); // of all steps a goto alone is refused
        throw error;
      } finally {
        tellMetrics();
      }
    });
  };

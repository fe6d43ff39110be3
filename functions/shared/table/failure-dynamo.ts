import { setTimeout as pause } from 'node:timers/promises';
import {
  ConditionalCheckFailedException,
  DynamoDBServiceException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import { Conflict, Passing, VoronkaError } from '../errors.ts';
import { BadWrite, ConditionFailed } from './port.ts';

const busy = new Set([
  'ProvisionedThroughputExceededException',
  'ThrottlingException',
  'ThrottlingError',
  'ProvisionedThroughputExceeded',
  'RequestLimitExceeded',
  'InternalServerError',
  'ServiceUnavailable',
  'TimeoutError',
]);

// Another transaction holds one of the rows: over in milliseconds.
const contended = new Set([
  'TransactionConflict',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

const codesOf = (error: unknown): (string | undefined)[] =>
  error instanceof TransactionCanceledException
    ? (error.CancellationReasons ?? []).map(({ Code }) => Code)
    : error instanceof Error
      ? [error.name]
      : [];

const anyIn = (codes: readonly (string | undefined)[], set: ReadonlySet<string>) =>
  codes.some((code) => code !== undefined && set.has(code));

const isUnreachable = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && /^E(CONN|PIPE|TIMEDOUT|AI_AGAIN)/.test(String(error.code));

/** A failure of the service in the port's words; what we don't know stays as it is, a fault. */
export const translated = (error: unknown): unknown => {
  if (error instanceof VoronkaError) return error;
  if (error instanceof ConditionalCheckFailedException) return new ConditionFailed([0], { cause: error });
  const codes = codesOf(error);
  const failed = codes.flatMap((code, at) => (code === 'ConditionalCheckFailed' ? [at] : []));
  if (failed.length > 0) return new ConditionFailed(failed, { cause: error });
  if (anyIn(codes, contended)) {
    return new Conflict('others keep writing the same rows; repeat the request', { cause: error });
  }
  if (codes.includes('IdempotentParameterMismatchException')) {
    return new Conflict('the token has been used for other writes; use a new one', { cause: error });
  }
  if (anyIn(codes, busy) || isUnreachable(error)) {
    return new Passing('the table is busy or away', { cause: error, retryAfterSeconds: 1 });
  }
  if (codes.includes('ValidationException') || codes.includes('ValidationError')) {
    const reasons =
      error instanceof TransactionCanceledException
        ? error.CancellationReasons?.flatMap(({ Message }) => Message ?? []).join('; ')
        : undefined;
    const said = reasons ?? (error instanceof DynamoDBServiceException ? error.message : '');
    return new BadWrite(`the table refused the request: ${said}`, { cause: error });
  }
  return error;
};

/**
 * Sends a request until no other transaction is in its way, six times at most, then throws the failure in the
 * port's words.
 */
export const patiently = async <T>(send: () => Promise<T>): Promise<T> => {
  for (let attempt = 0; ; attempt++) {
    try {
      return await send();
    } catch (error) {
      const codes = codesOf(error);
      const again = attempt < 5 && anyIn(codes, contended) && !codes.includes('ConditionalCheckFailed');
      if (!again) throw translated(error);
      await pause(Math.random() * 20 * 2 ** attempt);
    }
  }
};

import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { AwsFault } from '../aws/aws-json.ts';
import type { Json } from './pattern-refused.ts';
import type { BusEvent, Place } from './rule.ts';

/** One entry of `PutEvents`, as it is on the wire; `Time` is in seconds since 1970. */
export const PutEventsEntry = z.object({
  Source: z.string().optional(),
  DetailType: z.string().optional(),
  Detail: z.string().optional(),
  EventBusName: z.string().optional(),
  Resources: z.array(z.string()).optional(),
  Time: z.union([z.number(), z.date()]).optional(),
  TraceHeader: z.string().optional(),
});
export type PutEventsEntry = z.infer<typeof PutEventsEntry>;

export type PutEventsResultEntry = { EventId: string } | { ErrorCode: string; ErrorMessage: string };

export type PutEventsResult = { FailedEntryCount: number; Entries: PutEventsResultEntry[] };

export const MAX_ENTRIES = 10;
export const MAX_BYTES = 256 * 1024;

/**
 * Checks what the service checks of a whole request: the number of entries, and their size together.
 *
 * @throws {AwsFault} ValidationException; none of the entries is accepted then
 */
export const checkRequest = (entries: readonly PutEventsEntry[]): void => {
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    const bound =
      entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`;
    throw new AwsFault(
      'ValidationException',
      `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${bound}`,
    );
  }
  if (entries.reduce((sum, entry) => sum + bytesOf(entry), 0) > MAX_BYTES) {
    throw new AwsFault('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
};

/** The size that the service bills: a time counts 14 bytes, every text its UTF-8 length. */
const bytesOf = (entry: PutEventsEntry): number =>
  (entry.Time === undefined ? 0 : 14) +
  [entry.Source, entry.DetailType, entry.Detail, ...(entry.Resources ?? [])].reduce(
    (sum, text) => sum + Buffer.byteLength(text ?? ''),
    0,
  );

/** The event an entry stands for, or why this one entry is not accepted. */
export const eventOf = (
  entry: PutEventsEntry,
  { account, region, now }: Place & { now: Date },
): BusEvent | { ErrorCode: string; ErrorMessage: string } => {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if ((entry[name] ?? '') === '') return invalid(name);
  }
  if (entry.Source?.startsWith('aws.')) {
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  }
  const detail = objectOf(entry.Detail ?? '');
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const at = typeof entry.Time === 'number' ? new Date(entry.Time * 1_000) : (entry.Time ?? now);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': entry.DetailType ?? '',
    source: entry.Source ?? '',
    account,
    time: wholeSeconds(at),
    region,
    resources: entry.Resources ?? [],
    detail,
  };
};

/** `2026-01-01T10:00:05Z`: the envelope's time has no fraction. */
export const wholeSeconds = (at: Date): string => `${at.toISOString().slice(0, 19)}Z`;

const invalid = (name: string) => ({
  ErrorCode: 'InvalidArgument',
  ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
});

const objectOf = (text: string): { [key: string]: Json } | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    return value as { [key: string]: Json };
  } catch {
    return undefined; // said to the caller as MalformedDetail
  }
};

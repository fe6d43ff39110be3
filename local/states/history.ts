import type { EventRecord } from './frame.ts';
import type { Json } from './json.ts';

/** An event as `GetExecutionHistory` gives it; `timestamp` in epoch ms. */
export type HistoryEvent = {
  id: number;
  previousEventId: number;
  timestamp: number;
  type: string;
  [details: `${string}EventDetails`]: Record<string, unknown>;
};

const SHARED: Record<string, string> = {
  StateEntered: 'stateEnteredEventDetails',
  StateExited: 'stateExitedEventDetails',
  StateAborted: '',
};

const detailsKey = (type: string): string => {
  for (const [suffix, key] of Object.entries(SHARED)) if (type.endsWith(suffix)) return key;
  return `${type[0]?.toLowerCase()}${type.slice(1)}EventDetails`;
};

const FULL = { truncated: false };

const text = (value: Json): string => JSON.stringify(value);

/** Turns a kept record into the service's shape: payloads become JSON text, details get their key. */
export const expand = (record: EventRecord, id: number, region: string): HistoryEvent => {
  const event: HistoryEvent = { id, previousEventId: record.p, timestamp: record.at, type: record.t };
  const key = detailsKey(record.t);
  if (!record.d || !key) return event;
  const { input, output, assigned, parameters, ...plain } = record.d;
  const details: Record<string, unknown> = { ...plain };
  if (input !== undefined) Object.assign(details, { input: text(input), inputDetails: FULL });
  if (output !== undefined) Object.assign(details, { output: text(output), outputDetails: FULL });
  if (assigned !== undefined) {
    const variables = Object.entries(assigned).map(([name, value]) => [name, text(value)]);
    Object.assign(details, {
      assignedVariables: Object.fromEntries(variables),
      assignedVariablesDetails: FULL,
    });
  }
  if (parameters !== undefined) Object.assign(details, { parameters: text(parameters), region });
  event[key as `${string}EventDetails`] = details;
  return event;
};

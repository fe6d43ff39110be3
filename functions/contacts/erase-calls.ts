import type { Call } from '../../schemas/call.ts';
import { callOf, callRow, receivedOf, receivedRow } from '../calls/rows.ts';
import { ConditionFailed, type Item, type Table, type Write } from '../shared/table/port.ts';
import { type Identifiers, redactorOf } from './redact.ts';

type Redact = (text: string) => string;

const redacted = (value: unknown, redact: Redact): unknown => {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => redacted(one, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redacted(one, redact)]));
};

const callWithout = (call: Call, redact: Redact): Call => ({
  ...call,
  input: redacted(call.input, redact) as Call['input'],
  ...(call.answer === undefined ? {} : { answer: redact(call.answer) }),
  ...(call.problem === undefined ? {} : { problem: redact(call.problem) }),
  history: call.history.map((one) => ({
    ...one,
    ...(one.said === undefined ? {} : { said: redact(one.said) }),
  })),
});

/** The row without the person, where it names them; the write is refused if somebody was at it meanwhile. */
const withoutPerson = (row: Item, redact: Redact): Write | undefined => {
  if (row.row === 'call') {
    const before = callOf(row);
    const after = callWithout(before, redact);
    const { state, attempts } = before;
    return JSON.stringify(after) === JSON.stringify(before)
      ? undefined
      : { put: callRow(after), if: { equals: { state, attempts } } };
  }
  const before = receivedOf(row);
  const raw = redact(before.raw);
  const { state, attempts } = before;
  return raw === before.raw
    ? undefined
    : { put: receivedRow({ ...before, raw }), if: { equals: { state, attempts } } };
};

/** Takes a person out of what an outside system was asked for, or said, about a deal. */
export const eraseCall = async (found: Item, identifiers: Identifiers, table: Table): Promise<void> => {
  const redact = redactorOf(identifiers);
  for (let row: Item | undefined = found; row !== undefined; ) {
    const write = withoutPerson(row, redact);
    if (write === undefined) return;
    try {
      await table.write(write);
      return;
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // otherwise it is just being worked on
      row = await table.get({ pk: row.pk, sk: row.sk }, { consistent: true });
    }
  }
};

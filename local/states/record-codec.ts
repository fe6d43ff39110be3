import type { EventRecord } from './frame.ts';
import type { Json } from './json.ts';

/** An event as written: `s` names the payloads left out because the payload before them was the same. */
type Written = EventRecord & { s?: string };

/**
 * Writes a batch of events as text. A value handed from state to state stands in several events; it is
 * written once, which more than halves what a chain of states costs on disk.
 */
export const encode = (records: readonly EventRecord[]): string => {
  let last: Json | undefined;
  const written = records.map((record): Written => {
    const { d } = record;
    if (!d || (d.input === undefined && d.output === undefined)) return record;
    const { input, output, ...details } = d;
    let same = '';
    const kept: EventRecord['d'] = details;
    if (input !== undefined) {
      if (input === last) same += 'i';
      else kept.input = input;
      last = input;
    }
    if (output !== undefined) {
      if (output === last) same += 'o';
      else kept.output = output;
      last = output;
    }
    return same === '' ? record : { ...record, d: kept, s: same };
  });
  return JSON.stringify(written);
};

/** Reads a batch back. */
export const decode = (text: string): EventRecord[] => {
  let last: Json = null;
  return (JSON.parse(text) as Written[]).map(({ s = '', ...record }) => {
    if (!record.d) return record;
    if (s.includes('i')) record.d.input = last;
    if (record.d.input !== undefined) last = record.d.input;
    if (s.includes('o')) record.d.output = last;
    if (record.d.output !== undefined) last = record.d.output;
    return record;
  });
};

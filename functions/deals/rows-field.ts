import { type FieldValue, FileRef, type Row } from '../../schemas/deal.ts';
import type { Column, Field } from '../../schemas/pipeline.ts';
import { Day } from '../../schemas/time.ts';

type Cell = Row[string];
type Read<T> = { readonly value: T } | { readonly wanted: string };

/** The longest text a cell holds. */
const cellMax = 500;

const readCell = (column: Column, given: unknown): Read<Cell> => {
  switch (column.type) {
    case 'text':
      return typeof given === 'string' && given.trim() !== '' && given.length <= cellMax
        ? { value: given }
        : { wanted: `a text of 1 to ${cellMax} characters` };
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) ? { value: given } : { wanted: 'a number' };
    case 'money':
      return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0
        ? { value: given }
        : { wanted: `whole minor units of ${column.currency}, zero or more` };
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : { wanted: 'true or false' };
    case 'date': {
      const day = Day.safeParse(given);
      return day.success ? { value: day.data } : { wanted: 'a day such as 2026-02-11' };
    }
    case 'enum':
      return typeof given === 'string' && Object.hasOwn(column.options, given)
        ? { value: given }
        : { wanted: `one of ${Object.keys(column.options).join(', ')}` };
    case 'file': {
      const ref = FileRef.safeParse(given);
      return ref.success
        ? { value: ref.data }
        : { wanted: 'the `ref` that announcing the file answered: { id, name, version }' };
    }
    default:
      return column satisfies never;
  }
};

const readRow = (columns: Readonly<Record<string, Column>>, given: unknown, at: number): Read<Row> => {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return { wanted: `row ${at}: values by column: ${Object.keys(columns).join(', ')}` };
  const row: Row = {};
  for (const [id, value] of Object.entries(given)) {
    const column = columns[id];
    if (column === undefined)
      return { wanted: `row ${at}: "${id}" is no column; columns are ${Object.keys(columns).join(', ')}` };
    if (value === null || value === undefined) continue;
    const read = readCell(column, value);
    if ('wanted' in read) return { wanted: `row ${at}, ${id}: ${read.wanted}` };
    row[id] = read.value;
  }
  const missing = Object.entries(columns).flatMap(([id, { required }]) =>
    required === true && row[id] === undefined ? [id] : [],
  );
  return missing.length === 0 ? { value: row } : { wanted: `row ${at}: a value for ${missing.join(', ')}` };
};

/** Reads the rows given for a field of rows; `row 1` is the first. */
export const readRows = (field: Extract<Field, { type: 'rows' }>, given: unknown): Read<FieldValue> => {
  if (!Array.isArray(given) || given.length > field.max)
    return { wanted: `at most ${field.max} rows { ${Object.keys(field.columns).join(', ')} }` };
  const rows: Row[] = [];
  for (const [at, one] of given.entries()) {
    const read = readRow(field.columns, one, at + 1);
    if ('wanted' in read) return read;
    rows.push(read.value);
  }
  return { value: rows };
};

import type { Pipeline } from '../../schemas/pipeline.ts';
import { reaches } from './reach.ts';
import type { Reader } from './rights.ts';

/**
 * Columns of a field of rows that each of the reader's roles hides; none for the system, and none is shown by a role of
 * another pack.
 */
export const hiddenColumns = (
  field: string,
  pipeline: Pipeline,
  reader: Pick<Reader, 'roles' | 'homes'> | undefined,
): ReadonlySet<string> => {
  const found = pipeline.fields[field];
  if (found?.type !== 'rows' || reader === undefined) return new Set();
  const roles = reader.roles.filter((role) => reaches(role, reader, pipeline.id));
  return new Set(
    Object.entries(found.columns).flatMap(([id, { hiddenFrom = [] }]) =>
      roles.every((role) => hiddenFrom.includes(role.id)) ? [id] : [],
    ),
  );
};

/** The same rows, or pairs of them as the history keeps, without these columns. */
const without = (value: unknown, columns: ReadonlySet<string>): unknown => {
  if (Array.isArray(value)) return value.map((one) => without(one, columns));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([column]) => !columns.has(column)));
};

/** Values by field, rows among them without the columns that are hidden from the reader. */
export const withOpenColumns = <T>(
  values: Readonly<Record<string, T>>,
  pipeline: Pipeline,
  reader: Pick<Reader, 'roles' | 'homes'> | undefined,
): Record<string, T> => {
  const open: Record<string, T> = { ...values };
  for (const [id, field] of Object.entries(pipeline.fields)) {
    if (field.type !== 'rows' || open[id] === undefined) continue;
    const hidden = hiddenColumns(id, pipeline, reader);
    if (hidden.size > 0) open[id] = without(open[id], hidden) as T;
  }
  return open;
};

/** Whether an expression reads a column that is hidden from the reader. */
export const readsHiddenColumn = (
  expression: string,
  pipeline: Pipeline,
  reader: Pick<Reader, 'roles' | 'homes'>,
): boolean => {
  const names = new Set(expression.match(/[A-Za-z_]\w*/g));
  return Object.keys(pipeline.fields).some(
    (id) => names.has(id) && [...hiddenColumns(id, pipeline, reader)].some((column) => names.has(column)),
  );
};

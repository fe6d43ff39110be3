import { FileRef } from '../../schemas/deal.ts';

/** Every file a value of a field points at: the value itself, one of a list, or a cell of a row. */
export const refsIn = (value: unknown): FileRef[] => {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  const ref = FileRef.safeParse(value);
  if (ref.success) return [ref.data];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(refsIn) : [];
};

import type { Pack } from '../../schemas/pack.ts';

/** Keys that are obvious from what stands beneath them. */
const unsaid = new Set(['pipelines', 'stages', 'work', 'steps', 'branches', 'body', 'cases', 'on']);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const nameOf = (element: unknown, key: string): string[] => {
  if (isRecord(element)) {
    const { id, pipeline, to } = element;
    const name = [id, to, pipeline].find((one) => typeof one === 'string');
    if (typeof name === 'string') return [name];
  }
  return unsaid.has(key) || /^\d+$/.test(key) ? [] : [key];
};

const walk = (value: unknown, path: readonly string[], found: (id: string, path: string) => void): void => {
  if (Array.isArray(value)) {
    for (const [index, element] of value.entries())
      walk(element, [...path, ...nameOf(element, String(index))], found);
    return;
  }
  if (!isRecord(value)) return;
  const { needs, ...rest } = value;
  if (Array.isArray(needs)) for (const id of needs) found(String(id), path.join('/') || '(the pack)');
  for (const [key, inner] of Object.entries(rest))
    walk(
      inner,
      [...path, ...(Array.isArray(inner) ? (unsaid.has(key) ? [] : [key]) : nameOf(inner, key))],
      found,
    );
};

/** Where a pack says that an element meets a requirement: `goods/express-identification/express-identification/late`. */
export const saidBy = (pack: Pack): ReadonlyMap<string, readonly string[]> => {
  const said = new Map<string, string[]>();
  walk(pack, [], (id, path) => said.set(id, [...new Set([...(said.get(id) ?? []), path])]));
  return said;
};

/** The same of several packs. */
export const saidByAll = (packs: readonly Pack[]): ReadonlyMap<string, readonly string[]> => {
  const all = new Map<string, readonly string[]>();
  for (const [id, paths] of packs.flatMap((pack) => [...saidBy(pack)]))
    all.set(id, [...(all.get(id) ?? []), ...paths]);
  return all;
};

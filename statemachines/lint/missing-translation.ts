import { type Finding, finding, type PackCheck } from './finding.ts';

/** A text for people that is blank in one of its languages; a company in Moldova speaks Romanian as well. */
export const missingTranslation: PackCheck = (pack) =>
  blanks(pack, pack.id, pack.country === 'MD' ? { ro: undefined } : {});

function blanks(value: unknown, path: string, wanted: Readonly<Record<string, undefined>>): Finding[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => blanks(one, `${path} ${nameOf(one) ?? index}`, wanted));
  if (typeof value !== 'object' || value === null) return [];
  if ('ru' in value && 'en' in value)
    return Object.entries({ ...wanted, ...value })
      .filter(([, said]) => String(said ?? '').trim() === '')
      .map(([language]) =>
        finding(
          'missing-translation',
          path,
          `the text is blank in "${language}"; say it in ${Object.keys({ ...value, ...wanted }).join(' and ')}`,
        ),
      );
  return Object.entries(value).flatMap(([key, inner]) => blanks(inner, `${path} ${key}`, wanted));
}

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : undefined;

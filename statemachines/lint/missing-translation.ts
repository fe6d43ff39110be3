import { type Finding, finding, type PackCheck } from './finding.ts';

/** A text for people that is blank in one of its languages. */
export const missingTranslation: PackCheck = (pack) => blanks(pack, pack.id);

function blanks(value: unknown, path: string): Finding[] {
  if (Array.isArray(value))
    return value.flatMap((one, index) => blanks(one, `${path} ${nameOf(one) ?? index}`));
  if (typeof value !== 'object' || value === null) return [];
  if ('ru' in value && 'en' in value)
    return Object.entries(value)
      .filter(([, said]) => String(said ?? '').trim() === '')
      .map(([language]) =>
        finding(
          'missing-translation',
          path,
          `the text is blank in "${language}"; say it in ${Object.keys(value).join(' and ')}`,
        ),
      );
  return Object.entries(value).flatMap(([key, inner]) => blanks(inner, `${path} ${key}`));
}

const nameOf = (value: unknown): string | undefined =>
  typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : undefined;

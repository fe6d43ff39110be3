import type { Text } from '../../schemas/text.ts';

/** A text for people, Russian first; Romanian where the company of the pack is in Moldova. */
export const t = (ru: string, en: string, ro?: string): Text => ({
  ru,
  en,
  ...(ro === undefined ? {} : { ro }),
});

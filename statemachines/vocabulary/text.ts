import type { Text } from '../../schemas/text.ts';

/** A text for people, Russian first. */
export const t = (ru: string, en: string): Text => ({ ru, en });

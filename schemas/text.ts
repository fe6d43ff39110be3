import * as z from 'zod';

/** A text for people, in the two languages every pack speaks; `ro` where a pack needs Romanian. */
export const Text = z.strictObject({
  ru: z.string().min(1),
  en: z.string().min(1),
  ro: z.string().min(1).optional(),
});
export type Text = z.infer<typeof Text>;

export const Language = z.enum(['ru', 'en', 'ro']);
export type Language = z.infer<typeof Language>;

/** The text in the reader's language; English where that language is not given. */
export const say = (text: Text, language: Language): string => text[language] ?? text.en;

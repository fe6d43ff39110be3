import type { Text } from '../../schemas/text.ts';

/** How a step is called in the console: `send-quote` is "Send quote". Two ids never share a title. */
export const titleOf = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** A state beside the step's own; no title holds a colon, so that these never meet a step's. */
export const named = (id: string, what: string): string => `${titleOf(id)}: ${what}`;

/** What a state is for, and the requirements it comes from. */
export const commented = (about: Text | string, needs: readonly string[] | undefined): string => {
  const text = typeof about === 'string' ? about : about.en;
  return needs && needs.length > 0 ? `${text} (${needs.join(', ')})` : text;
};

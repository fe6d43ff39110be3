import type { Message, Pack } from '../../schemas/pack.ts';

/** Whether a message of the pack prints one of these facts, in its subject, its body or either. */
export const prints = (
  text: string,
  names: ReadonlySet<string>,
  pack: Pack,
  parts: readonly (keyof Message)[] = ['subject', 'body'],
): boolean => {
  const message = pack.messages[text];
  const words = message === undefined ? '' : JSON.stringify(parts.map((part) => message[part]));
  return [...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].some(([, name = '']) => names.has(name));
};

import type { Contact } from '../../schemas/contact.ts';

/** What a person is told by in a text. */
export type Identifiers = Pick<Contact, 'name' | 'email' | 'phone'>;

/** What stands where something was taken away. */
export const erasedMark = '[erased]';

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** Words with any blanks between them. */
const ofName = (name: string): string => name.trim().split(/\s+/).map(literal).join('\\s+');

/** Digits with any signs between them; in Russia a number begins with 8 as well. */
const ofPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '');
  const begin = digits.startsWith('7') ? '(?:\\+?7|8)' : `\\+?${digits.slice(0, 1)}`;
  return begin + [...digits.slice(1)].map((digit) => `[\\s().-]*${digit}`).join('');
};

/** Takes a person's name as it is stored, their address and their phone out of a text; whole words, in any case. */
export const redactorOf = ({ name, email, phone }: Identifiers): ((text: string) => string) => {
  const patterns = [
    ...(email === undefined ? [] : [literal(email)]),
    ...(phone === undefined ? [] : [ofPhone(phone)]),
    ...(name.trim().length < 2 ? [] : [ofName(name)]),
  ];
  if (patterns.length === 0) return (text) => text;
  const any = new RegExp(`(?<![\\p{L}\\p{N}])(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  return (text) => text.replace(any, erasedMark);
};

/** The same value with every text in it redacted; names of members stay. */
export const redacted = <T>(value: T, redact: (text: string) => string): T => {
  if (typeof value === 'string') return redact(value) as T;
  if (Array.isArray(value)) return value.map((one) => redacted(one, redact)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, redacted(one, redact)])) as T;
};

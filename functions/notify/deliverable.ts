import { domainToASCII } from 'node:url';
import * as z from 'zod';

/**
 * An address as SES takes it: of one mailbox, its domain in ASCII. What people write into a field may be anything, and a
 * comma would make it two.
 */
export const deliverable = (to: string): string | undefined => {
  const address = to.trim();
  const at = address.lastIndexOf('@');
  const domain = domainToASCII(address.slice(at + 1));
  return z.email().safeParse(`${address.slice(0, at)}@${domain}`).data;
};

/** What SES takes of one letter, after encoding. */
const most = 40 * 1024 * 1024;

/** Bytes as lines of base64 in a letter: four for three, and the ends of the lines. */
const encoded = (bytes: number): number => Math.ceil((bytes / 3) * 4 * (78 / 76));

/** For the headers of the letter and of its parts. */
const spare = 64 * 1024;

/** Whether a letter with these files would be larger than SES takes; told before any of them is read. */
export const isTooLarge = (
  files: readonly { readonly size: number }[] = [],
  ...texts: readonly string[]
): boolean =>
  [...files.map(({ size }) => size), ...texts.map((text) => Buffer.byteLength(text))].reduce(
    (sum, bytes) => sum + encoded(bytes),
    spare,
  ) > most;

export const tooLarge = {
  ru: 'Файлы не помещаются в письмо: вместе они не должны превышать 29 МБ (40 МБ после кодирования). Отправьте часть из них ссылкой или другим письмом',
  en: 'The files are too large for a letter: together 29 MB at most (40 MB once encoded). Send some by a link or in another letter',
  ro: 'Fișierele nu încap într-o scrisoare: împreună cel mult 29 MB (40 MB după codare). Trimiteți o parte prin link sau în altă scrisoare',
};

import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { equalInTime } from './equal-in-time.ts';
import { secretOf } from './secret.ts';

/** The key is text of any letters; a deployment generates one that nobody reads. */
const Links = z.looseObject({ key: z.string().min(32) });

const letters = 'abcdefghijklmnopqrstuvwxyz234567';

/** 130 bits as 26 letters and digits that survive a mail address, which has no case. */
const base32 = (bytes: Buffer): string => {
  let text = '';
  for (let place = 0; place < 26; place += 1) {
    const bit = place * 5;
    const two = (bytes.readUInt16BE(bit >> 3) >> (11 - (bit & 7))) & 31;
    text += letters[two] ?? '';
  }
  return text;
};

/**
 * What makes a link unguessable, and the same whenever it is made: 26 lower-case letters and digits.
 *
 * @param purpose - what the link is good for; a token of one purpose is none for another
 * @param parts - what it is about, such as the deal's id
 */
export const linkToken = async (purpose: string, ...parts: readonly string[]): Promise<string> => {
  const { key } = await secretOf('links', Links);
  // As JSON, so that no two lists of parts read the same.
  return base32(
    createHmac('sha256', key)
      .update(JSON.stringify([purpose, ...parts]), 'utf8')
      .digest(),
  );
};

/** Whether a token is the one of this purpose and these parts; in a time that says nothing of where it differs. */
export const isLinkToken = async (
  given: string,
  purpose: string,
  ...parts: readonly string[]
): Promise<boolean> => equalInTime(given, await linkToken(purpose, ...parts));

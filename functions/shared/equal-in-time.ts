import { createHash, timingSafeEqual } from 'node:crypto';

const digest = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();

/**
 * Whether two texts are the same, in a time that says nothing of where they differ or how long they are: for signatures,
 * keys and tokens that a caller sends. Both are hashed first, since the comparison itself wants equal lengths.
 */
export const equalInTime = (given: string, wanted: string): boolean =>
  wanted !== '' && timingSafeEqual(digest(given), digest(wanted));

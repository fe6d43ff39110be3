import { createHmac } from 'node:crypto';
import type { Algorithm } from './sign.ts';

const segment = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** A JWT by a shared key; `header` and `payload` are written in the order of their members, without spaces. */
export const jwt = (
  header: Readonly<Record<string, string>>,
  payload: unknown,
  algorithm: Algorithm,
  key: string,
): string => {
  const signed = `${segment(header)}.${segment(payload)}`;
  return `${signed}.${createHmac(algorithm, key).update(signed, 'utf8').digest('base64url')}`;
};

/** An answer ready to be written. */
export type Reply = { status: number; headers: Record<string, string | string[]>; body: Buffer | string };

/** An answer of the API itself, in the words of the real one. */
export const said = (status: number, message: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify({ message }),
});

/**
 * Reads what a function returned, by the rules of payload format 2.0: with a `statusCode` it is a whole answer, without
 * one it is the body of a 200.
 *
 * @throws when the answer is malformed, which the caller of the API sees as 500
 */
export const replyOf = (result: unknown): Reply => {
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : JSON.stringify(result ?? null);
    return { status: 200, headers: { 'content-type': 'application/json' }, body };
  }
  const {
    statusCode,
    headers = {},
    cookies = [],
    body = '',
    isBase64Encoded = false,
  } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    throw new Error(`statusCode ${JSON.stringify(statusCode)}: a whole number from 100 to 599 is wanted`);
  }
  if (typeof body !== 'string')
    throw new Error(`body of type ${typeof body}: a text is wanted, JSON.stringify it`);
  if (typeof headers !== 'object' || headers === null || !Array.isArray(cookies)) {
    throw new Error('headers have to be an object, cookies a list');
  }
  const written: Reply['headers'] = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && value !== null) written[name.toLowerCase()] = String(value);
  }
  written['content-type'] ??= 'text/plain;charset=UTF-8';
  if (cookies.length > 0) written['set-cookie'] = cookies.map(String);
  return { status, headers: written, body: isBase64Encoded === true ? Buffer.from(body, 'base64') : body };
};

/** Anything JSON can say. Values are shared between frames and history, so nobody may change one in place. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type JsonObject = { [key: string]: Json };

/** The service's limit on a payload, an output and a variable: 256 KiB of UTF-8 JSON. */
export const PAYLOAD_LIMIT = 262_144;

/** An upper bound of the JSON's bytes, which stops counting soon after `limit`. */
const roughSize = (value: Json, limit: number): number => {
  if (typeof value === 'string') return 3 * value.length + 2;
  if (typeof value === 'number') return 24;
  if (value === null || typeof value === 'boolean') return 5;
  let size = 2;
  if (Array.isArray(value)) {
    for (const item of value) {
      size += 1 + roughSize(item, limit);
      if (size > limit) return size;
    }
    return size;
  }
  for (const key in value) {
    const item = value[key];
    if (item === undefined) continue;
    size += 3 * key.length + 4 + roughSize(item, limit);
    if (size > limit) return size;
  }
  return size;
};

/** Whether a value is larger than `limit` bytes of JSON; small values are never stringified for it. */
export const exceeds = (value: Json, limit = PAYLOAD_LIMIT): boolean =>
  roughSize(value, limit) > limit && Buffer.byteLength(JSON.stringify(value)) > limit;

/** What JSON calls the value's type, in the words of the service's messages. */
export const typeName = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;

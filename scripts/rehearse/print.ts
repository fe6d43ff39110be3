import type { Row } from './rows.ts';

/** What differs from one host to another by its nature: ids, tokens, versions of rows, and who wrote one last. */
const passing = new Set([
  'pk',
  'sk',
  'g1pk',
  'g1sk',
  'g2pk',
  'g2sk',
  'g3pk',
  'g3sk',
  'id',
  'token',
  'version',
  'ahead',
  'keys',
  'html',
  'changedAt',
  'changedBy',
  'providerId',
  'attempts',
  'nextTurn',
  'definition',
  'now',
  // what a provider said, letter by letter, and when it is asked again: its own numbers and our jitter differ by host
  'raw',
  'nextAttemptAt',
]);

const word = /[0-9a-z]{12,}/g;

/** Addresses of this machine differ by their ports, and those that clients are sent by their tokens. */
const address = /http:\/\/(?:127\.0\.0\.1|localhost):\d+(?:\/v1\/[\w./-]+)?/g;

/** What lies inside a row under an id of its own: money given back of a payment, what a provider said. */
const inside = ({ row, externalId, refunds }: Row): unknown[] => [
  ...(row === 'received' ? [externalId] : []),
  ...(Array.isArray(refunds) ? refunds.map((refund: { id?: unknown }) => refund.id) : []),
];

/** Every id that a table gave out; ids that are made of others are taken apart. */
const idsIn = (rows: readonly Row[]): ReadonlySet<string> =>
  new Set(rows.flatMap((row) => [row.id, row.pk, ...inside(row)].map(String).join(' ').match(word) ?? []));

/** What providers tell things apart by, and the end of a parcel's number, which tells companies apart there. */
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const parcelEnd = /\b([A-Z]+(?:-\d+)+)-[0-9a-z]{4}\b/g;

/** What a mail server calls a letter. */
const messageId = /<[^<>\s]+@[^<>\s]+>/g;

const plain = (value: unknown, ids: ReadonlySet<string>): unknown => {
  const nameless = (text: string) =>
    text
      .replace(address, '…')
      .replace(messageId, '<…>')
      .replace(uuid, '…')
      .replace(parcelEnd, '$1-…')
      .replace(word, (one) => (ids.has(one) ? '…' : one));
  if (typeof value === 'string') return nameless(value);
  if (Array.isArray(value)) return value.map((one) => plain(one, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !passing.has(key))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, inner]) => [nameless(key), plain(inner, ids)]),
  );
};

/** Rows that belong to a host alone: its people, its clock, what reports have counted, what runs wait for without anybody's work. */
const isHosts = ({ row, pk, kind, what }: Row): boolean =>
  row === 'user' ||
  (row === 'audit' && what === 'user') ||
  pk === 'REHEARSAL' ||
  String(pk).startsWith('R#of#') ||
  (row === 'task' && kind === 'watch');

/** A figure that came and went again is no figure: whether it left a nought behind depends on how the stream was cut into batches. */
const withoutNoughts = (row: Row): Row[] => {
  if (!String(row.pk).startsWith('R#')) return [row];
  const rest = Object.entries(row).filter(([, value]) => value !== 0);
  return rest.some(([, value]) => typeof value === 'number') ? [Object.fromEntries(rest)] : [];
};

/**
 * What a table says, without what differs from host to host: two hosts that have done the same print the same lines.
 *
 * @param nameOf - persons' ids on this host by the names they have elsewhere
 */
export const printOf = (rows: readonly Row[], nameOf: ReadonlyMap<string, string> = new Map()): string[] => {
  const ids = idsIn(rows.filter(({ row }) => row !== 'user'));
  return (
    rows
      .filter((row) => !isHosts(row))
      .flatMap(withoutNoughts)
      // Events of one instant are numbered as they came by, which hangs on how the stream was cut into batches.
      .map((row) => (row.row === 'event' ? { ...row, n: undefined } : row))
      .map((row) => {
        const text = JSON.stringify({ ...row, of: row.pk });
        const named = [...nameOf].reduce((so, [id, name]) => so.replaceAll(id, name), text);
        return JSON.stringify(plain(JSON.parse(named), ids));
      })
      .sort()
  );
};

/** Lines that one has and the other has not, each as often as it is missing. */
export const missing = (from: readonly string[], inside: readonly string[]): string[] => {
  const left = new Map<string, number>();
  for (const line of inside) left.set(line, (left.get(line) ?? 0) + 1);
  return from.filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
};

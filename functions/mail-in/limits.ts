import type { Unread } from '../../schemas/incoming.ts';

/** What is read of a letter. What lies beyond is left in the letter as it came, which is kept and can be fetched whole. */
export const limits = {
  /** of the letter as it came: SES takes no larger one */
  rawBytes: 40 * 1024 * 1024,
  headBytes: 256 * 1024,
  /** of a head that is too long, so much is read */
  readHeadBytes: 64 * 1024,
  parts: 500,
  /** boundaries that a letter declares: parts within parts */
  boundaries: 60,
  htmlCharacters: 400_000,
  textCharacters: 200_000,
  files: 20,
  fileBytes: 25 * 1024 * 1024,
  references: 40,
} as const;

const headEnd = (raw: Buffer): number => {
  const ends = ['\r\n\r\n', '\n\n', '\r\r'].map((blank) => raw.indexOf(blank)).filter((at) => at >= 0);
  return ends.length === 0 ? raw.length : Math.min(...ends);
};

/** The head of a letter, cut at the end of a line where it is too long. */
export const headOf = (raw: Buffer): Buffer => {
  const end = headEnd(raw);
  if (end <= limits.readHeadBytes) return raw.subarray(0, end);
  const cut = raw.lastIndexOf('\n', limits.readHeadBytes);
  return raw.subarray(0, cut <= 0 ? limits.readHeadBytes : cut);
};

const declared = /boundary\s{0,8}=\s{0,8}(?:"([^"\r\n]{1,200})"|([^\s;"]{1,200}))/gi;

/**
 * Looked at before a parser sees the letter, in one pass and without building anything: whether its head and the number of
 * its parts are such as people's letters have.
 */
export const tooMuch = (raw: Buffer): Unread | undefined => {
  if (headEnd(raw) > limits.headBytes) return 'head-too-long';
  const text = raw.toString('latin1');
  const boundaries = new Set<string>();
  for (const [, quoted, bare] of text.matchAll(declared)) {
    boundaries.add(quoted ?? bare ?? '');
    if (boundaries.size > limits.boundaries) return 'too-deep';
  }
  let parts = 0;
  for (let at = text.indexOf('\n--'); at >= 0; at = text.indexOf('\n--', at + 3)) {
    const line =
      text
        .slice(at + 3, at + 260)
        .split(/[\r\n]/, 1)[0]
        ?.trimEnd() ?? '';
    if (boundaries.has(line) && ++parts > limits.parts) return 'too-many-parts';
  }
  return undefined;
};

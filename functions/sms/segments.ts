/** How a text goes over the air (3GPP TS 23.038, TS 23.040). */
export type Segments = {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** what a gateway charges for */
  readonly parts: number;
  /** septets of GSM-7, code units of UCS-2, without what is lost where a pair moves to the next part */
  readonly units: number;
  /** units that still fit into the last part; a single message counts as one of 160 or 70 */
  readonly left: number;
};

const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Each goes as two septets, behind an escape. */
const extension = new Set('\f^{}\\[~]|€');

/** What fits into one message, and into each part of one that is cut, which gives six bytes to its place among them. */
const room = { 'GSM-7': { single: 160, part: 153 }, 'UCS-2': { single: 70, part: 67 } } as const;

/** Septets of a character; nothing for one that GSM-7 does not have. */
const septets = (sign: string): number | undefined =>
  basic.has(sign) ? 1 : extension.has(sign) ? 2 : undefined;

/** The units of each character, in the encoding that the whole text has to take: one sign outside GSM-7 turns all of it. */
const widths = (text: string): { encoding: Segments['encoding']; units: number[] } => {
  const signs = [...text];
  const units: number[] = [];
  for (const sign of signs) {
    const width = septets(sign);
    if (width === undefined) return { encoding: 'UCS-2', units: signs.map(({ length }) => length) };
    units.push(width);
  }
  return { encoding: 'GSM-7', units };
};

/**
 * Counts the parts of a text as a phone network cuts it. An escaped or a surrogate pair is never torn apart: it moves to the
 * next part as a whole, so parts are filled one by one and not found by dividing.
 */
export const segmentsOf = (text: string): Segments => {
  const { encoding, units } = widths(text);
  const { single, part } = room[encoding];
  const total = units.reduce((sum, width) => sum + width, 0);
  if (total <= single) return { encoding, parts: total === 0 ? 0 : 1, units: total, left: single - total };
  let [parts, filled] = [1, 0];
  for (const width of units) {
    if (filled + width > part) [parts, filled] = [parts + 1, 0];
    filled += width;
  }
  return { encoding, parts, units: total, left: part - filled };
};

/** Signs that a word processor puts in and nobody misses; each turns a Latin text into UCS-2, which has less than half the room. */
const plainer: Readonly<Record<string, string>> = {
  '“': '"',
  '”': '"',
  '„': '"',
  '«': '"',
  '»': '"',
  '‘': "'",
  '’': "'",
  '–': '-',
  '—': '-',
  '…': '...',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
  '`': "'",
};
const fancy = new RegExp(`[${Object.keys(plainer).join('')}]`, 'gu');

/** The text with plain quotes, dashes and spaces, where that alone makes it GSM-7; any other text as it is. */
export const plainWhereItSaves = (text: string): string => {
  if (widths(text).encoding === 'GSM-7') return text;
  const plain = text.replace(fancy, (sign) => plainer[sign] ?? sign);
  return widths(plain).encoding === 'GSM-7' ? plain : text;
};

/** One line of the report. A figure is a ratio of two sides measured in turn, unless its unit says otherwise. */
export type Figure = {
  readonly name: string;
  readonly median: number;
  readonly spread: readonly [least: number, most: number];
  /** `x` for a ratio */
  readonly unit: 'x' | 's' | 'ms' | 'kB' | 'MB' | '$' | 'transitions' | '';
  /** `at most 1.5`, `at least 0.6`, `under 100`; anything else is only reported */
  readonly aim: string;
  /** what the reader should know beside it: both sides' own figures */
  readonly note?: string;
};

export const rounds = 5;

export const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

/** The value that a share of all does not exceed. */
export const percentile = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.ceil(list.length * share) - 1)] ??
  Number.NaN;

export const figure = (
  name: string,
  values: readonly number[],
  unit: Figure['unit'],
  aim: string,
  note?: string,
): Figure => ({
  name,
  median: median(values),
  spread: [Math.min(...values), Math.max(...values)],
  unit,
  aim,
  ...(note === undefined ? {} : { note }),
});

/** Both sides of each round, in turn: whoever goes first changes with the round. */
export const interleaved = async <T>(
  ours: (round: number) => Promise<T>,
  theirs: (round: number) => Promise<T>,
): Promise<{ ours: T; theirs: T }[]> => {
  const pairs: { ours: T; theirs: T }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const one = await ours(round);
      pairs.push({ ours: one, theirs: await theirs(round) });
    } else {
      const other = await theirs(round);
      pairs.push({ ours: await ours(round), theirs: other });
    }
  }
  return pairs;
};

/** `met` or `missed`; nothing where the aim names no bound. */
export const verdict = ({ median: value, aim }: Figure): string => {
  const least = /at least ([\d.]+)/.exec(aim)?.[1];
  const most = /(?:at most|under) ([\d.]+)/.exec(aim)?.[1];
  if (least === undefined && most === undefined) return '';
  const isMet =
    (least === undefined || value >= Number(least)) && (most === undefined || value <= Number(most));
  return isMet ? 'met' : 'missed';
};

const printed = (value: number, unit: Figure['unit']): string => {
  const digits = value >= 100 || Number.isInteger(value) ? 0 : value >= 10 ? 1 : 2;
  const text = value.toFixed(digits);
  if (unit === '$') return `$${value.toFixed(2)}`;
  return unit === 'x' ? `${text}x` : unit === '' || unit === 'transitions' ? text : `${text} ${unit}`;
};

/** The whole report, notes under their lines. */
export const asTable = (figures: readonly Figure[]): string => {
  const cells = figures.map((one) => [
    one.name,
    printed(one.median, one.unit),
    one.spread[0] === one.spread[1]
      ? ''
      : `${printed(one.spread[0], one.unit)} … ${printed(one.spread[1], one.unit)}`,
    one.aim,
    verdict(one),
  ]);
  const all = [['figure', 'median', 'spread', 'aim', 'verdict'], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return all
    .flatMap((row, at) => {
      const note = figures[at - 1]?.note;
      return note === undefined ? [line(row)] : [line(row), ...note.split('\n').map((text) => `    ${text}`)];
    })
    .join('\n');
};

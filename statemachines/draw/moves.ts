import type { Actor, Pipeline } from '../../schemas/pipeline.ts';
import { sayActors } from './phrases.ts';
import type { Reading } from './reading.ts';
import { escaped, widthOf } from './type.ts';

type Ends = { readonly from: number; readonly to: number; readonly by: readonly Actor[] };
/** Moves that share their target and who may make them run along one line. */
type Lane = {
  readonly sources: readonly number[];
  readonly to: number;
  readonly by: readonly Actor[];
  readonly level: number;
};

/** The moves of a pipeline: steps between neighbours, lines above the heads for the others. */
export type Lanes = {
  readonly neighbours: readonly Ends[];
  readonly above: readonly Lane[];
  readonly height: number;
};

type Place = {
  readonly top: number;
  readonly headHeight: number;
  readonly left: (index: number) => number;
  readonly column: number;
  readonly gap: number;
};

const spacing = 24;
const ink = '#52606d';

export const lanesOf = (pipeline: Pipeline): Lanes => {
  const ids = Object.keys(pipeline.stages);
  const moves = Object.values(pipeline.stages).flatMap((stage, from) =>
    stage.moves.map(({ to, by }) => ({ from, to: ids.indexOf(to), by })),
  );
  const known = moves.filter(({ to }) => to !== -1); // a way back to where a deal came from is told in its column
  const isNeighbour = ({ from, to }: Ends): boolean => Math.abs(to - from) === 1;

  const grouped = Map.groupBy(
    known.filter((move) => !isNeighbour(move)),
    ({ to, by }) => `${to} ${JSON.stringify(by)}`,
  );
  const above: Lane[] = [];
  const wide = [...grouped.values()].toSorted((a, b) => reach(a) - reach(b)); // short ones run low
  for (const group of wide) {
    const [first] = group;
    if (!first) continue;
    const sources = group.map(({ from }) => from);
    const span = { from: Math.min(first.to, ...sources), to: Math.max(first.to, ...sources) };
    let level = 0;
    while (above.some((lane) => lane.level === level && overlaps(lane, span))) level += 1;
    above.push({ sources, to: first.to, by: first.by, level });
  }
  const levels = above.length === 0 ? 0 : Math.max(...above.map(({ level }) => level)) + 1;
  return { neighbours: known.filter(isNeighbour), above, height: levels * spacing + 10 };
};

const reach = (group: readonly Ends[]): number =>
  Math.max(...group.map(({ from, to }) => Math.abs(to - from)));

const overlaps = ({ sources, to }: Lane, span: { from: number; to: number }): boolean =>
  Math.min(to, ...sources) <= span.to && Math.max(to, ...sources) >= span.from;

export const drawMoves = (reading: Reading, { neighbours, above }: Lanes, place: Place): string =>
  [
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0.5L7.5 4L0 7.5z" fill="context-stroke"/></marker></defs>',
    ...neighbours.map((move) => drawNeighbour(reading, move, place)),
    ...above.map((lane, index) => drawLane(reading, lane, index, place)),
  ].join('\n');

function drawNeighbour(
  reading: Reading,
  { from, to, by }: Ends,
  { top, headHeight, left, column }: Place,
): string {
  const forward = to > from;
  const y = top + (forward ? 22 : headHeight - 20);
  const [x1, x2] = forward
    ? [left(from) + column + 3, left(to) - 3]
    : [left(from) - 3, left(to) + column + 3];
  const colour = forward ? '#1f4e8c' : '#8896a5';
  return `<g><title>${escaped(sayActors(reading, by))}</title>${line(`M${x1} ${y}H${x2}`, colour, forward ? 2.4 : 1.4)}</g>`;
}

function drawLane(
  reading: Reading,
  { sources, to, by, level }: Lane,
  index: number,
  { top, left, column }: Place,
): string {
  const y = top - 16 - level * spacing;
  // each line comes down at its own place, so that two of them never lie on each other
  const at = (stage: number, share: number): number => left(stage) + column * share;
  const end = at(to, 0.5 + 0.12 * (index % 3));
  const colour = '#8a5a5a';
  const starts = sources.map((source) => at(source, 0.32 + 0.1 * (index % 3)));
  const far = starts.reduce(
    (one, other) => (Math.abs(other - end) > Math.abs(one - end) ? other : one),
    starts[0] ?? end,
  );
  const label = sayActors(reading, by);
  const room = widthOf(label, 10) + 10;
  const middle = far < end ? far + 26 : far - 26 - room;
  return [
    ...starts
      .filter((start) => start !== far)
      .map(
        (start) =>
          `<path d="M${start} ${top - 1}V${y}" fill="none" stroke="${colour}" stroke-width="1.3"/><circle cx="${start}" cy="${y}" r="2.4" fill="${colour}"/>`,
      ),
    line(
      `M${far} ${top - 1}V${y + 6}Q${far} ${y} ${far + Math.sign(end - far) * 6} ${y}H${end - Math.sign(end - far) * 6}Q${end} ${y} ${end} ${y + 6}V${top - 3}`,
      colour,
      1.3,
    ),
    `<rect x="${middle}" y="${y - 8}" width="${room}" height="15" rx="4" fill="#ffffff"/>`,
    `<text x="${middle + 5}" y="${y + 3.5}" font-size="10" fill="${ink}">${escaped(label)}</text>`,
  ].join('\n');
}

const line = (path: string, colour: string, width: number, dashed = false): string =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}"${dashed ? ' stroke-dasharray="4 3"' : ''} marker-end="url(#tip)"/>`;

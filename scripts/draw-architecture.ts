import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const help = `node scripts/draw-architecture.ts [--out docs/architecture.svg] [--dark]

Draws the picture of docs/architecture.md. It follows the reader's light or dark scheme by itself; --dark draws the dark
one alone, for looking at it with tools that know no schemes.
`;

const size = { width: 1600, height: 1000 };
const family = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";

type Tone = 'data' | 'code' | 'store' | 'aws' | 'people' | 'out';
type Point = readonly [number, number];
type Box = {
  readonly x: number;
  readonly y: number;
  readonly w?: number;
  readonly h?: number;
  readonly tone: Tone;
  readonly title: string;
  readonly lines?: readonly string[];
  readonly step?: number;
};

const light = {
  page: '#f6f7f9',
  panel: '#ffffff',
  edge: '#d5dae1',
  ink: '#17212e',
  soft: '#546274',
  line: '#6b7a8d',
  data: '#e4edfb',
  dataEdge: '#3d74c9',
  code: '#ece7fb',
  codeEdge: '#7a5bc8',
  store: '#fdf0d9',
  storeEdge: '#c8891a',
  aws: '#fde6df',
  awsEdge: '#cf5a36',
  people: '#e2f4e9',
  peopleEdge: '#2e8b57',
  out: '#dff3f4',
  outEdge: '#1f8a92',
};
const dark: typeof light = {
  page: '#0f141a',
  panel: '#171e27',
  edge: '#2c3744',
  ink: '#eef2f6',
  soft: '#a9b6c4',
  line: '#8898aa',
  data: '#1a2c48',
  dataEdge: '#6ea1ee',
  code: '#2a2349',
  codeEdge: '#a58bef',
  store: '#3b2d12',
  storeEdge: '#e3ac48',
  aws: '#44241a',
  awsEdge: '#ef8a66',
  people: '#16352a',
  peopleEdge: '#5fbd8a',
  out: '#12363a',
  outEdge: '#54bcc4',
};

const variables = (palette: typeof light): string =>
  Object.entries(palette)
    .map(([name, colour]) => `.${name}{fill:${colour}} .s-${name}{stroke:${colour}}`)
    .join(' ');

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const text = (
  [x, y]: Point,
  said: string,
  look: { size: number; bold?: boolean; tone?: 'ink' | 'soft'; middle?: boolean; mono?: boolean },
): string =>
  `<text x="${x}" y="${y}" class="${look.tone ?? 'ink'}" font-size="${look.size}"${look.bold ? ' font-weight="700"' : ''}${
    look.middle ? ' text-anchor="middle"' : ''
  }>${escaped(said)}</text>`;

const badge = ([x, y]: Point, step: number, tone: Tone): string =>
  [
    `<circle cx="${x}" cy="${y}" r="15" class="${tone}Edge"/>`,
    `<text x="${x}" y="${y + 5.5}" class="panel" font-size="16" font-weight="700" text-anchor="middle">${step}</text>`,
  ].join('');

const box = ({ x, y, w = 236, h = 96, tone, title, lines = [], step }: Box): string => {
  const block = 20 + lines.length * 19;
  const top = y + (h - block) / 2 + 16;
  return [
    `<rect x="${x}" y="${y}" width="${w}" height="${h}" rx="12" class="${tone} s-${tone}Edge" stroke-width="2"/>`,
    text([x + w / 2, top], title, { size: 18, bold: true, middle: true }),
    ...lines.map((line, index) =>
      text([x + w / 2, top + 22 + index * 19], line, { size: 14, tone: 'soft', middle: true }),
    ),
    step === undefined ? '' : badge([x, y], step, tone),
  ].join('\n');
};

/** A table as a drum. */
const drum = ({ x, y, w = 236, h = 96, title, lines = [], step }: Omit<Box, 'tone'>): string => {
  const rim = 18;
  return [
    `<path d="M${x} ${y + rim}v${h - 2 * rim}a${w / 2} ${rim} 0 0 0 ${w} 0v-${h - 2 * rim}" class="store s-storeEdge" stroke-width="2"/>`,
    `<ellipse cx="${x + w / 2}" cy="${y + rim}" rx="${w / 2}" ry="${rim}" class="store s-storeEdge" stroke-width="2"/>`,
    text([x + w / 2, y + h / 2 - 4], title, { size: 18, bold: true, middle: true }),
    ...lines.map((line, index) =>
      text([x + w / 2, y + h / 2 + 20 + index * 19], line, { size: 14, tone: 'soft', middle: true }),
    ),
    step === undefined ? '' : badge([x, y + rim], step, 'store'),
  ].join('\n');
};

const arrow = (points: readonly Point[], dashed = false): string =>
  `<polyline points="${points.map((point) => point.join(',')).join(' ')}" fill="none" class="s-line" stroke-width="2.5" stroke-linejoin="round"${
    dashed ? ' stroke-dasharray="7 6"' : ''
  } marker-end="url(#tip)"/>`;

const panel = (y: number, h: number, title: string, said: string): string =>
  [
    `<rect x="24" y="${y}" width="${size.width - 48}" height="${h}" rx="18" class="panel s-edge" stroke-width="1.5"/>`,
    text([52, y + 40], title, { size: 23, bold: true }),
    text([52, y + 64], said, { size: 15, tone: 'soft' }),
  ].join('\n');

const label = (at: Point, said: string): string => text(at, said, { size: 14, tone: 'soft', middle: true });

const definition = (): string => {
  const y = 150;
  const middle = y + 48;
  return [
    panel(20, 330, 'A process is data', 'Written once. What is deployed is what runs on the laptop.'),
    box({
      x: 52,
      y,
      tone: 'data',
      title: 'Definition',
      lines: ['packs/industrial/goods.ts', 'stages, tasks, rungs, moves'],
    }),
    arrow([
      [288, middle],
      [330, middle],
    ]),
    box({
      x: 334,
      y,
      w: 176,
      tone: 'code',
      title: 'Linter',
      lines: ['findings, all at once,', 'or nothing'],
    }),
    arrow([
      [510, middle],
      [552, middle],
    ]),
    box({ x: 556, y, w: 176, tone: 'code', title: 'Compiler', lines: ['frozen states,', 'printed plain'] }),
    arrow([
      [732, middle],
      [774, middle],
    ]),
    box({
      x: 778,
      y,
      w: 226,
      tone: 'aws',
      title: 'States Language',
      lines: ['one machine a stage,', 'JSONata, golden files'],
    }),
    arrow([
      [1004, middle],
      [1046, middle],
    ]),
    box({ x: 1050, y, w: 206, tone: 'data', title: 'Template', lines: ['CDK, infra/', 'CloudFormation'] }),
    arrow([
      [1256, middle],
      [1284, middle],
      [1284, 142],
      [1308, 142],
    ]),
    arrow([
      [1256, middle],
      [1284, middle],
      [1284, 254],
      [1308, 254],
    ]),
    box({ x: 1312, y: 98, w: 236, h: 88, tone: 'aws', title: 'AWS', lines: ['your own account'] }),
    box({
      x: 1312,
      y: 210,
      w: 236,
      h: 88,
      tone: 'people',
      title: 'Laptop',
      lines: ['the same template,', 'and time can be skipped'],
    }),
    arrow([
      [170, 246],
      [170, 294],
      [330, 294],
    ]),
    box({
      x: 334,
      y: 270,
      w: 670,
      h: 48,
      tone: 'data',
      title: 'the same data is the board · the guard · the picture · the description',
    }),
  ].join('\n');
};

const move = (): string => {
  const [one, two, three] = [470, 666, 834];
  const half = 48;
  return [
    panel(370, 606, 'One move, end to end', 'The same functions, machines and table in both places.'),
    box({
      x: 52,
      y: one,
      tone: 'people',
      title: 'Somebody acts',
      lines: ['a person, an adapter,', 'a run of a stage'],
      step: 1,
    }),
    arrow([
      [288, one + half],
      [352, one + half],
    ]),
    box({
      x: 356,
      y: one,
      tone: 'code',
      title: 'API',
      lines: ['parse, sign in, load the card', 'in one query'],
      step: 2,
    }),
    arrow([
      [592, one + half],
      [656, one + half],
    ]),
    box({
      x: 660,
      y: one,
      tone: 'code',
      title: 'Guard',
      lines: ['a pure rule: yes, or all', 'that is missing (422)'],
      step: 3,
    }),
    arrow([
      [896, one + half],
      [960, one + half],
    ]),
    box({
      x: 964,
      y: one,
      tone: 'code',
      title: 'One transaction',
      lines: ['the move and what follows', 'from it, or 409'],
      step: 4,
    }),
    arrow(
      [
        [1200, one + half],
        [1308, one + half],
      ],
      true,
    ),
    drum({
      x: 1312,
      y: 434,
      h: 168,
      title: 'One table',
      lines: ['deal, tasks, ledger, feed,', 'inboxes, settings'],
    }),
    arrow([
      [1430, 602],
      [1430, 688],
    ]),
    box({
      x: 1312,
      y: 692,
      h: 132,
      tone: 'store',
      title: 'Stream',
      lines: ['the outbox: every change,', 'in order within a deal,', 'at least once'],
      step: 5,
    }),
    arrow([
      [1312, 758],
      [1256, 758],
      [1256, two + half],
      [1204, two + half],
    ]),
    arrow([
      [1312, 758],
      [1256, 758],
      [1256, three + half],
      [1204, three + half],
    ]),
    box({
      x: 964,
      y: two,
      tone: 'code',
      title: 'Workflow consumer',
      lines: ['stops, starts, answers;', 'every order repeatable'],
      step: 6,
    }),
    box({
      x: 964,
      y: three,
      tone: 'code',
      title: 'Reports consumer',
      lines: ['aggregates and feed,', 'each change counted once'],
      step: 6,
    }),
    arrow([
      [964, two + half],
      [900, two + half],
    ]),
    box({
      x: 660,
      y: two,
      tone: 'aws',
      title: 'Step Functions',
      lines: ['the run of this stage;', 'a rung is one transition'],
      step: 7,
    }),
    arrow([
      [660, two + half],
      [596, two + half],
    ]),
    box({
      x: 356,
      y: two,
      tone: 'code',
      title: 'Step handler',
      lines: ['one call a state, carried', 'out once, keeps the token'],
      step: 8,
    }),
    arrow([
      [356, two + half],
      [292, two + half],
    ]),
    box({
      x: 52,
      y: two,
      tone: 'people',
      title: 'Tasks, notices',
      lines: ['work and inboxes;', 'letters are queued'],
      step: 9,
    }),
    arrow([
      [170, two],
      [170, one + 100],
    ]),
    label([232, 622], 'the next act'),
    arrow(
      [
        [474, two],
        [474, 618],
        [1260, 618],
        [1260, 566],
        [1308, 566],
      ],
      true,
    ),
    label([780, 608], 'once in effect: by version, or by an id known before'),
    arrow([
      [1082, two + 96],
      [1082, 798],
      [778, 798],
      [778, three - 4],
    ]),
    label([930, 790], 'domain events'),
    box({
      x: 660,
      y: three,
      tone: 'out',
      title: 'Event bus',
      lines: ['patterns, archive,', 'dead letters'],
      step: 10,
    }),
    arrow([
      [660, three + half],
      [596, three + half],
    ]),
    box({
      x: 356,
      y: three,
      tone: 'out',
      title: 'Deliver',
      lines: ['each attempt is marked', 'before it is made'],
      step: 11,
    }),
    arrow([
      [356, three + half],
      [292, three + half],
    ]),
    box({
      x: 52,
      y: three,
      tone: 'out',
      title: 'Mail',
      lines: ['SES; what became of it', 'comes back as an event'],
      step: 12,
    }),
    arrow([
      [1312, 872],
      [1360, 872],
    ]),
    text([1372, 877], 'handed on, at least once', { size: 14, tone: 'soft' }),
    arrow(
      [
        [1312, 904],
        [1360, 904],
      ],
      true,
    ),
    text([1372, 909], 'a write, once in effect', { size: 14, tone: 'soft' }),
  ].join('\n');
};

/** The picture of docs/architecture.md: by the reader's scheme, or in the dark one alone. */
export const architecture = (scheme: 'both' | 'dark' = 'both'): string => {
  const style =
    scheme === 'dark'
      ? variables(dark)
      : `${variables(light)} @media (prefers-color-scheme: dark){${variables(dark)}}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size.width} ${size.height}" width="${size.width}" height="${size.height}" font-family="${family}" role="img">`,
    '<title>Voronka: from a definition to a template that runs on AWS and on a laptop, and one move from the API to the mail</title>',
    `<style>${style}</style>`,
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L10 5L0 10z" class="line"/></marker></defs>',
    `<rect width="${size.width}" height="${size.height}" class="page"/>`,
    definition(),
    move(),
    '</svg>',
    '',
  ].join('\n');
};

const main = (): void => {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'docs/architecture.svg' },
      dark: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) process.stdout.write(help);
  else writeFileSync(values.out, architecture(values.dark ? 'dark' : 'both'));
};

if (import.meta.main) main();

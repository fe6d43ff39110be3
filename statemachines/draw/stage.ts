import type { Stage } from '../../schemas/pipeline.ts';
import { type Block, card, paragraph, signed, stack, within } from './block.ts';
import { sayCondition } from './condition.ts';
import { sayActors, sayEntry, sayMove, sayStanding, sayTrigger } from './phrases.ts';
import { pick, type Reading, stageTitle, titleOf } from './reading.ts';
import { signs } from './signs.ts';
import { drawSteps } from './steps.ts';

/** The head of a stage's column: its number, title and aim. */
export const drawHead = (reading: Reading, stage: Stage, number: number, width: number): Block => {
  const room = width - 24;
  const title = paragraph(`${String(number).padStart(2, '0')}  ${titleOf(reading, stage.title)}`, room, {
    size: 14,
    bold: true,
    colour: '#ffffff',
  });
  const aim = paragraph(titleOf(reading, stage.aim), room, { size: 10.5, colour: '#eef2f6' });
  return stack([title, aim], 4);
};

/** What a stage does: how it is entered, its work, its threads, what people may start. */
export const drawBody = (reading: Reading, stage: Stage, width: number): Block => {
  const { on = [], offers = [], work = [] } = stage;
  const thread = { fill: '#fbf8f1', stroke: '#d8c9a3', dashed: true, pad: 8 };
  const room = within(width, thread);
  return stack(
    [
      ...[...new Set(sayEntry(reading, stage))].map((said) => signed(signs.door, said, width)),
      ...(work.length ? [drawSteps(reading, work, width)] : []),
      ...on.map((one) => {
        const trigger = [
          sayTrigger(reading, one),
          ...(one.when && !isEcho(one.when, one.on)
            ? [
                pick(
                  reading,
                  `если ${sayCondition(reading, one.when)}`,
                  `if ${sayCondition(reading, one.when)}`,
                ),
              ]
            : []),
        ].filter((said) => said !== '');
        return card(
          stack(
            [
              paragraph(titleOf(reading, one.title), room, { bold: true, colour: '#7c5e10' }),
              ...(trigger.length
                ? [signed(signs.branch, trigger.join(', '), room, { colour: '#7c5e10' })]
                : []),
              drawSteps(reading, one.work, room),
            ],
            5,
          ),
          width,
          thread,
        );
      }),
      ...offers.map((offer) =>
        card(
          stack(
            [
              paragraph(titleOf(reading, offer.title), width - 40, { bold: true, colour: '#5b3aa6' }),
              signed(
                signs.person,
                pick(
                  reading,
                  `может начать: ${sayActors(reading, offer.by)}`,
                  `may be begun by: ${sayActors(reading, offer.by)}`,
                ),
                width - 24,
              ),
            ],
            3,
          ),
          width,
          { fill: '#f6f2fd', stroke: '#c9b8ec', round: 12, pad: 10 },
        ),
      ),
      ...sayStanding(reading, stage).map((said) => signed(signs.person, said, width)),
      ...(stage.moves.length ? [drawWays(reading, stage, width)] : []),
    ],
    10,
  );
};

/** Where a deal may go from here, and who may send it. */
function drawWays(reading: Reading, { moves }: Stage, width: number): Block {
  const ways = moves.map((move) =>
    signed(signs.arrow, sayMove(reading, move, stageTitle(reading, move.to)), width, { size: 10 }),
  );
  const rule: Block = {
    height: 3,
    draw: (x, y) => `<path d="M${x} ${y + 1}h${width}" stroke="#cbd2d9"/>`,
  };
  return stack([rule, ...ways], 2);
}

/** `changed(date)` with `when` the date is filled says one thing twice. */
const isEcho = (when: string, on: { event: string; field?: string } | undefined): boolean =>
  when === `$exists(${on?.field})`;

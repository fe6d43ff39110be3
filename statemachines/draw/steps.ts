import type { ApprovalStep, Step, TaskStep } from '../../schemas/pipeline.ts';
import { type Block, card, paragraph, signed, stack, within } from './block.ts';
import { sayCondition } from './condition.ts';
import { sayAccrual, sayGuard, saySettles } from './decision.ts';
import { sayShip } from './parcel.ts';
import { sayPay } from './pay.ts';
import {
  sayAttached,
  sayChannels,
  sayClient,
  sayDue,
  sayMessage,
  sayNotice,
  sayRung,
  saySpan,
  sayWho,
  sayWritten,
} from './phrases.ts';
import { sayQueue, sayQueueEnd, sayRate } from './queue.ts';
import { fieldTitle, pick, pipelineTitle, quoted, type Reading, stageTitle, titleOf } from './reading.ts';
import { signs } from './signs.ts';

const colours = {
  task: '#2f6fde',
  approval: '#7a4fd0',
  letter: '#0f8b8d',
  notice: '#c77700',
  quiet: '#9aa5b1',
  move: '#1f8a4c',
};
const late = '#b35900';
const frame = { fill: '#f5f7fa', stroke: '#cbd2d9', pad: 7 };

/** A list of steps, under each other. */
export const drawSteps = (reading: Reading, steps: readonly Step[], width: number): Block =>
  stack(
    steps.map((step) => drawStep(reading, step, width)),
    8,
  );

function drawStep(reading: Reading, step: Step, width: number): Block {
  switch (step.do) {
    case 'task':
      return drawWork(reading, step, width, colours.task);
    case 'approval':
      return drawApproval(reading, step, width);
    case 'notify':
      return note(reading, step.when, width, colours.notice, [
        [
          signs.bell,
          pick(
            reading,
            `Сообщить: ${sayNotice(reading, step.notice)}`,
            `Tell: ${sayNotice(reading, step.notice)}`,
          ),
        ],
        ['', sayMessage(reading, step.notice.text)],
      ]);
    case 'email':
      return note(reading, step.when, width, colours.letter, [
        [
          signs.letter,
          pick(
            reading,
            `${step.channels === undefined ? 'Письмо' : 'Сообщение'} клиенту ${sayMessage(reading, step.text)}${sayChannels(reading, step.channels)}${sayAttached(reading, step)}`,
            `${step.channels === undefined ? 'Letter' : 'Message'} to the client ${sayMessage(reading, step.text)}${sayChannels(reading, step.channels)}${sayAttached(reading, step)}`,
          ),
        ],
        ...(step.failed
          ? ([
              [
                signs.bell,
                pick(
                  reading,
                  `не ушло → ${sayNotice(reading, step.failed)}`,
                  `not sent → ${sayNotice(reading, step.failed)}`,
                ),
              ],
            ] as const)
          : []),
      ]);
    case 'cycle':
      return drawFrame(
        width,
        signs.loop,
        [
          step.title ? titleOf(reading, step.title) : pick(reading, 'Повтор', 'Again and again'),
          pick(reading, `каждые ${saySpan(reading, step.every)}`, `every ${saySpan(reading, step.every)}`),
          ...(step.while
            ? [
                pick(
                  reading,
                  `пока ${sayCondition(reading, step.while)}`,
                  `while ${sayCondition(reading, step.while)}`,
                ),
              ]
            : []),
          ...(step.until
            ? [
                pick(
                  reading,
                  `пока не ${sayCondition(reading, step.until)}`,
                  `until ${sayCondition(reading, step.until)}`,
                ),
              ]
            : []),
        ].join(', '),
        drawStep(reading, step.body, within(width, frame)),
      );
    case 'choose':
      return drawChoice(reading, step, width);
    case 'parallel':
      return drawFrame(
        width,
        signs.branch,
        pick(reading, 'Одновременно', 'At the same time'),
        stack(
          step.branches.map((branch) => drawSteps(reading, branch, within(width, frame))),
          10,
        ),
      );
    case 'goto':
      return note(reading, step.when, width, colours.move, [
        [
          signs.arrow,
          pick(
            reading,
            `Само переходит в ${quoted(reading, stageTitle(reading, step.stage))}`,
            `Moves by itself to ${quoted(reading, stageTitle(reading, step.stage))}`,
          ),
        ],
      ]);
    case 'remind':
      return note(reading, step.when, width, colours.notice, [
        [
          signs.bell,
          `${titleOf(reading, step.what)}: ${sayWho(reading, step.who)}, ${sayDue(reading, step.for)}`,
        ],
      ]);
    case 'wait':
      return note(reading, undefined, width, colours.quiet, [
        [
          signs.clock,
          step.for.due === 'after'
            ? pick(
                reading,
                `Пауза ${saySpan(reading, step.for.span)}`,
                `Wait ${saySpan(reading, step.for.span)}`,
              )
            : pick(
                reading,
                `Пауза до: ${sayDue(reading, step.for)}`,
                `Wait until ${sayDue(reading, step.for)}`,
              ),
        ],
        ...(step.title ? ([['', titleOf(reading, step.title)]] as const) : []),
      ]);
    case 'until':
      return note(reading, undefined, width, colours.quiet, [
        [
          signs.clock,
          pick(
            reading,
            `Ждём, пока ${sayCondition(reading, step.condition)}`,
            `Wait until ${sayCondition(reading, step.condition)}`,
          ),
        ],
      ]);
    case 'start': {
      const thread = Object.values(reading.pipeline.stages)
        .flatMap(({ on = [] }) => on)
        .find(({ id }) => id === step.thread);
      return note(reading, step.when, width, colours.quiet, [
        [
          signs.branch,
          pick(
            reading,
            `Начать: ${thread ? titleOf(reading, thread.title) : step.thread}`,
            `Begin: ${thread ? titleOf(reading, thread.title) : step.thread}`,
          ),
        ],
      ]);
    }
    case 'set':
      return note(reading, step.when, width, colours.quiet, [
        [
          signs.pen,
          Object.entries(step.values)
            .map(([id, written]) => sayWritten(reading, id, written))
            .join('; '),
        ],
      ]);
    case 'assign':
      return note(reading, step.when, width, colours.quiet, [
        [
          signs.person,
          step.to === 'watchers'
            ? pick(
                reading,
                `Наблюдает: ${sayWho(reading, step.who)}`,
                `Watches: ${sayWho(reading, step.who)}`,
              )
            : `${fieldTitle(reading, step.to.field)}: ${sayWho(reading, step.who)}`,
        ],
      ]);
    case 'subdeal':
      return note(reading, step.when, width, colours.approval, [
        [
          signs.door,
          pick(
            reading,
            `Процесс ${quoted(reading, pipelineTitle(reading, step.pipeline))}`,
            `Process ${quoted(reading, pipelineTitle(reading, step.pipeline))}`,
          ),
        ],
        ...(step.who === undefined ? [] : ([[signs.person, sayWho(reading, step.who)]] as const)),
      ]);
    case 'ship':
      return note(reading, step.when, width, colours.notice, [
        [signs.door, sayShip(reading, step)],
        ...(step.late ?? []).map((rung) => [signs.bell, sayRung(reading, rung)] as const),
      ]);
    case 'queue':
      return note(reading, step.when, width, colours.approval, [
        ['', titleOf(reading, step.title)],
        [signs.person, sayQueue(reading, step)],
        ...(step.fields?.length
          ? ([[signs.form, step.fields.map((id) => fieldTitle(reading, id)).join(', ')]] as const)
          : []),
        [signs.loop, sayQueueEnd(reading)],
        ...(step.late ?? []).map((rung) => [signs.bell, sayRung(reading, rung)] as const),
      ]);
    case 'pay':
      return note(reading, step.when, width, colours.approval, [
        ['', titleOf(reading, step.title ?? step.description)],
        [signs.person, sayPay(reading, step)],
        ...(step.late ?? []).map((rung) => [signs.bell, sayRung(reading, rung)] as const),
      ]);
    case 'rate':
      return note(reading, step.when, width, colours.quiet, [[signs.pen, sayRate(reading, step)]]);
    case 'accrue':
      return note(reading, step.when, width, colours.quiet, [[signs.person, sayAccrual(reading, step)]]);
    case 'client':
      return note(reading, step.when, width, colours.quiet, [[signs.person, sayClient(reading, step)]]);
    default:
      return step satisfies never;
  }
}

function drawWork(
  reading: Reading,
  step: TaskStep | ApprovalStep,
  width: number,
  bar: string,
  more: readonly Block[] = [],
): Block {
  const room = within(width, { bar });
  const quiet = (sign: string, text: string) => signed(sign, text, room);
  return card(
    stack(
      [
        ...(step.when ? [condition(reading, step.when, room)] : []),
        paragraph(titleOf(reading, step.title), room, { bold: true }),
        quiet(
          signs.person,
          `${sayWho(reading, step.who)}${step.due ? ` · ${sayDue(reading, step.due)}` : ''}`,
        ),
        ...(step.fields?.length
          ? [quiet(signs.form, step.fields.map((id) => fieldTitle(reading, id)).join(', '))]
          : []),
        ...(step.do === 'task' && step.closeWhen
          ? [
              quiet(
                signs.tick,
                pick(
                  reading,
                  `закроется сама: ${sayCondition(reading, step.closeWhen)}`,
                  `closes by itself: ${sayCondition(reading, step.closeWhen)}`,
                ),
              ),
            ]
          : []),
        ...(step.guard ? [quiet(signs.lock, sayGuard(reading, step, step.guard))] : []),
        ...(step.do === 'approval' && step.settles ? [quiet(signs.tick, saySettles(reading))] : []),
        ...(step.late ?? []).map((rung) =>
          signed(signs.bell, sayRung(reading, rung), room, { colour: late }),
        ),
        ...more,
      ],
      3,
    ),
    width,
    { bar },
  );
}

function drawApproval(reading: Reading, step: ApprovalStep, width: number): Block {
  const bar = colours.approval;
  const room = within(width, { bar });
  const rejected = pick(
    reading,
    'отклонено с комментарием, и снова на решение:',
    'rejected with a comment, then decided again:',
  );
  return drawWork(
    reading,
    step,
    width,
    bar,
    step.rework
      ? [signed(signs.loop, rejected, room), drawWork(reading, step.rework, room, colours.task)]
      : [],
  );
}

function drawChoice(reading: Reading, step: Extract<Step, { do: 'choose' }>, width: number): Block {
  const room = within(width, frame);
  const ways = step.cases.flatMap(({ when, steps }) => [
    condition(reading, when, room),
    drawSteps(reading, steps, room),
  ]);
  const rest = step.else?.length
    ? [
        signed(signs.arrow, pick(reading, 'иначе', 'otherwise'), room, { italic: true }),
        drawSteps(reading, step.else, room),
      ]
    : [];
  return card(stack([...ways, ...rest], 7), width, frame);
}

function drawFrame(width: number, sign: string, title: string, inner: Block): Block {
  return card(stack([signed(sign, title, within(width, frame)), inner], 7), width, frame);
}

const condition = (reading: Reading, when: string, width: number): Block =>
  signed(
    signs.arrow,
    pick(reading, `если ${sayCondition(reading, when)}`, `if ${sayCondition(reading, when)}`),
    width,
    { italic: true },
  );

/** A small card of lines, each behind its sign. */
function note(
  reading: Reading,
  when: string | undefined,
  width: number,
  bar: string,
  lines: readonly (readonly [sign: string, text: string])[],
): Block {
  const room = within(width, { bar, pad: 7 });
  return card(
    stack(
      [
        ...(when ? [condition(reading, when, room)] : []),
        ...lines.map(([sign, text]) => signed(sign, text, room)),
      ],
      2,
    ),
    width,
    { bar, pad: 7 },
  );
}

import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline, Stage, Step } from '../../schemas/pipeline.ts';
import type { Language } from '../../schemas/text.ts';
import { sayCondition } from './condition.ts';
import { sayAccrual, saySettles } from './decision.ts';
import { sayNews, sayOutcomes } from './news.ts';
import { sayShip } from './parcel.ts';
import { sayPay } from './pay.ts';
import {
  sayActors,
  sayAttached,
  sayChannels,
  sayClient,
  sayDue,
  sayEntry,
  sayMessage,
  sayNotice,
  sayRung,
  saySpan,
  sayStanding,
  sayTrigger,
  sayWho,
  sayWritten,
} from './phrases.ts';
import { sayQueue, sayQueueEnd, sayRate } from './queue.ts';
import { fieldTitle, pick, pipelineTitle, quoted, type Reading, stageTitle, titleOf } from './reading.ts';
import { sayLeave, sayWhole } from './whole.ts';

/** A pipeline in plain language, markdown: what a manager reads aloud to find what is wrong with it. */
export const describe = (pack: Pack, pipeline: Pipeline, language: Language): string => {
  const reading: Reading = { pack, pipeline, language };
  const stages = Object.values(pipeline.stages).map((stage, index) =>
    describeStage(reading, stage, index + 1),
  );
  const checks = (pipeline.checks ?? []).map(
    ({ on, refusal, unmet }) =>
      `- ${
        unmet === 'refuse'
          ? pick(reading, 'Не даст записать', 'Refuses to write')
          : pick(reading, 'Предупредит', 'Warns')
      } (${on.map((id) => fieldTitle(reading, id)).join(', ')}): ${titleOf(reading, refusal)}\n`,
  );
  const whole = sayWhole(reading).map(
    (said) => `- ${said}.
`,
  );
  const above = [...whole, ...sayNews(reading, pipeline), ...checks];
  const head =
    above.length === 0
      ? ''
      : `${above.join('')}
`;
  return `# ${titleOf(reading, pipeline.title)}\n\n${head}${stages.join('\n')}`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function describeStage(reading: Reading, stage: Stage, number: number): string {
  const { work = [], on = [], offers = [], moves } = stage;
  const say = (ru: string, en: string): string => pick(reading, ru, en);
  const lines = [
    `## ${number}. ${titleOf(reading, stage.title)}`,
    '',
    `${say('Цель', 'Aim')}: ${titleOf(reading, stage.aim)}`,
    '',
    ...[...new Set(sayEntry(reading, stage)), ...sayOutcomes(reading, stage)].map(
      (said) => `- ${said.replace(/\.$/, '')}.`,
    ),
    ...work.flatMap((step) => sayStep(reading, step, 0)),
    ...on.flatMap((thread) => [
      `- ${say('Ветвь', 'Thread')} ${quoted(reading, titleOf(reading, thread.title))}${[
        sayTrigger(reading, thread),
        ...(thread.when ? [`${say('если', 'if')} ${sayCondition(reading, thread.when)}`] : []),
      ]
        .filter((said) => said !== '')
        .map((said) => `, ${said}`)
        .join('')}:`,
      ...thread.work.flatMap((step) => sayStep(reading, step, 1)),
    ]),
    ...offers.map(
      (offer) =>
        `- ${say('Можно начать процесс', 'A process may be begun')} ${quoted(reading, titleOf(reading, offer.title))} (${sayActors(reading, offer.by)}).`,
    ),
    ...sayLeave(reading, stage.leave).map((said) => `- ${said}.`),
    ...sayStanding(reading, stage).map((said) => `- ${said}.`),
    ...moves.map(
      ({ to, by, when, stamp }) =>
        `- ${say('Переход', 'Move')}: ${to === 'came-from' ? say('туда, откуда пришла', 'back to where it came from') : quoted(reading, stageTitle(reading, to))} (${sayActors(reading, by)}${when === undefined ? '' : `; ${say('если', 'if')} ${sayCondition(reading, when)}`}${stamp === undefined ? '' : `; ${say('записывается', 'writes')} ${quoted(reading, fieldTitle(reading, stamp))}`}).`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

function sayStep(reading: Reading, step: Step, depth: number): string[] {
  const say = (ru: string, en: string): string => pick(reading, ru, en);
  const indent = '  '.repeat(depth);
  const condition =
    'when' in step && step.when ? `${say('Если', 'If')} ${sayCondition(reading, step.when)}: ` : '';
  const line = (said: string): string => `${indent}- ${condition}${said}`;
  const under = (steps: readonly Step[], more = 1): string[] =>
    steps.flatMap((one) => sayStep(reading, one, depth + more));
  const below = (said: string): string => `${indent}  - ${said}`;

  switch (step.do) {
    case 'task':
    case 'approval': {
      const what = step.do === 'task' ? say('Задача', 'Task') : say('Решение', 'Decision');
      return [
        line(
          `${what} ${quoted(reading, titleOf(reading, step.title))}: ${sayWho(reading, step.who)}${step.due ? `, ${sayDue(reading, step.due)}` : ''}.`,
        ),
        ...(step.fields?.length
          ? [
              below(
                `${say('В форме', 'The form')}: ${step.fields.map((id) => fieldTitle(reading, id)).join(', ')}.`,
              ),
            ]
          : []),
        ...(step.do === 'task' && step.closeWhen
          ? [
              below(
                `${say('Закроется сама, когда', 'Closes by itself when')} ${sayCondition(reading, step.closeWhen)}; ${step.byHand ? say('человек может и раньше', 'a person may close it before') : say('раньше закрыть нельзя', 'nobody can close it before')}.`,
              ),
            ]
          : []),
        ...(step.guard
          ? [
              below(
                `${step.do === 'task' ? say('Закрыть можно, только если', 'Can be closed only if') : say('Утвердить можно, только если', 'Can be approved only if')} ${sayCondition(reading, step.guard)}.`,
              ),
            ]
          : []),
        ...(step.stamp
          ? [
              below(
                `${step.do === 'task' ? say('День закрытия записывается в', 'The day it is closed goes into') : say('День утверждения записывается в', 'The day it is approved goes into')} ${quoted(reading, fieldTitle(reading, step.stamp))}.`,
              ),
            ]
          : []),
        ...(step.do === 'approval' && step.settles ? [below(`${capital(saySettles(reading))}.`)] : []),
        ...(step.late ?? []).map((rung) =>
          below(`${say('Если не закрыта', 'If it is open')}: ${sayRung(reading, rung)}.`),
        ),
        ...(step.do === 'approval' && step.rework
          ? [
              below(
                say('Отклонить можно только с комментарием; тогда:', 'A rejection needs a comment; then:'),
              ),
              ...under([step.rework], 2),
            ]
          : []),
      ];
    }
    case 'notify':
      return [
        line(
          `${say('Сообщить', 'Tell')}: ${sayNotice(reading, step.notice)}, ${sayMessage(reading, step.notice.text)}.`,
        ),
      ];
    case 'email':
      return [
        line(
          `${step.channels === undefined ? say('Письмо клиенту', 'Letter to the client') : say('Сообщение клиенту', 'Message to the client')} ${sayMessage(reading, step.text)}${sayChannels(reading, step.channels)}${sayAttached(reading, step)}.`,
        ),
        ...(step.failed
          ? [
              below(
                `${say('Если не ушло, узнает', 'If it cannot be sent, told is')}: ${sayNotice(reading, step.failed)}.`,
              ),
            ]
          : []),
      ];
    case 'set':
      return [
        line(
          `${Object.entries(step.values)
            .map(([id, written]) => sayWritten(reading, id, written))
            .join('; ')}.`,
        ),
      ];
    case 'assign':
      return [
        line(
          step.to === 'watchers'
            ? `${say('Наблюдает', 'Watches')}: ${sayWho(reading, step.who)}.`
            : `${quoted(reading, fieldTitle(reading, step.to.field))}: ${sayWho(reading, step.who)}.`,
        ),
      ];
    case 'remind':
      return [
        line(
          `${say('Напомнить', 'Remind')} ${quoted(reading, titleOf(reading, step.what))}: ${sayWho(reading, step.who)}, ${sayDue(reading, step.for)}.`,
        ),
      ];
    case 'wait':
      return [
        line(
          step.for.due === 'after'
            ? `${say('Пауза', 'Wait')} ${saySpan(reading, step.for.span)}.`
            : `${say('Пауза до', 'Wait until')}: ${sayDue(reading, step.for)}.`,
        ),
      ];
    case 'until':
      return [line(`${say('Ждём, пока', 'Wait until')} ${sayCondition(reading, step.condition)}.`)];
    case 'cycle':
      return [
        line(
          `${[
            `${say('Каждые', 'Every')} ${saySpan(reading, step.every)}`,
            ...(step.while ? [`${say('пока', 'while')} ${sayCondition(reading, step.while)}`] : []),
            ...(step.until
              ? [`${say('до тех пор, когда', 'until')} ${sayCondition(reading, step.until)}`]
              : []),
          ].join(', ')}:`,
        ),
        ...under([step.body]),
      ];
    case 'goto':
      return [
        line(
          `${say('Сделка сама переходит в', 'The deal moves by itself to')} ${quoted(reading, stageTitle(reading, step.stage))}.`,
        ),
      ];
    case 'start': {
      const thread = Object.values(reading.pipeline.stages)
        .flatMap(({ on = [] }) => on)
        .find(({ id }) => id === step.thread);
      return [
        line(
          `${say('Начинается ветвь', 'Begins the thread')} ${quoted(reading, thread ? titleOf(reading, thread.title) : step.thread)}${step.once ? say(', если ещё не начиналась', ' unless it has begun before') : ''}.`,
        ),
      ];
    }
    case 'subdeal':
      return [
        line(
          `${say('Процесс', 'Process')} ${quoted(reading, pipelineTitle(reading, step.pipeline))}${step.number === 'same' ? say(', под тем же номером', ', by the same number') : ''}${step.who === undefined ? '' : say(`, ведёт ${sayWho(reading, step.who)}`, `, worked by ${sayWho(reading, step.who)}`)}${step.wait === false ? say('; сделка его не ждёт', '; the deal does not wait for it') : ''}.`,
        ),
        ...(step.abandon === undefined
          ? []
          : [
              below(
                say(
                  'Если сделка уйдёт со стадии раньше, процесс снимается и ничего не приносит.',
                  'If the deal leaves the stage first, it is given up and brings nothing back.',
                ),
              ),
            ]),
      ];
    case 'ship':
      return [
        line(`${sayShip(reading, step)}.`),
        ...(step.late ?? []).map((rung) =>
          below(`${say('Если ещё не так', 'If it is not yet')}: ${sayRung(reading, rung)}.`),
        ),
      ];
    case 'queue':
      return [
        line(
          `${say('Решения', 'Decisions')} ${quoted(reading, titleOf(reading, step.title))}: ${sayQueue(reading, step)}.`,
        ),
        ...(step.fields?.length
          ? [
              below(
                `${say('В форме', 'The form')}: ${step.fields.map((id) => fieldTitle(reading, id)).join(', ')}.`,
              ),
            ]
          : []),
        below(`${capital(sayQueueEnd(reading))}.`),
        ...(step.late ?? []).map((rung) =>
          below(`${say('Если не решено', 'If it is open')}: ${sayRung(reading, rung)}.`),
        ),
      ];
    case 'pay':
      return [
        line(`${capital(sayPay(reading, step))}.`),
        ...(step.failed
          ? [
              below(
                `${say('Если не ушло, узнает', 'If it cannot be sent, told is')}: ${sayNotice(reading, step.failed)}.`,
              ),
            ]
          : []),
        ...(step.late ?? []).map((rung) =>
          below(`${say('Если не оплачено', 'If it is not paid')}: ${sayRung(reading, rung)}.`),
        ),
      ];
    case 'rate':
      return [line(`${sayRate(reading, step)}.`)];
    case 'accrue':
      return [line(`${sayAccrual(reading, step)}.`)];
    case 'client':
      return [line(`${sayClient(reading, step)}.`)];
    case 'choose':
      return [
        ...step.cases.flatMap(({ when, steps }) => [
          `${indent}- ${say('Если', 'If')} ${sayCondition(reading, when)}:`,
          ...under(steps),
        ]),
        ...(step.else?.length ? [`${indent}- ${say('Иначе', 'Otherwise')}:`, ...under(step.else)] : []),
      ];
    case 'parallel':
      return [
        line(say('Одновременно:', 'At the same time:')),
        ...step.branches.flatMap((branch) => under(branch)),
      ];
    default:
      return step satisfies never;
  }
}

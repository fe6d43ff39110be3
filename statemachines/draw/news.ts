import type { Pipeline, Stage } from '../../schemas/pipeline.ts';
import { sayCondition } from './condition.ts';
import { sayNotice } from './phrases.ts';
import { outcomeName, pick, type Reading } from './reading.ts';

/** What people hear of every deal, and whether they talk in it: lines above the stages. */
export const sayNews = (reading: Reading, { informs = {}, chat }: Pipeline): string[] => {
  const { stage, task, undone } = informs;
  const line = (what: string, notice: typeof stage): string[] =>
    notice === undefined ? [] : [`- ${what}: ${sayNotice(reading, notice)}\n`];
  return [
    ...line(pick(reading, 'О каждом переходе узнаёт', 'Of every move hears'), stage),
    ...line(pick(reading, 'О каждой выполненной задаче узнаёт', 'Of every task done hears'), task),
    ...line(pick(reading, 'Об отменённом переходе узнаёт', 'Of a move undone hears'), undone),
    ...(chat === undefined
      ? []
      : [
          `- ${pick(reading, 'Участники переписываются внутри сделки, о каждом сообщении узнают остальные', 'Members talk inside the deal, and hear of each message')}\n`,
        ]),
  ];
};

/** How a deal may be over on a final stage, beside its own outcome. */
export const sayOutcomes = (reading: Reading, { outcomes = [] }: Stage): string[] =>
  outcomes.map(
    ({ when, outcome }) =>
      `${pick(reading, 'Если', 'If')} ${sayCondition(reading, when)}, ${pick(reading, 'итог', 'the outcome is')}: ${outcomeName(reading, outcome)}`,
  );

import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Language } from '../../schemas/text.ts';
import { paragraph } from './block.ts';
import { drawMoves, lanesOf } from './moves.ts';
import { pick, type Reading, titleOf } from './reading.ts';
import { drawBody, drawHead } from './stage.ts';
import { escaped } from './type.ts';

const column = 268;
const gap = 46;
const margin = 28;
const family = "Helvetica, Arial, 'Liberation Sans', 'DejaVu Sans', sans-serif";
const heads = { won: '#1f8a4c', lost: '#a63a3a', done: '#1f8a4c', none: '#2b4a73' };

/** A pipeline as an SVG picture that needs nothing but itself. The same pipeline gives the same bytes. */
export const diagram = (pack: Pack, pipeline: Pipeline, language: Language): string => {
  const reading: Reading = { pack, pipeline, language };
  const stages = Object.entries(pipeline.stages);
  const left = (index: number): number => margin + index * (column + gap);
  const lanes = lanesOf(pipeline);

  const title = paragraph(`${titleOf(reading, pipeline.title)} · ${titleOf(reading, pack.title)}`, 1200, {
    size: 20,
    bold: true,
  });
  const top = margin + title.height + 16 + lanes.height;
  const drawnHeads = stages.map(([, stage], index) => drawHead(reading, stage, index + 1, column));
  const bodies = stages.map(([, stage]) => drawBody(reading, stage, column - 20));
  const headHeight = Math.max(...drawnHeads.map(({ height }) => height)) + 24;
  const bodyHeight = Math.max(...bodies.map(({ height }) => height)) + 20;
  const legend = paragraph(legendOf(reading), stages.length * (column + gap) - gap, {
    size: 11,
    colour: '#616e7c',
  });
  const width = margin * 2 + stages.length * (column + gap) - gap;
  const height = top + headHeight + bodyHeight + 18 + legend.height + margin;

  const columns = stages.map(([id, stage], index) => {
    const x = left(index);
    const colour = heads[stage.outcome ?? 'none'];
    return [
      `<g id="${id}">`,
      `<rect x="${x}" y="${top}" width="${column}" height="${headHeight + bodyHeight}" rx="9" fill="#eceff3"/>`,
      `<path d="M${x} ${top + headHeight}v-${headHeight - 9}a9 9 0 0 1 9-9h${column - 18}a9 9 0 0 1 9 9v${headHeight - 9}z" fill="${colour}"/>`,
      drawnHeads[index]?.draw(x + 12, top + 12) ?? '',
      bodies[index]?.draw(x + 10, top + headHeight + 10) ?? '',
      '</g>',
    ].join('\n');
  });

  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="${family}">`,
    `<title>${escaped(titleOf(reading, pipeline.title))}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    title.draw(margin, margin),
    ...columns,
    drawMoves(reading, lanes, { top, headHeight, left, column, gap }),
    legend.draw(margin, top + headHeight + bodyHeight + 18),
    '</svg>',
    '',
  ].join('\n');
};

const legendOf = (reading: Reading): string =>
  pick(
    reading,
    'Синяя полоса: задача · фиолетовая: решение · зелёная: переход сам по себе · бирюзовая: письмо клиенту · оранжевым: кто и когда узнает, если не сделано · пунктир: ветвь, которая начинается по событию. Сроки: значения по умолчанию, администратор может их изменить.',
    'Blue bar: a task · violet: a decision · green: a move by itself · teal: a letter to the client · orange: who is told and when if it is not done · dashed: a thread begun by an event. Times are defaults that an administrator may change.',
  );

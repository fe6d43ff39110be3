import type { QueueStep, RateStep } from '../../schemas/pipeline.ts';
import { sayDue } from './phrases.ts';
import { fieldTitle, pick, quoted, type Reading, titleOf } from './reading.ts';

const directoryTitle = (reading: Reading, id: string): string => {
  const directory = reading.pack.directories.find((one) => one.id === id);
  return quoted(reading, directory === undefined ? id : titleOf(reading, directory.title));
};

const field = (reading: Reading, id: string): string => quoted(reading, fieldTitle(reading, id));

/** Who decides, and in which order. */
export const sayQueue = (reading: Reading, { limits, figure, extra, order, due }: QueueStep): string => {
  const people = pick(
    reading,
    `по очереди, кого называет ${directoryTitle(reading, limits)} для ${field(reading, figure)}`,
    `one after another, whom ${directoryTitle(reading, limits)} names for ${field(reading, figure)}`,
  );
  const added =
    extra === undefined
      ? ''
      : pick(reading, `, затем ${field(reading, extra)}`, `, then ${field(reading, extra)}`);
  const ordered =
    order === undefined
      ? ''
      : pick(reading, `; порядок — ${field(reading, order)}`, `; in the order of ${field(reading, order)}`);
  const each =
    due === undefined
      ? ''
      : pick(reading, `; каждому ${sayDue(reading, due)}`, `; each ${sayDue(reading, due)}`);
  return `${people}${added}${ordered}${each}`;
};

/** How it ends. */
export const sayQueueEnd = (reading: Reading): string =>
  pick(
    reading,
    'свой шаг автор пропускает; отклонение требует комментария и останавливает очередь',
    'the author’s own turn is passed over; a rejection needs a comment and stops the queue',
  );

/** What is written where. */
export const sayRate = (reading: Reading, { directory, rate }: RateStep): string =>
  pick(
    reading,
    `Записать ${field(reading, rate)} для компании в ${directoryTitle(reading, directory)}`,
    `Write ${field(reading, rate)} for the company into ${directoryTitle(reading, directory)}`,
  );

import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { inRomanian } from './romanian.ts';

/** A pipeline as somebody reads it: in a language, with the names its pack knows. */
export type Reading = { readonly pack: Pack; readonly pipeline: Pipeline; readonly language: Language };

/** What is said, in the reader's language: Romanian by the English, of which `romanian.ts` knows the most. */
export const pick = ({ language }: Reading, ru: string, en: string): string =>
  language === 'ru' ? ru : language === 'ro' ? inRomanian(en) : en;

export const titleOf = ({ language }: Reading, text: Text): string => say(text, language);

export const quoted = (reading: Reading, text: string): string => pick(reading, `«${text}»`, `“${text}”`);

/** A field or a fact by its title. */
export const fieldTitle = (reading: Reading, id: string): string => {
  const field = reading.pipeline.fields[id];
  if (field) return titleOf(reading, field.title);
  const [, opened] = /^opened\.(\w+)$/.exec(id) ?? [];
  if (opened !== undefined)
    return `${fieldTitle(reading, opened)} ${pick(reading, '(когда задача открылась)', '(when the task opened)')}`;
  const known: Record<string, [string, string]> = {
    responsible: ['Ответственный', 'Responsible'],
    initiator: ['Инициатор', 'Initiator'],
    stage: ['Стадия', 'Stage'],
    cameFrom: ['Стадия перед этой', 'The stage before'],
    decision: ['Решение', 'Decision'],
    title: ['Название', 'Title'],
    number: ['Номер', 'Number'],
    running: ['Идущие процессы', 'Processes under way'],
    outcome: ['Исход процесса', 'Outcome of the process'],
    parcel: ['Посылка', 'Parcel'],
    closedAt: ['Закончена', 'Ended'],
    stageSince: ['На стадии с', 'On the stage since'],
    createdAt: ['Создана', 'Created'],
    creator: ['Кто создал', 'Creator'],
    now: ['Сейчас', 'Now'],
    today: ['Сегодня', 'Today'],
  };
  const [ru, en] = known[id] ?? [id, id];
  return pick(reading, ru, en);
};

export const stageTitle = (reading: Reading, id: string): string => {
  const stage = reading.pipeline.stages[id];
  return stage ? titleOf(reading, stage.title) : id;
};

/** How a deal or a process is over. */
export const outcomeName = (reading: Reading, id: string): string => {
  const known: Record<string, [string, string]> = {
    won: ['успех', 'won'],
    lost: ['провал', 'lost'],
    done: ['завершено', 'done'],
  };
  const [ru, en] = known[id] ?? [id, id];
  return pick(reading, ru, en);
};

export const pipelineTitle = (reading: Reading, id: string): string => {
  const other = reading.pack.pipelines.find((one) => one.id === id);
  return other ? titleOf(reading, other.title) : id;
};

/** What a message is about: its subject without the number before it. */
export const messageTitle = (reading: Reading, id: string): string => {
  const message = reading.pack.messages[id];
  return message
    ? titleOf(reading, message.subject)
        .replace(/^\{\{number\}\}:\s*/, '')
        .replace(/\s*\{\{\w+\}\}/g, '')
    : id;
};

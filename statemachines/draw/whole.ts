import type { Tracking } from '../../schemas/tracking.ts';
import { sayCondition } from './condition.ts';
import { sayActors, sayMessage, sayNotice } from './phrases.ts';
import { fieldTitle, pick, quoted, type Reading, stageTitle, titleOf } from './reading.ts';

/** What else the client sees, by its titles. */
const shownOn = (reading: Reading, { fields = [], documents = [], pay, parcel }: Tracking): string =>
  [
    ...[...fields, ...documents].map((id) => fieldTitle(reading, id)),
    ...(pay === true ? [pick(reading, 'оплата', 'payment')] : []),
    ...(parcel === true ? [pick(reading, 'посылка', 'the parcel')] : []),
  ].join(', ');

/** What holds of a pipeline whatever the stage: who hears of its deals, who hands them over, what is counted and recorded. */
export const sayWhole = (reading: Reading): string[] => {
  const {
    assignedBy,
    audited,
    settled,
    conversation,
    informs = {},
    stock,
    numbering,
    tracking,
  } = reading.pipeline;
  const say = (ru: string, en: string): string => pick(reading, ru, en);
  const field = (id: string): string => quoted(reading, fieldTitle(reading, id));
  const lines: (string | false | undefined)[] = [
    numbering !== undefined &&
      say('Номер общий с другими процессами компании', 'Its numbers are one count with other processes'),
    assignedBy &&
      say(
        `Передаёт сделку другому: ${sayActors(reading, assignedBy)}`,
        `Handed over by: ${sayActors(reading, assignedBy)}`,
      ),
    informs.handed !== undefined &&
      say(
        `О передаче узнают оба: ${sayMessage(reading, informs.handed)}`,
        `Both are told when it is handed over: ${sayMessage(reading, informs.handed)}`,
      ),
    conversation &&
      say(
        `Клиент пишет в переписку сделки: отмечается ${field(conversation.urgent)}, узнают ${sayNotice(reading, conversation.tell)}, пока ничья — ${sayNotice(reading, conversation.unclaimed)}`,
        `A client writes into the deal: ${field(conversation.urgent)} is marked, told are ${sayNotice(reading, conversation.tell)}, while it is nobody's ${sayNotice(reading, conversation.unclaimed)}`,
      ),
    conversation &&
      say(
        `Отвечает клиенту: ${sayActors(reading, conversation.answeredBy)}`,
        `The client is answered by: ${sayActors(reading, conversation.answeredBy)}`,
      ),
    conversation &&
      say(
        `Если сделка закончена, она возвращается в ${quoted(reading, stageTitle(reading, conversation.reopens))}`,
        `A deal that is over comes back to ${quoted(reading, stageTitle(reading, conversation.reopens))}`,
      ),
    stock &&
      say(
        `Склад: строки ${field(stock.items)} заняты, пока ${sayCondition(reading, stock.reserved)}`,
        `Stock: the lines of ${field(stock.items)} are reserved while ${sayCondition(reading, stock.reserved)}`,
      ),
    stock &&
      say(
        `Склад: они списаны, когда ${sayCondition(reading, stock.gone)}; не хватает — запись не пройдёт`,
        `Stock: they are deducted when ${sayCondition(reading, stock.gone)}; with too little the write is refused`,
      ),
    tracking &&
      say(
        `Страница клиента по ссылке: состояние его словами и ${shownOn(reading, tracking)}`,
        `The client's page, by a link: the state in their words and ${shownOn(reading, tracking)}`,
      ),
    settled &&
      say(
        `Деньги ждут решения, кроме записанных так: ${sayActors(reading, settled.by)}`,
        `Money waits for a decision unless entered by: ${sayActors(reading, settled.by)}`,
      ),
    audited &&
      say(
        `Каждое изменение остаётся в истории строкой: ${audited.map((id) => fieldTitle(reading, id)).join(', ')}`,
        `Every change is a line of the history: ${audited.map((id) => fieldTitle(reading, id)).join(', ')}`,
      ),
  ];
  return lines.filter((line) => typeof line === 'string');
};

/** What has to hold to leave a stage. */
export const sayLeave = (
  reading: Reading,
  leave: Reading['pipeline']['stages'][string]['leave'],
): string[] => {
  const required = leave?.required?.map((id) => quoted(reading, fieldTitle(reading, id))).join(', ');
  return [
    ...(required === undefined || required === ''
      ? []
      : [pick(reading, `Выход: заполнить ${required}`, `To leave: fill ${required}`)]),
    ...(leave?.conditions ?? []).map(({ refusal }) =>
      pick(reading, `Выход: ${titleOf(reading, refusal)}`, `To leave: ${titleOf(reading, refusal)}`),
    ),
  ];
};

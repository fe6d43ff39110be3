import { readCard } from '../../functions/deals/card.ts';
import { contextFor } from '../../functions/deals/context.ts';
import { factsOf } from '../../functions/deals/facts.ts';
import { theCompany } from '../../functions/shared/ports.ts';
import { messageOf, notificationOf } from '../../functions/shared/rows.ts';
import type { Table } from '../../functions/shared/table/port.ts';
import type { Task } from '../../schemas/task.ts';
import type { Wall } from './wall.ts';

const rowsOf = async <T>(rows: AsyncIterable<T>): Promise<T[]> => {
  const all: T[] = [];
  for await (const row of rows) all.push(row);
  return all;
};

/** What can be seen of a world's table, in the company's words and time. */
export const looksAt = (table: Table, now: () => Date, { localTime }: Wall) => {
  const tasks = async (deal: string): Promise<Task[]> =>
    (await readCard(table, deal)).tasks
      .filter(({ kind }) => kind !== 'watch')
      .reverse() // a card is read from its end
      .sort((one, other) => Date.parse(one.openedAt) - Date.parse(other.openedAt));
  return {
    card: (deal: string) => readCard(table, deal),
    /** every task there was, oldest first */
    tasks,
    /** open work as `send-quote pavel 2026-02-05 15:00`: step, whose, due */
    open: async (deal: string): Promise<string[]> =>
      (await tasks(deal))
        .filter(({ status }) => status === 'open')
        .map(({ step, title, assignee, due }) =>
          [step ?? title.en, assignee ?? 'nobody', due === undefined ? 'any time' : localTime(due)].join(' '),
        )
        .sort(),
    /** tasks of one step as `done by pavel`, `cancelled by the system: stage left`, `open`; oldest first */
    endsOf: async (deal: string, step: string): Promise<string[]> =>
      (await tasks(deal))
        .filter((task) => task.step === step)
        .map(({ status, outcome, closedBy }) =>
          status === 'open'
            ? 'open'
            : `${outcome ?? status} by ${closedBy !== undefined && 'user' in closedBy ? closedBy.user : 'the system'}`,
        ),
    /** the open task of a step. @throws if there is none, or more than one */
    task: async (deal: string, step: string): Promise<Task> => {
      const found = (await tasks(deal)).filter((task) => task.step === step && task.status === 'open');
      const [only] = found;
      if (only === undefined || found.length > 1)
        throw new Error(`deal ${deal} has ${found.length} open tasks ${step}, not one`);
      return only;
    },
    /** what a person was told, oldest first, as `2026-02-02 14:30 identification-late` */
    inbox: async (user: string): Promise<string[]> =>
      (await rowsOf(table.all({ pk: `INBOX#${user}` })))
        .map(notificationOf)
        .map(({ at, text }) => `${localTime(at)} ${text}`),
    /** the same with every word of it */
    told: async (user: string) => (await rowsOf(table.all({ pk: `INBOX#${user}` }))).map(notificationOf),
    /** letters of a deal, oldest first, as `2026-02-18 12:30 goods-ready to anna@plant-demo-1.example` */
    letters: async (deal: string): Promise<string[]> =>
      (await rowsOf(table.all({ index: 'g2', pk: `LETTERS#${deal}` })))
        .filter(({ row }) => row === 'message')
        .map(messageOf)
        .map(({ createdAt, text, to }) => `${localTime(createdAt)} ${text} to ${to}`),
    stageOf: async (deal: string): Promise<string> => (await readCard(table, deal)).deal.stage,
    /** a field, total or computed figure of a deal */
    fact: async (deal: string, name: string): Promise<unknown> => {
      const { deal: found } = await readCard(table, deal);
      const company = await theCompany();
      const { pipeline } = contextFor(found.pipeline, {
        now: now(),
        by: { system: 'look' },
        reader: undefined,
        company,
      });
      return (await factsOf(found, pipeline))[name];
    },
  };
};

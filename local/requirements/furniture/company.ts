import { test as base } from 'vitest';
import type { FileRef } from '../../../schemas/deal.ts';
import { furniture } from '../../../statemachines/packs/furniture/index.ts';
import { wallOf } from '../../world/wall.ts';
import { type World, world } from '../../world.ts';

type Fields = Record<string, unknown>;

const moscowTime = (instant: string): string => wallOf('Europe/Moscow').localTime(instant);

/** The buyer of every order here. */
export const buyer = {
  buyerName: 'Полина',
  buyerPhone: '+79005552105',
  siteAddress: 'Образцовая ул., 5',
};

/** What was agreed on in the talk after the measurement; all of it but decor and finishing is commercial. */
export const agreed = {
  decor: 'дуб',
  finishing: 'матовая',
  baseTotal: 14_600_000,
  extraWorks: [{ title: 'демонтаж', price: 400_000 }],
  paymentTerms: 'half',
};

export const sizes = [{ place: 'шкаф', width: 800, height: 2000 }];

/** A time of Moscow for people; without an end the field's own length. */
export const slot = (from: string, people: string | readonly string[], to?: string) => ({
  start: `${from.replace(' ', 'T')}:00+03:00`,
  ...(to === undefined ? {} : { end: `${to.replace(' ', 'T')}:00+03:00` }),
  people: [people].flat(),
});

/** What people of this company do again and again. */
const withHabits = (w: World) => {
  const file = (name: string) => ({ id: name, name: `${name}.pdf`, version: 1 });
  let polina: Promise<string> | undefined;
  const habits = {
    /** an order of Irina's that has just come to a stage */
    order: async (stage: string, fields: Fields = {}): Promise<string> =>
      w.enter(
        stage,
        {
          contact: await habits.contact(),
          siteAddress: buyer.siteAddress,
          contractDraft: file('draft'),
          techCalculations: file('calc'),
          buyerWishes: 'светлый шкаф',
          ...fields,
        },
        { pipeline: 'furniture-order', responsible: 'irina', title: 'Шкаф' },
      ),
    /** an order with all that was agreed on, measured and signed */
    agreedOrder: (stage: string, fields: Fields = {}): Promise<string> =>
      habits.order(stage, {
        ...agreed,
        measurements: sizes,
        measuredAt: '2026-01-20',
        contractFile: file('contract'),
        contractSignedAt: '2026-01-21',
        ...fields,
      }),
    /** pictures put up for a field, as the field is to hold them */
    photos: async (user: string, deal: string, field: string, ...names: string[]): Promise<FileRef[]> => {
      const refs: FileRef[] = [];
      for (const name of names) refs.push(await w.as(user).upload(deal, field, name));
      return refs;
    },
    /** the buyer's card, made once. @returns its id */
    contact: (): Promise<string> => {
      polina ??= w
        .as('irina')
        .ask('POST', '/v1/contacts', { name: buyer.buyerName, phone: buyer.buyerPhone })
        .then(({ id }) => id as string);
      return polina;
    },
    /** what reached a person's phone: `2026-02-04 08:00 measurement-tomorrow` */
    pushed: (user: string): string[] =>
      w.events.flatMap(({ type, detail }) => {
        const { at, data } = detail as { at: string; data: { user?: string; text?: string } };
        return type === 'person.told' && data.user === user ? [`${moscowTime(at)} ${data.text}`] : [];
      }),
    /** what a person reads on every path about an order, as one text */
    reads: async (user: string, deal: string): Promise<string> => {
      const paths = [
        `/v1/deals/${deal}`,
        `/v1/deals/${deal}/feed`,
        `/v1/deals/${deal}/messages`,
        `/v1/deals/${deal}/ledger`,
        '/v1/deals?pipeline=furniture-order',
        '/v1/boards/furniture-order',
        '/v1/search?q=M',
        '/v1/tasks',
        '/v1/inbox',
        '/v1/chats',
        '/v1/pipelines',
        '/v1/desks/furniture-my-visits',
        '/v1/desks/furniture-production-board',
        '/v1/reports/deals?pipeline=furniture-order&from=2026-01-01&to=2026-12-31',
      ];
      const answers = await Promise.all(
        paths.map((path) =>
          w
            .as(user)
            .get(path)
            .catch((error: Error) => error.message),
        ),
      );
      return JSON.stringify(answers);
    },
  };
  return { ...w, ...habits };
};
export type Company = ReturnType<typeof withHabits>;

/** A test in a company of its own that begins on a Monday morning at nine. */
export const test = base.extend<{ w: Company }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 09:00', packs: [furniture] });
    await use(withHabits(w));
    await w.stop();
  },
});

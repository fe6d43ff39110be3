import { type Company, test as inCompany } from './company.ts';

type Given = Record<string, unknown>;

/** What people do with the money of orders. */
const withMoney = (w: Company) => {
  const card = (deal: string, who = 'doina') => w.as(who).get(`/v1/deals/${deal}`);
  return {
    ...w,
    /** an order that has just come to a stage, of one pair of boots for 1 600 lei */
    at: (stage: string, fields: Given = {}): Promise<string> =>
      w.enter(stage, { items: [w.boots], ...fields }, { pipeline: 'footwear-order', responsible: 'elena' }),
    /** enters lei; the purpose and the account are the usual ones of the moment unless said */
    pay: (who: string, deal: string, lei: number, more: Given = {}) =>
      w.as(who).ask('POST', `/v1/deals/${deal}/ledger`, {
        kind: 'payment',
        amount: { amount: lei * 100, currency: 'MDL' },
        account: 'card',
        ...more,
      }),
    /** how many boots of a size the warehouse has */
    counted: (size: string, quantity: number) =>
      w.as('ion').ask('PUT', '/v1/stock', {
        pipeline: 'footwear-order',
        article: { model: 'Boots', size, colour: 'black' },
        quantity,
      }),
    facts: async (deal: string): Promise<Given> => (await card(deal)).deal.facts,
    /** the order's money as lines: `payment 480 card approved` */
    money: async (deal: string): Promise<string[]> =>
      (await w.card(deal)).ledger
        .map(({ kind, amount, account, state }) =>
          [kind, amount.amount / 100, account, state ?? 'counts'].join(' '),
        )
        .sort(),
    /** who has been granted what, in lei, to be paid when */
    granted: async (deal: string): Promise<string[]> =>
      (await w.card(deal)).accruals
        .map(
          ({ employee, percent, base, amount, day, state }) =>
            `${employee} ${percent} % of ${base.amount / 100} = ${amount.amount / 100} on ${day} ${state}`,
        )
        .sort(),
    /** lines of history of one kind, oldest first, with who wrote them */
    lines: async (deal: string, kind: string, who = 'doina') =>
      (await w.as(who).get(`/v1/deals/${deal}/feed?limit=200`)).items
        .filter((line: { kind: string }) => line.kind === kind)
        .reverse()
        .map(({ data, by, at }: { data: Given; by: unknown; at: string }) => ({ data, by, at })),
  };
};

/** A test in the shoe maker's company, where money is looked at. */
export const test = inCompany.extend<{ m: ReturnType<typeof withMoney> }>({
  m: async ({ w }, use) => use(withMoney(w)),
});

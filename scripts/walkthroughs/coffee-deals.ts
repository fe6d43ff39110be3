import type { DealView } from '../../schemas/api/index.ts';
import { type Driver, type Line, local, NotSeen, personOn, see } from './scenario.ts';

const zone = 'Europe/Moscow';
const at = (written: string): string => local(zone, written);

type Company = {
  id: string;
  wonTotal?: number;
  extra: { discounts?: Record<string, number> };
  linkedCompanies?: { name: string }[];
};
type Sheet = { items: { lines: { user: string; state: string }[] }[] };
type Register = { items: { approver?: string; result: string; facts?: Record<string, unknown> }[] };

/** Walk-through of the coffee pack from the conversion of a lead on: discount, invoice, payment, holding. */
export const coffeeDeals = (driver: Driver, made: { lead: string }): Line[] => {
  const yana = personOn(driver, 'yana');
  const denis = personOn(driver, 'denis');
  const roman = personOn(driver, 'roman');
  const arkadi = personOn(driver, 'arkadi');
  const tamara = personOn(driver, 'tamara');
  const gleb = personOn(driver, 'gleb');
  let company = '';
  let deal = '';
  let request = '';
  let invoice = '';

  const line = (written: string, event: string, play: () => Promise<string>): Line => ({
    at: written,
    event,
    play,
  });
  const card = (person = yana) => person.ok<Company>('GET', `/v1/companies/${company}`);
  const brand2 = async () =>
    ((await yana.card(deal)).deal.fields.discounts as Record<string, number>)['brand-2'];
  const addCompany = async (name: string, extra: Record<string, unknown> = {}) =>
    (await yana.ok<{ id: string }>('POST', '/v1/companies', { name, extra })).id;
  const start = (pipeline: string, fields: Record<string, unknown>) =>
    yana.ok<DealView>('POST', `/v1/deals/${deal}/processes`, { pipeline, fields });
  const linked = async (id: string) =>
    (await yana.ok<Company>('GET', `/v1/companies/${id}`)).linkedCompanies?.map(({ name }) => name);
  const runsOf = async (of: string) => (await driver.openRuns()).filter((name) => name.startsWith(`${of}-`));

  return [
    line('2026-02-05 11:30', 'Yana processes, converts', async () => {
      company = await addCompany('Demo Cafe 1', { category: 'horeca' });
      await yana.move(made.lead, 'lead-processing', { company, requestKind: 'order' });
      await yana.move(made.lead, 'lead-converted', { clientName: 'Demo Client' });
      await driver.advanceTo(at('2026-02-05 11:30'));
      const { deal: lead, processes } = await yana.card(made.lead);
      const [process] = processes;
      if (process === undefined) throw new NotSeen(`no deal came of the lead ${lead.number}`);
      deal = process.deal;
      const { deal: fresh } = await yana.card(deal);
      see('work of the lead', await yana.work(made.lead), []);
      see('runs of the lead', await runsOf(made.lead), []);
      see('number', fresh.number, lead.number);
      see('stage', fresh.stage, 'deal-new');
      see('category', fresh.fields.companyCategory, 'horeca');
      see('discounts', Object.keys(fresh.fields.discounts as object).length, 7);
      see('brand 2', await brand2(), 3);
      return `ladder stopped; deal ${fresh.number} on “New deal”; HoReCa; seven brands, brand 2 at 3 %`;
    }),
    line('2026-02-05 12:00', 'Yana edits brand 2 to 12 %', async () => {
      const answer = await yana.change(deal, { discounts: { 'brand-2': 12 } });
      see('warnings', answer.warnings?.length, 1);
      see('brand 2', await brand2(), 3);
      return 'back at 3 %, with a warning';
    }),
    line('2026-02-05 12:05', 'request for 12 % without a justification; then with it', async () => {
      const fields = { brand: 'brand-2', requestedRate: 12 };
      const refused = await yana.refused('POST', `/v1/deals/${deal}/processes`, {
        pipeline: 'coffee-discounts',
        fields,
      });
      request = (await start('coffee-discounts', { ...fields, justification: 'Three cafes at once' })).id;
      await driver.advanceTo(at('2026-02-05 12:05'));
      see('work', await roman.work(request), ['approve-discount due Fri 06 Feb 12:05']);
      see('whose', (await roman.task(request, 'approve-discount')).assignee, 'roman');
      return `refused: ${refused}; Roman’s assignment`;
    }),
    line('2026-02-05 14:00', 'Roman approves; Arkadi rejects with nothing said, then approves', async () => {
      await roman.decide(request, 'approve-discount', 'approved');
      await driver.advanceTo(at('2026-02-05 14:00'));
      const { id } = await arkadi.task(request, 'approve-discount');
      const refused = await arkadi.refused('POST', `/v1/tasks/${id}/decide`, { decision: 'rejected' });
      await arkadi.decide(request, 'approve-discount', 'approved');
      await driver.advanceTo(at('2026-02-05 14:00'));
      see('brand 2', await brand2(), 12);
      see('brand 2 of the company', (await card()).extra.discounts?.['brand-2'], 12);
      const { items } = await roman.ok<Register>('GET', '/v1/registers/decisions?purpose=coffee-discounts');
      see(
        'register',
        items.map(({ approver, result, facts }) => [
          approver,
          result,
          facts?.currentRate,
          facts?.requestedRate,
        ]),
        [
          ['arkadi', 'approved', 3, 12],
          ['roman', 'approved', 3, 12],
        ],
      );
      see('inbox', await yana.inbox(request), ['Thu 05 Feb 14:00 coffee-discount-approved']);
      return `refused: ${refused}; brand 2 at 12 %, in the register, Yana told`;
    }),
    line('2026-02-06 10:00', 'two machines of brand 2 at 200 000', async () => {
      const items = [{ product: 'Coffee machine', brand: 'brand-2', quantity: 2, price: 20_000_000 }];
      const { facts } = await yana.change(deal, { items });
      see('amount', facts.amount, 35_200_000);
      return 'amount 352 000';
    }),
    line(
      '2026-02-06 11:00',
      'invoice form: purchase, number 55, 250 000, further approver Gleb',
      async () => {
        await yana.move(deal, 'quote');
        await yana.move(deal, 'invoice-approval');
        invoice = (
          await start('coffee-invoices', {
            invoiceType: 'purchase',
            invoiceNumber: '55',
            amount: 25_000_000,
            extraApprovers: ['gleb'],
          })
        ).id;
        await driver.advanceTo(at('2026-02-06 11:00'));
        const { items } = await yana.ok<Sheet>('GET', `/v1/deals/${invoice}/sheet`);
        see(
          'sheet',
          items[0]?.lines.map(({ user, state }) => `${user} ${state}`),
          ['yana skipped', 'roman asked', 'gleb waiting'],
        );
        return 'Yana’s own step is skipped; Roman is asked, then Gleb';
      },
    ),
    line('2026-02-06 12:00', 'Roman approves, Gleb approves', async () => {
      await roman.decide(invoice, 'approve-invoice', 'approved');
      await driver.advanceTo(at('2026-02-06 12:00'));
      await gleb.decide(invoice, 'approve-invoice', 'approved');
      await driver.advanceTo(at('2026-02-06 12:00'));
      const { items } = await yana.ok<Sheet>('GET', `/v1/deals/${invoice}/sheet`);
      see(
        'sheet',
        items[0]?.lines.map(({ user, state }) => `${user} ${state}`),
        ['yana skipped', 'roman approved', 'gleb approved'],
      );
      see('work of the accountant', await tamara.work(invoice), ['pay-invoice due Mon 09 Feb 12:00']);
      see('stage', (await yana.card(deal)).deal.stage, 'awaiting-payment');
      return 'a sheet of three lines; Tamara’s task; the deal awaits its payment';
    }),
    line('2026-02-09 16:00', 'paid, with its document; fulfilled; closed', async () => {
      await tamara.complete(invoice, 'pay-invoice');
      const { put, headers, ref } = await yana.ok<{
        put: string;
        headers: Record<string, string>;
        ref: unknown;
      }>('POST', `/v1/deals/${deal}/files`, {
        name: 'payment-55.pdf',
        type: 'application/pdf',
        size: 8,
        field: 'paymentDocument',
      });
      see('upload', await driver.put(put, headers, 'payment!'), 200);
      await yana.move(deal, 'fulfilment', { paymentDocument: ref, paidAt: '2026-02-09' });
      await driver.advanceTo(at('2026-02-09 16:00'));
      see('work', await yana.work(deal), ['fulfil due Thu 12 Feb 16:00']);
      await yana.complete(deal, 'fulfil');
      await yana.move(deal, 'won');
      await driver.advanceTo(at('2026-02-09 16:00'));
      see('total', (await card()).wonTotal, 35_200_000);
      return 'company total +352 000, once';
    }),
    line('2026-02-10 10:30', 'Denis links cafes 2 and 3 in the card of cafe 1', async () => {
      const second = await addCompany('Demo Cafe 2');
      const third = await addCompany('Demo Cafe 3');
      await denis.ok('POST', `/v1/companies/${company}/links`, { companies: [second, third] });
      see('card of cafe 2', await linked(second), ['Demo Cafe 1', 'Demo Cafe 3']);
      see('card of cafe 3', await linked(third), ['Demo Cafe 1', 'Demo Cafe 2']);
      return 'cards 2 and 3 show the other two';
    }),
    line('2026-02-10 11:00', 'the client calls with the number', async () => {
      const { number } = (await yana.card(deal)).deal;
      await driver.advanceTo(at('2026-02-10 11:00'));
      const { items } = await yana.ok<{ items: { deal: string; stageTitle: { ru: string } }[] }>(
        'GET',
        `/v1/search?q=${encodeURIComponent(number)}`,
      );
      const found = items.find((hit) => hit.deal === deal);
      see('stage', found?.stageTitle.ru, 'Закрыта успешно');
      return `search shows ${number} as “Закрыта успешно”`;
    }),
  ];
};

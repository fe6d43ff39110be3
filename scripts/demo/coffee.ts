import type { DealView } from '../../schemas/api/index.ts';
import { type Driver, local, personOn } from '../walkthroughs/scenario.ts';
import type { OfDemo } from './together.ts';

const zone = 'Europe/Moscow';
const day = 86_400_000;

/** The stages of a deal, in order. */
const stages = ['deal-new', 'quote', 'invoice-approval', 'awaiting-payment', 'fulfilment', 'won'] as const;

type Seed = {
  readonly title: string;
  readonly client: string;
  readonly category: 'horeca' | 'office' | 'retail' | 'vending' | 'abroad';
  readonly kind: 'order' | 'service' | 'repair';
  readonly by: 'yana' | 'denis';
  readonly brand: number;
  readonly quantity: number;
  /** roubles of one */
  readonly price: number;
  readonly stage: (typeof stages)[number] | 'lost';
  /** a discount that was asked for, and how that ended */
  readonly discount?: { readonly rate: number; readonly ends: 'approved' | 'rejected' | 'waits' };
};

const seeds: readonly Seed[] = [
  {
    title: 'Группа для рожковой машины',
    client: 'Кофейня Демо-1',
    category: 'horeca',
    kind: 'repair',
    by: 'yana',
    brand: 1,
    quantity: 1,
    price: 18_400,
    stage: 'deal-new',
  },
  {
    title: 'Суперавтомат в переговорную',
    client: 'Бизнес-центр Демо-2',
    category: 'office',
    kind: 'order',
    by: 'denis',
    brand: 3,
    quantity: 3,
    price: 94_000,
    stage: 'quote',
    discount: { rate: 12, ends: 'waits' },
  },
  {
    title: 'Две машины и кофемолки',
    client: 'Кофейня Демо-3',
    category: 'horeca',
    kind: 'order',
    by: 'yana',
    brand: 2,
    quantity: 2,
    price: 200_000,
    stage: 'invoice-approval',
    discount: { rate: 12, ends: 'approved' },
  },
  {
    title: 'Обслуживание парка на квартал',
    client: 'Вендинг Демо-4',
    category: 'vending',
    kind: 'service',
    by: 'denis',
    brand: 5,
    quantity: 12,
    price: 9_500,
    stage: 'awaiting-payment',
  },
  {
    title: 'Запчасти на склад клиента',
    client: 'Пекарня Демо-5',
    category: 'retail',
    kind: 'order',
    by: 'yana',
    brand: 4,
    quantity: 40,
    price: 2_750,
    stage: 'fulfilment',
    discount: { rate: 25, ends: 'rejected' },
  },
  {
    title: 'Открытие трёх кофеен',
    client: 'Кофейня Демо-6',
    category: 'horeca',
    kind: 'order',
    by: 'yana',
    brand: 2,
    quantity: 3,
    price: 215_000,
    stage: 'won',
  },
  {
    title: 'Кофейный уголок',
    client: 'Отель Демо-7',
    category: 'abroad',
    kind: 'order',
    by: 'denis',
    brand: 7,
    quantity: 1,
    price: 310_000,
    stage: 'lost',
  },
];

const leads = [
  { title: 'Не греет бойлер', phone: '+79161000001', clientName: 'Вадим', to: 'new-lead' },
  { title: 'Нужна машина в офис', phone: '+79161000002', clientName: 'Карина', to: 'lead-processing' },
  {
    title: 'Предлагаем продвижение сайта',
    phone: '+79161000003',
    clientName: 'Агентство',
    to: 'lead-rejected',
  },
] as const;

/**
 * Fills a new company through its API: leads, a deal on every stage, requests for discounts, invoices to pay, and a holding.
 * With a driver of virtual time the history takes two weeks and ends before `end`; without one it all happens now.
 */
export const playCoffee = async (driver: Pick<Driver, OfDemo>, end: Date): Promise<string[]> => {
  const person = (user: string) => personOn(driver, user, zone);
  const [yana, svetlana, roman, arkadi, lev, tamara] = [
    person('yana'),
    person('svetlana'),
    person('roman'),
    person('arkadi'),
    person('lev'),
    person('tamara'),
  ];
  const workers = { yana, denis: person('denis') };
  const start = Date.parse(
    local(zone, `${new Date(end.getTime() - 14 * day).toISOString().slice(0, 10)} 10:00`),
  );
  const pass = (days: number) =>
    driver.advanceTo(new Date(Math.min(start + days * day, end.getTime())).toISOString());
  await pass(0);

  const made: { id: string; number: string; seed: Seed; company: string }[] = [];
  for (const seed of seeds) {
    const by = workers[seed.by];
    const company = await by.ok<{ id: string }>('POST', '/v1/companies', {
      name: seed.client,
      extra: { category: seed.category },
    });
    const contact = await by.ok<{ id: string }>('POST', '/v1/contacts', {
      name: `Управляющий, ${seed.client}`,
      email: `client-${seed.client.replace(/\D+/g, '')}@coffee-demo.example`,
      company: company.id,
    });
    const deal = await by.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'coffee-deals',
      title: seed.title,
      responsible: seed.by,
      fields: {
        company: company.id,
        contact: contact.id,
        requestKind: seed.kind,
        items: [
          {
            product: seed.title,
            brand: `brand-${seed.brand}`,
            quantity: seed.quantity,
            price: seed.price * 100,
          },
        ],
      },
    });
    made.push({ id: deal.id, number: deal.number, seed, company: company.id });
  }
  const cafes = made.filter(({ seed }) => seed.client.startsWith('Кофейня')).map(({ company }) => company);
  const [head, ...others] = cafes;
  if (head !== undefined) {
    await yana.ok('POST', `/v1/companies/${head}/links`, { companies: others });
    await yana.ok('PATCH', `/v1/companies/${head}`, { holdingRole: 'head' });
  }

  const lastOf = ({ stage }: Seed) => stages.indexOf(stage === 'lost' ? 'quote' : stage);
  const reaching = (stage: (typeof stages)[number]) =>
    made.filter(({ seed }) => lastOf(seed) >= stages.indexOf(stage));
  const numbers: string[] = [];
  const lead = async ({ title, to, ...fields }: (typeof leads)[number]) => {
    const one = await yana.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'coffee-leads',
      title,
      fields: { ...fields, source: 'phone' },
    });
    numbers.push(`${one.number} ${to}`);
    return one.id;
  };

  await pass(1);
  for (const { id, seed } of reaching('quote')) await workers[seed.by].move(id, 'quote');
  for (const { id, seed } of made)
    if (seed.discount !== undefined && seed.discount.ends !== 'waits') {
      const request = await workers[seed.by].ok<DealView>('POST', `/v1/deals/${id}/processes`, {
        pipeline: 'coffee-discounts',
        fields: {
          brand: `brand-${seed.brand}`,
          requestedRate: seed.discount.rate,
          justification: 'Постоянный клиент, крупный заказ',
        },
      });
      await pass(1);
      await roman.decide(request.id, 'approve-discount', 'approved', 'Поддерживаю');
      await pass(1);
      if (seed.discount.ends === 'approved') await arkadi.decide(request.id, 'approve-discount', 'approved');
      else {
        await arkadi.decide(request.id, 'approve-discount', 'approved');
        await pass(1);
        await lev.decide(request.id, 'approve-discount', 'rejected', 'Ниже закупочной цены');
      }
    }
  await pass(3);
  for (const { id, seed } of made)
    if (seed.stage === 'lost') await workers[seed.by].move(id, 'lost', { lossReason: 'competitor' });
  for (const { id, seed } of reaching('invoice-approval'))
    await workers[seed.by].move(id, 'invoice-approval');
  await pass(5);
  for (const [place, { id, seed }] of reaching('invoice-approval').entries()) {
    const invoice = await workers[seed.by].ok<DealView>('POST', `/v1/deals/${id}/processes`, {
      pipeline: 'coffee-invoices',
      fields: {
        invoiceType: seed.kind === 'service' ? 'services' : 'purchase',
        invoiceNumber: `С-${101 + place}`,
        amount: Math.round(seed.quantity * seed.price * 70),
        payee: 'Поставщик Демо',
        extraApprovers: ['tamara'],
      },
    });
    await pass(5);
    const amount = Number(invoice.facts.amount);
    if (amount > 10_000_000) await roman.decide(invoice.id, 'approve-invoice', 'approved');
    await pass(5);
    if (lastOf(seed) < stages.indexOf('awaiting-payment')) continue;
    await tamara.decide(invoice.id, 'approve-invoice', 'approved');
    await pass(5);
    if (lastOf(seed) >= stages.indexOf('fulfilment')) await tamara.complete(invoice.id, 'pay-invoice');
  }
  await pass(8);
  for (const { id, seed } of reaching('fulfilment')) {
    const by = workers[seed.by];
    const { put, headers, ref } = await by.ok<{
      put: string;
      headers: Record<string, string>;
      ref: unknown;
    }>('POST', `/v1/deals/${id}/files`, {
      name: 'платёжное-поручение.pdf',
      type: 'application/pdf',
      size: 8,
      field: 'paymentDocument',
    });
    await driver.put(put, headers, 'payment!');
    await by.move(id, 'fulfilment', {
      paymentDocument: ref,
      paidAt: new Date(start + 8 * day).toISOString().slice(0, 10),
    });
  }
  await pass(10);
  for (const { id, seed } of reaching('won')) {
    await workers[seed.by].complete(id, 'fulfil');
    await workers[seed.by].move(id, 'won');
  }
  await pass(13);
  for (const one of leads) {
    const id = await lead(one);
    await pass(13);
    if (one.to === 'new-lead') continue;
    await svetlana.ok('POST', `/v1/deals/${id}/assign`, { responsible: 'denis' });
    await pass(13);
    if (one.to === 'lead-processing')
      await workers.denis.move(id, 'lead-processing', { requestKind: 'order' });
    else await svetlana.move(id, 'lead-rejected', { spamReason: 'spam' });
  }
  for (const { id, seed } of made)
    if (seed.discount?.ends === 'waits')
      await workers[seed.by].ok('POST', `/v1/deals/${id}/processes`, {
        pipeline: 'coffee-discounts',
        fields: {
          brand: `brand-${seed.brand}`,
          requestedRate: seed.discount.rate,
          justification: 'Берут три машины сразу',
        },
      });
  await pass(14);
  return [...made.map(({ number, seed }) => `${number} ${seed.stage}`), ...numbers];
};

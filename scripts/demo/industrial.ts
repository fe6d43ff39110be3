import type { DealView } from '../../schemas/api/index.ts';
import { type Driver, moscow, personOn } from '../walkthroughs/scenario.ts';

type Seed = {
  readonly title: string;
  readonly company: string;
  readonly contact: string;
  readonly total: number;
  readonly complexity: 'simple' | 'complex' | 'very-complex';
  /** the stage it has come to */
  readonly stage: string;
  readonly paid?: number;
  readonly delivery?: 'pickup' | 'carrier' | 'own-delivery';
};

const seeds: readonly Seed[] = [
  {
    title: '40 подшипников 6205',
    company: 'Комбинат Демо-2',
    contact: 'Ольга',
    total: 18_600_000,
    complexity: 'simple',
    stage: 'unprocessed',
  },
  {
    title: 'Ремни и шкивы для линии розлива',
    company: 'Пищевик Демо-3',
    contact: 'Игорь',
    total: 9_450_000,
    complexity: 'simple',
    stage: 'express-identification',
  },
  {
    title: 'Комплект СИЗ на бригаду',
    company: 'Карьер Демо-4',
    contact: 'Марат',
    total: 31_200_000,
    complexity: 'complex',
    stage: 'invoice-quote',
  },
  {
    title: 'Муфты для насосной станции',
    company: 'Водоканал Демо-5',
    contact: 'Елена',
    total: 52_000_000,
    complexity: 'very-complex',
    stage: 'contract',
  },
  {
    title: 'Уплотнения, годовой заказ',
    company: 'Химзавод Демо-6',
    contact: 'Сергей',
    total: 127_500_000,
    complexity: 'complex',
    stage: 'picking',
    paid: 60_000_000,
    delivery: 'pickup',
  },
  {
    title: 'Смазка промышленная, 2 т',
    company: 'Депо Демо-7',
    contact: 'Тимур',
    total: 24_000_000,
    complexity: 'simple',
    stage: 'shipment',
    paid: 24_000_000,
    delivery: 'carrier',
  },
  {
    title: 'Инструмент для цеха',
    company: 'Машзавод Демо-8',
    contact: 'Вадим',
    total: 14_300_000,
    complexity: 'simple',
    stage: 'wrap-up',
    paid: 14_300_000,
    delivery: 'carrier',
  },
  {
    title: 'Линейные направляющие',
    company: 'Станкозавод Демо-9',
    contact: 'Юлия',
    total: 36_750_000,
    complexity: 'complex',
    stage: 'won',
    paid: 36_750_000,
    delivery: 'own-delivery',
  },
  {
    title: 'Редуктор под заказ',
    company: 'Лесопилка Демо-10',
    contact: 'Пётр',
    total: 71_000_000,
    complexity: 'very-complex',
    stage: 'lost',
  },
];

/** The stages of a deal in goods, in order. */
export const stagesOfGoods = [
  'unprocessed',
  'express-identification',
  'invoice-quote',
  'contract',
  'picking',
  'shipment',
  'wrap-up',
  'won',
];
const day = 86_400_000;

/**
 * Fills a new company through its API with a deal on every stage of the goods pipeline and the history that led there.
 * With a driver of virtual time the history takes two weeks and ends before `end`; without one it all happens now.
 */
export const playIndustrial = async (
  driver: Pick<Driver, 'call' | 'advanceTo'>,
  end: Date,
): Promise<string[]> => {
  const pavel = personOn(driver, 'pavel');
  const rita = personOn(driver, 'rita');
  const start = moscow(`${new Date(end.getTime() - 14 * day).toISOString().slice(0, 10)} 09:30`);
  const pass = (days: number) =>
    driver.advanceTo(new Date(Math.min(new Date(start).getTime() + days * day, end.getTime())).toISOString());
  await pass(0);

  // Clients side by side, deals one after another: their numbers follow the list.
  const clients = await Promise.all(
    seeds.map(async (seed) => {
      const company = await pavel.ok<{ id: string }>('POST', '/v1/companies', { name: seed.company });
      const slug = seed.company.replace(/\D+/g, '');
      const contact = await pavel.ok<{ id: string }>('POST', '/v1/contacts', {
        name: seed.contact,
        email: `client-${slug}@demo-${slug}.example`,
        company: company.id,
      });
      return { company: company.id, contact: contact.id };
    }),
  );
  const made: { id: string; number: string; seed: Seed }[] = [];
  for (const [place, seed] of seeds.entries()) {
    const deal = await pavel.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'goods',
      title: seed.title,
      fields: { ...clients[place], payerKind: 'legal' },
    });
    made.push({ id: deal.id, number: deal.number, seed });
  }
  const lastOf = (seed: Seed) => stagesOfGoods.indexOf(seed.stage === 'lost' ? 'invoice-quote' : seed.stage);
  const each = async (stage: string, work: (id: string, seed: Seed) => Promise<unknown>) => {
    await Promise.all(
      made
        .filter(({ seed }) => lastOf(seed) >= stagesOfGoods.indexOf(stage))
        .map(({ id, seed }) => work(id, seed)),
    );
  };
  const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);

  await each('express-identification', (id) => pavel.move(id, 'express-identification'));
  await pass(0.3);
  await each('invoice-quote', async (id, seed) => {
    await pavel.complete(id, 'express-identification', {
      caseComplexity: seed.complexity,
      dealTotal: seed.total,
    });
    await pavel.move(id, 'invoice-quote');
  });
  await pass(2);
  await each('invoice-quote', async (id, seed) => {
    if (seed.stage === 'lost') await pavel.move(id, 'lost', { lossReason: 'price' });
  });
  await each('contract', async (id) => {
    await pavel.complete(id, 'send-quote');
    await pavel.move(id, 'contract', { contractNeeded: 'yes' });
  });
  await pass(4);
  await each('picking', async (id, seed) => {
    await pavel.complete(id, 'send-contract');
    await pavel.move(id, 'picking', {
      deliveryTerms: seed.delivery ?? 'pickup',
      contractSignedAt: dayOf(new Date(start).getTime() + 4 * day),
    });
  });
  await pass(6);
  await each('picking', async (id, { paid }) => {
    if (paid === undefined) return;
    const amount = { amount: paid, currency: 'RUB' };
    await rita.ok('POST', `/v1/deals/${id}/ledger`, { kind: 'payment', amount, account: 'bank' });
  });
  await pass(8);
  await each('shipment', async (id) => {
    await pavel.complete(id, 'pick-order');
    await pavel.move(id, 'shipment');
  });
  await pass(10);
  await each('wrap-up', async (id) => {
    await pavel.complete(id, 'arrange-shipment', { trackNumber: '1510000042' });
    await pavel.move(id, 'wrap-up');
  });
  await pass(12);
  await each('won', async (id) => {
    await pavel.complete(id, 'get-scans');
    await pavel.move(id, 'won', { originalsPlannedDate: dayOf(end.getTime() + 5 * day) });
  });
  await pass(14);
  return made.map(({ number, seed }) => `${number} ${seed.stage}`);
};

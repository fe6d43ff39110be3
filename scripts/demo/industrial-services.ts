import type { DealView } from '../../schemas/api/index.ts';
import { type Driver, moscow, personOn, see } from '../walkthroughs/scenario.ts';
import type { OfDemo } from './together.ts';

type Seed = {
  readonly title: string;
  readonly company: string;
  readonly contact: string;
  readonly kind: 'vibro-diagnostics' | 'laser-alignment' | 'dynamic-balancing';
  readonly total: number;
  /** the stage it has come to */
  readonly stage: string;
  readonly paid?: number;
};

const seeds: readonly Seed[] = [
  {
    title: 'Балансировка вентилятора дымососа',
    company: 'ТЭЦ Демо-11',
    contact: 'Анна',
    kind: 'dynamic-balancing',
    total: 12_500_000,
    stage: 'unprocessed',
  },
  {
    title: 'Центровка трёх насосов',
    company: 'Нефтебаза Демо-12',
    contact: 'Руслан',
    kind: 'laser-alignment',
    total: 18_000_000,
    stage: 'invoice-quote',
  },
  {
    title: 'Вибродиагностика на год',
    company: 'Цемзавод Демо-13',
    contact: 'Галия',
    kind: 'vibro-diagnostics',
    total: 96_000_000,
    stage: 'contract',
  },
  {
    title: 'Вибродиагностика компрессорной',
    company: 'Холод Демо-14',
    contact: 'Максим',
    kind: 'vibro-diagnostics',
    total: 9_000_000,
    stage: 'awaiting-visit',
  },
  {
    title: 'Центровка валов прокатной клети',
    company: 'Прокат Демо-15',
    contact: 'Денис',
    kind: 'laser-alignment',
    total: 27_400_000,
    stage: 'wrap-up',
    paid: 15_000_000,
  },
];

const way = [
  'unprocessed',
  'primary-identification',
  'invoice-quote',
  'contract',
  'awaiting-visit',
  'wrap-up',
];
const day = 86_400_000;

/**
 * Fills the services of a new company through its API: requests, a visit to come, a contract and a trip that wait for
 * their approval, money to be handed out. With a driver of virtual time it takes two weeks and ends before `end`.
 */
export const playServices = async (driver: Pick<Driver, OfDemo>, end: Date): Promise<string[]> => {
  const pavel = personOn(driver, 'pavel');
  const semyon = personOn(driver, 'semyon');
  const rita = personOn(driver, 'rita');
  const artem = personOn(driver, 'artem');
  const dayOf = (instant: number) => new Date(instant).toISOString().slice(0, 10);
  const start = Date.parse(moscow(`${dayOf(end.getTime() - 14 * day)} 10:00`));
  const pass = (days: number) =>
    driver.advanceTo(new Date(Math.min(start + days * day, end.getTime())).toISOString());
  await pass(0);

  const made: { id: string; number: string; seed: Seed }[] = [];
  for (const seed of seeds) {
    const company = await pavel.ok<{ id: string }>('POST', '/v1/companies', { name: seed.company });
    const slug = seed.company.replace(/\D+/g, '');
    const contact = await pavel.ok<{ id: string }>('POST', '/v1/contacts', {
      name: seed.contact,
      email: `client-${slug}@demo-${slug}.example`,
      company: company.id,
    });
    const { id, number } = await pavel.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'services',
      title: seed.title,
      fields: { company: company.id, contact: contact.id, payerKind: 'legal' },
    });
    made.push({ id, number, seed });
  }
  const each = async (stage: string, work: (id: string, seed: Seed) => Promise<unknown>) => {
    for (const { id, seed } of made) if (way.indexOf(seed.stage) >= way.indexOf(stage)) await work(id, seed);
  };
  const trip = async (deal: string, place: string, amount: number) => {
    const { id } = await artem.ok<DealView>('POST', `/v1/deals/${deal}/processes`, {
      pipeline: 'trip-approval',
    });
    await pass(12);
    await artem.complete(id, 'fill-trip-data', {
      traveller: 'artem',
      place,
      from: dayOf(end.getTime() + 2 * day),
      to: dayOf(end.getTime() + 4 * day),
      purpose: 'Измерения на площадке',
      amount,
    });
    await pass(12);
    return id;
  };

  await each('primary-identification', (id) => pavel.move(id, 'primary-identification'));
  await pass(0.1);
  await each('invoice-quote', async (id, { kind, total }) => {
    await pavel.complete(id, 'express-identification', { serviceKinds: [kind] });
    await pavel.change(id, { dealTotal: total });
    await pavel.move(id, 'invoice-quote');
  });
  await pass(1);
  await each('contract', async (id, { stage }) => {
    await pavel.complete(id, 'send-quote');
    await pavel.complete(id, 'send-prep-sheet');
    if (stage === 'contract') {
      await pavel.move(id, 'contract', { contractNeeded: 'yes', emergency: false });
      return;
    }
    const readiness = stage === 'awaiting-visit' ? end.getTime() + 3 * day : start + 4 * day;
    await pavel.move(id, 'contract', {
      contractNeeded: 'no',
      emergency: false,
      workExecutor: 'artem',
      plannedReadinessDate: moscow(`${dayOf(readiness)} 10:00`),
    });
  });
  await pass(4);
  await each('wrap-up', async (id) => {
    await pavel.complete(id, 'get-readiness');
    await pavel.move(id, 'in-progress');
  });
  await pass(6);
  await each('wrap-up', async (id, { paid }) => {
    await pavel.complete(id, 'send-invoice-prep');
    await pavel.move(id, 'wrap-up');
    if (paid === undefined) return;
    const amount = { amount: paid, currency: 'RUB' };
    await rita.ok('POST', `/v1/deals/${id}/ledger`, { kind: 'payment', amount, account: 'bank' });
  });

  await pass(12);
  for (const { id, seed } of made) {
    if (seed.stage === 'contract') {
      const { id: asked } = await pavel.ok<DealView>('POST', `/v1/deals/${id}/processes`, {
        pipeline: 'contract-approval',
      });
      await pass(12);
      const announced = { name: 'contract.pdf', type: 'application/pdf', size: 8, field: 'contractDraft' };
      const { put, headers, ref } = await pavel.ok<{
        put: string;
        headers: Record<string, string>;
        ref: unknown;
      }>('POST', `/v1/deals/${asked}/files`, announced);
      see('upload of the contract', await driver.put(put, headers, '8 bytes!'), 200);
      await pavel.complete(asked, 'draft-contract', { contractDraft: ref });
    }
    if (seed.stage === 'awaiting-visit') {
      await semyon.decide(await trip(id, seed.company, 1_500_000), 'approve-trip', 'approved');
      await trip(id, `${seed.company}, второй выезд`, 900_000);
    }
  }
  await pass(14);
  return made.map(({ number, seed }) => `${number} ${seed.stage}`);
};

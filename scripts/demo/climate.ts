import type { CardView, DealView } from '../../schemas/api/index.ts';
import { type Driver, local, personOn } from '../walkthroughs/scenario.ts';
import type { OfDemo } from './together.ts';

const zone = 'Europe/Kyiv';
const day = 86_400_000;

type Stage =
  | 'new-request'
  | 'selection-needed'
  | 'send-quote'
  | 'client-deciding'
  | 'deal-closing'
  | 'awaiting-shipment'
  | 'completed-success'
  | 'archive'
  | 'on-hold'
  | 'refused';
/** The way of a deal that nothing stops. */
const way: readonly Stage[] = [
  'new-request',
  'selection-needed',
  'send-quote',
  'client-deciding',
  'deal-closing',
  'awaiting-shipment',
  'completed-success',
  'archive',
];

type Seed = {
  readonly site: string;
  readonly client: string;
  readonly address: string;
  readonly type: 'supply' | 'supply-and-installation' | 'tender';
  readonly brand: 'brand-a' | 'brand-b' | 'brand-c';
  readonly by: 'olha' | 'maryna';
  /** dollars */
  readonly total: number;
  readonly stage: Stage;
};

const seeds: readonly Seed[] = [
  {
    site: 'Аптека на углу',
    client: 'Аптеки Демо-1',
    address: '4 Garden Lane',
    type: 'supply',
    brand: 'brand-a',
    by: 'olha',
    total: 6_200,
    stage: 'new-request',
  },
  {
    site: 'Фитнес-клуб',
    client: 'Спорт Демо-2',
    address: '18 River Embankment',
    type: 'supply-and-installation',
    brand: 'brand-b',
    by: 'maryna',
    total: 31_000,
    stage: 'selection-needed',
  },
  {
    site: 'Бизнес-центр Юг',
    client: 'Девелопмент Демо-3',
    address: '40 Test Street',
    type: 'supply',
    brand: 'brand-a',
    by: 'olha',
    total: 54_000,
    stage: 'send-quote',
  },
  {
    site: 'Отель у вокзала',
    client: 'Отели Демо-4',
    address: '2 Station Square',
    type: 'tender',
    brand: 'brand-c',
    by: 'maryna',
    total: 88_000,
    stage: 'client-deciding',
  },
  {
    site: 'Супермаркет',
    client: 'Ритейл Демо-5',
    address: '61 Market Street',
    type: 'supply',
    brand: 'brand-b',
    by: 'olha',
    total: 27_500,
    stage: 'deal-closing',
  },
  {
    site: 'Склад с офисом',
    client: 'Логистика Демо-6',
    address: '9 Harbour Road',
    type: 'supply-and-installation',
    brand: 'brand-a',
    by: 'olha',
    total: 42_000,
    stage: 'awaiting-shipment',
  },
  {
    site: 'Клиника',
    client: 'Медицина Демо-7',
    address: '25 Garden Lane',
    type: 'supply',
    brand: 'brand-c',
    by: 'maryna',
    total: 36_400,
    stage: 'completed-success',
  },
  {
    site: 'Банковское отделение',
    client: 'Банк Демо-8',
    address: '7 Test Street',
    type: 'supply',
    brand: 'brand-a',
    by: 'olha',
    total: 19_800,
    stage: 'archive',
  },
  {
    site: 'Завод, второй цех',
    client: 'Завод Демо-9',
    address: '120 River Embankment',
    type: 'tender',
    brand: 'brand-b',
    by: 'maryna',
    total: 140_000,
    stage: 'on-hold',
  },
  {
    site: 'Ресторан',
    client: 'Ресторан Демо-10',
    address: '33 Market Street',
    type: 'supply',
    brand: 'brand-c',
    by: 'olha',
    total: 9_900,
    stage: 'refused',
  },
];

/**
 * Fills a new company through its API: a deal on every stage, calculations under way and completed, money in two currencies,
 * shipments, bonuses, and warranties. With a driver of virtual time the history takes two weeks and ends before `end`; without
 * one it all happens now.
 */
export const playClimate = async (driver: Pick<Driver, OfDemo>, end: Date): Promise<string[]> => {
  const person = (user: string) => personOn(driver, user, zone);
  const managers = { olha: person('olha'), maryna: person('maryna') };
  const [danylo, ihor, lesia, nina] = [person('danylo'), person('ihor'), person('lesia'), person('nina-k')];
  const start = Date.parse(
    local(zone, `${new Date(end.getTime() - 14 * day).toISOString().slice(0, 10)} 10:00`),
  );
  const on = (days: number): string => new Date(start + days * day).toISOString().slice(0, 10);
  const pass = (days: number) =>
    driver.advanceTo(new Date(Math.min(start + days * day, end.getTime())).toISOString());
  const upload = async (by: ReturnType<typeof person>, deal: string, field: string, name: string) => {
    const { put, headers, ref } = await by.ok<{ put: string; headers: Record<string, string>; ref: unknown }>(
      'POST',
      `/v1/deals/${deal}/files`,
      { name, type: 'application/pdf', size: 8, field },
    );
    await driver.put(put, headers, '8 bytes!');
    return ref;
  };
  await pass(0);

  const made: { id: string; number: string; seed: Seed }[] = [];
  for (const seed of seeds) {
    const by = managers[seed.by];
    const company = await by.ok<{ id: string }>('POST', '/v1/companies', {
      name: seed.client,
      extra: { kind: ['client'] },
    });
    const contact = await by.ok<{ id: string }>('POST', '/v1/contacts', {
      name: `Директор, ${seed.client}`,
      email: `client-${seed.client.replace(/\D+/g, '')}@climate-demo.example`,
      company: company.id,
      extra: { position: 'director' },
    });
    const deal = await by.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'climate-sales',
      title: seed.site,
      responsible: seed.by,
      fields: {
        dealType: seed.type,
        siteName: seed.site,
        address: seed.address,
        brand: seed.brand,
        company: company.id,
        contact: contact.id,
      },
    });
    made.push({ id: deal.id, number: deal.number, seed });
  }
  const lastOf = ({ stage }: Seed) =>
    way.indexOf(stage === 'on-hold' || stage === 'refused' ? 'client-deciding' : stage);
  const reaching = (stage: Stage) => made.filter(({ seed }) => lastOf(seed) >= way.indexOf(stage));

  await pass(1);
  const calculations = new Map<string, string>();
  for (const { id, seed } of reaching('selection-needed')) {
    await managers[seed.by].move(id, 'selection-needed');
    await pass(1);
    const { processes } = await managers[seed.by].ok<CardView>('GET', `/v1/deals/${id}`);
    calculations.set(id, processes[0]?.deal ?? '');
  }
  for (const calculation of calculations.values()) {
    await danylo.ok('POST', `/v1/deals/${calculation}/assign`, { responsible: 'ihor' });
    await ihor.move(calculation, 'in-progress');
  }
  await pass(3);
  for (const [place, { id }] of reaching('send-quote').entries()) {
    const calculation = calculations.get(id) ?? '';
    const quote = await upload(ihor, calculation, 'quoteFiles', `кп-${place + 1}.pdf`);
    await ihor.move(calculation, 'done', {
      capacityKw: 40 + 12 * place,
      outdoorUnits: 1 + place,
      indoorUnits: 8 + 4 * place,
      areaM2: 600 + 250 * place,
      floors: 1 + (place % 5),
      quoteFiles: [quote],
    });
  }
  await pass(4);
  for (const { id, seed } of reaching('client-deciding')) await managers[seed.by].move(id, 'client-deciding');
  await pass(6);
  for (const { id, seed } of made)
    if (seed.stage === 'on-hold') await managers[seed.by].move(id, 'on-hold', { unfreezeOn: on(90) });
    else if (seed.stage === 'refused')
      await managers[seed.by].move(id, 'refused', {
        refusalReason: 'expensive',
        refusalNote: 'Выбрали дешевле',
      });
  for (const { id, seed } of reaching('deal-closing')) await managers[seed.by].move(id, 'deal-closing');
  await pass(8);
  const income = (id: string, dollars: number) =>
    nina.ok('POST', `/v1/deals/${id}/ledger`, {
      kind: 'payment',
      amount: { amount: Math.round(dollars * 41.5 * 100), currency: 'UAH' },
      rate: '41.50',
    });
  const ship = (id: string, dollars: number) =>
    lesia.ok('POST', `/v1/deals/${id}/ledger`, {
      kind: 'shipment',
      amount: { amount: dollars * 100, currency: 'USD' },
    });
  for (const [place, { id, seed }] of reaching('awaiting-shipment').entries()) {
    await income(id, seed.total / 2);
    await nina.change(id, { paymentReceivedAt: on(8) });
    await managers[seed.by].change(id, { contractState: 'not-required' });
    await lesia.move(id, 'awaiting-shipment', {
      order1cNumber: `000${140 + place}`,
      dealTotalUsd: seed.total * 100,
    });
    await pass(8);
    await ship(id, Math.round(seed.total / 4));
  }
  await pass(11);
  for (const { id, seed } of reaching('completed-success')) {
    await income(id, seed.total / 2);
    await ship(id, seed.total - Math.round(seed.total / 4));
    await lesia.move(id, 'completed-success', { warrantyStart: on(11), warrantyMonths: 36 });
  }
  await pass(13);
  for (const { id, seed } of reaching('archive')) {
    const [bonus] = (await nina.card(id)).accruals;
    if (bonus !== undefined) await nina.ok('POST', `/v1/deals/${id}/accruals/${bonus.id}/pay`, {});
    const serialNumbersFile = await upload(lesia, id, 'serialNumbersFile', 'серийные-номера.pdf');
    await managers[seed.by].move(id, 'archive', { serialNumbersFile });
  }
  await pass(14);
  return made.map(({ number, seed }) => `${number} ${seed.stage}`);
};

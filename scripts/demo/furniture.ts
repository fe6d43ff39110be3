import type { DealView } from '../../schemas/api/index.ts';
import type { FileRef } from '../../schemas/deal.ts';
import { type Driver, moscow, type Person, personOn, see } from '../walkthroughs/scenario.ts';
import type { OfDemo } from './together.ts';

type Seed = {
  readonly title: string;
  readonly buyer: string;
  readonly products: readonly ('furniture' | 'doors')[];
  readonly segment: 'retail' | 'corporate';
  /** in roubles */
  readonly price: number;
  /** the stage it has come to; `cancelled` from production */
  readonly stage: string;
};

const seeds: readonly Seed[] = [
  {
    title: 'Кухня угловая',
    buyer: 'Вера',
    products: ['furniture'],
    segment: 'retail',
    price: 214_000,
    stage: 'order-intake',
  },
  {
    title: 'Три межкомнатные двери',
    buyer: 'Илья',
    products: ['doors'],
    segment: 'retail',
    price: 96_000,
    stage: 'measurement',
  },
  {
    title: 'Шкаф-купе',
    buyer: 'Дарья',
    products: ['furniture'],
    segment: 'retail',
    price: 118_000,
    stage: 'deal-conclusion',
  },
  {
    title: 'Ресепшен и двери офиса',
    buyer: 'ООО Демо-21',
    products: ['furniture', 'doors'],
    segment: 'corporate',
    price: 472_000,
    stage: 'production',
  },
  {
    title: 'Гардеробная',
    buyer: 'Никита',
    products: ['furniture'],
    segment: 'retail',
    price: 187_500,
    stage: 'shipment-prep',
  },
  {
    title: 'Детская',
    buyer: 'Алина',
    products: ['furniture'],
    segment: 'retail',
    price: 143_000,
    stage: 'delivery',
  },
  {
    title: 'Входная группа',
    buyer: 'ООО Демо-22',
    products: ['doors'],
    segment: 'corporate',
    price: 268_000,
    stage: 'installation',
  },
  {
    title: 'Прихожая',
    buyer: 'Тарас',
    products: ['furniture'],
    segment: 'retail',
    price: 74_000,
    stage: 'rework',
  },
  {
    title: 'Шкаф и две двери',
    buyer: 'Полина',
    products: ['furniture', 'doors'],
    segment: 'retail',
    price: 150_000,
    stage: 'closed',
  },
  {
    title: 'Стеллажи',
    buyer: 'Мира',
    products: ['furniture'],
    segment: 'retail',
    price: 61_000,
    stage: 'cancelled',
  },
];

/** The stages of an order, in order. */
const stages = [
  'order-intake',
  'measurement',
  'deal-conclusion',
  'production',
  'shipment-prep',
  'delivery',
  'installation',
  'rework',
  'closed',
];
const day = 86_400_000;
const hour = 3_600_000;

type Free = { people: { user: string; free: { start: string; end: string }[] }[] };

/**
 * Fills a new company through its API with an order on every stage and the history that led there: documents, visits booked
 * where crews are free, sizes and photos from the site. With a driver of virtual time the history takes two weeks and ends
 * before `end`; without one it all happens now.
 */
export const playFurniture = async (driver: Pick<Driver, OfDemo>, end: Date): Promise<string[]> => {
  const irina = personOn(driver, 'irina');
  const anton = personOn(driver, 'anton');
  const zoya = personOn(driver, 'zoya');
  const start = new Date(moscow(`${new Date(end.getTime() - 14 * day).toISOString().slice(0, 10)} 09:30`));
  let today = start;
  const pass = async (days: number) => {
    today = new Date(Math.min(start.getTime() + days * day, end.getTime()));
    await driver.advanceTo(today.toISOString());
  };

  const file = async (person: Person, order: string, field: string, name: string): Promise<FileRef> => {
    const type = name.endsWith('.jpg') ? 'image/jpeg' : 'application/pdf';
    const announced = { name, type, size: 8, field };
    const { put, headers, ref } = await person.ok<{
      put: string;
      headers: Record<string, string>;
      ref: FileRef;
    }>('POST', `/v1/deals/${order}/files`, announced);
    see(`upload of ${name}`, await driver.put(put, headers, '8 bytes!'), 200);
    return ref;
  };
  /** the first time in two weeks that somebody with the role is free for so long; of visits still to come, after `end` */
  const freeTime = async (role: string, hours: number, isToCome = false) => {
    const from = isToCome ? end : today;
    const days = (count: number) => new Date(from.getTime() + count * day).toISOString().slice(0, 10);
    const { people } = await irina.ok<Free>(
      'GET',
      `/v1/availability?role=${role}&from=${days(1)}&to=${days(15)}`,
    );
    const found = people
      .flatMap(({ user, free }) => free.map((one) => ({ user, ...one })))
      .filter(({ start, end }) => Date.parse(end) - Date.parse(start) >= hours * hour)
      .sort((one, other) => Date.parse(one.start) - Date.parse(other.start))[0];
    if (found === undefined)
      throw new Error(`nobody with the role ${role} is free for ${hours} hours in two weeks`);
    return { start: found.start, people: [found.user] };
  };

  const made: { id: string; number: string; seed: Seed }[] = [];
  for (const [place, seed] of seeds.entries()) {
    const buyer = await irina.ok<{ id: string }>('POST', '/v1/contacts', {
      name: seed.buyer,
      phone: `+790055522${place + 10}`,
    });
    const order = await irina.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'furniture-order',
      title: seed.title,
      fields: {
        contact: buyer.id,
        segment: seed.segment,
        productKinds: [...seed.products],
        siteAddress: `Образцовая ул., ${place + 1}`,
        buyerWishes: 'По эскизу из салона',
      },
    });
    made.push({ id: order.id, number: order.number, seed });
  }
  /** one after another: they share the time of the crews */
  const each = async (stage: string, work: (id: string, seed: Seed) => Promise<unknown>) => {
    for (const { id, seed } of made) {
      const last = stages.indexOf(seed.stage === 'cancelled' ? 'production' : seed.stage);
      if (last >= stages.indexOf(stage)) await work(id, seed);
    }
  };
  const crewOf = async (id: string, field: string): Promise<Person> => {
    const { deal } = await irina.card(id);
    return personOn(driver, (deal.fields[field] as { people: string[] }).people[0] ?? '');
  };

  await each('measurement', async (id, { stage }) => {
    await irina.move(id, 'measurement', {
      contractDraft: await file(irina, id, 'contractDraft', 'draft.pdf'),
      techCalculations: await file(irina, id, 'techCalculations', 'calculations.pdf'),
    });
    await irina.change(id, {
      measurementAt: await freeTime('furniture-measurer', 2, stage === 'measurement'),
    });
  });
  await pass(3);
  await each('deal-conclusion', async (id, { products }) => {
    const measurer = await crewOf(id, 'measurementAt');
    await measurer.complete(id, 'measure', {
      measurements: products.map((product, n) => ({
        place: product === 'doors' ? 'проём' : 'ниша',
        width: 800 + 40 * n,
        height: 2100,
      })),
      measurementFiles: [await file(measurer, id, 'measurementFiles', 'site.jpg')],
    });
  });
  await pass(3.2);
  await each('production', async (id, { price }) => {
    await irina.move(id, 'production', {
      decor: 'дуб',
      finishing: 'матовая',
      extraWorks: [{ title: 'вынос старой мебели', price: 400_000 }],
      baseTotal: price * 100 - 400_000,
      paymentTerms: 'half',
      contractFile: await file(irina, id, 'contractFile', 'contract.pdf'),
    });
    await anton.ok('POST', `/v1/deals/${id}/comments`, { text: 'Взяли в работу, материал на складе' });
  });
  await pass(7);
  await each('production', async (id, { stage }) => {
    if (stage === 'cancelled') await irina.move(id, 'closed', { cancelReason: 'no-need' });
  });
  await each('shipment-prep', async (id) => {
    await anton.complete(id, 'produce');
    await irina.move(id, 'shipment-prep');
  });
  await pass(8);
  await each('delivery', async (id, { stage }) => {
    await zoya.complete(id, 'prepare-shipment');
    const deliveryAt = await freeTime('furniture-delivery', 2, stage === 'delivery');
    await irina.move(id, 'delivery', { deliveryAt });
  });
  await pass(10);
  await each('installation', async (id, { stage }) => {
    await (await crewOf(id, 'deliveryAt')).complete(id, 'deliver');
    const installationAt = await freeTime('furniture-installer', 4, stage === 'installation');
    await irina.move(id, 'installation', { installationAt });
  });
  await pass(12);
  await each('rework', async (id, { stage }) => {
    const installer = await crewOf(id, 'installationAt');
    await installer.complete(id, 'install', {
      installPhotos: [await file(installer, id, 'installPhotos', 'done.jpg')],
      installResult: stage === 'rework' ? 'issues' : 'ok',
      ...(stage === 'rework' && { installNotes: 'Царапина на фасаде' }),
    });
    if (stage === 'rework')
      await irina.move(id, 'rework', { reworkNotes: 'Заменить фасад', reworkBy: installer.user });
    else await irina.move(id, 'closed');
  });
  await pass(14);
  return made.map(({ number, seed }) => `${number} ${seed.stage}`);
};

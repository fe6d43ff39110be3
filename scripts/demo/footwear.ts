import type { DealView } from '../../schemas/api/index.ts';
import type { SocialChannel } from '../../schemas/conversation.ts';
import { type Driver, local, type Person, personOn } from '../walkthroughs/scenario.ts';
import type { OfDemo } from './together.ts';

type Seed = {
  readonly client: string;
  readonly channel: SocialChannel;
  readonly manager: 'elena' | 'radu';
  readonly says: string;
  /** what the comment stands under; a direct message without one */
  readonly post?: string;
  readonly model: string;
  readonly size: string;
  readonly colour: string;
  /** in lei */
  readonly price: number;
  /** the stage it has come to */
  readonly stage: string;
};

const zone = 'Europe/Chisinau';

const seeds: readonly Seed[] = [
  {
    client: 'Cristina Botnaru',
    channel: 'instagram',
    manager: 'elena',
    says: 'Bună! Aveți mărimea 37?',
    post: 'Ghete de iarnă, piele naturală',
    model: 'Ghete Iarna',
    size: '37',
    colour: 'negru',
    price: 1_650,
    stage: 'new-request',
  },
  {
    client: 'Olga Rotaru',
    channel: 'facebook',
    manager: 'elena',
    says: 'Cât costă și cât durează?',
    model: 'Botine Clasic',
    size: '38',
    colour: 'maro',
    price: 1_480,
    stage: 'negotiation',
  },
  {
    client: 'Alina Guțu',
    channel: 'instagram',
    manager: 'radu',
    says: 'Vreau perechea din fotografie',
    post: 'Mocasini de toamnă',
    model: 'Mocasini',
    size: '39',
    colour: 'bej',
    price: 1_120,
    stage: 'advance-check',
  },
  {
    client: 'Natalia Cojocaru',
    channel: 'instagram',
    manager: 'elena',
    says: 'Se poate pe verde?',
    model: 'Cizme Înalte',
    size: '36',
    colour: 'verde',
    price: 2_400,
    stage: 'production',
  },
  {
    client: 'Ecaterina Sîrbu',
    channel: 'facebook',
    manager: 'radu',
    says: 'Livrați la Cahul?',
    model: 'Botine Clasic',
    size: '40',
    colour: 'negru',
    price: 1_480,
    stage: 'ready-to-ship',
  },
  {
    client: 'Diana Ungureanu',
    channel: 'instagram',
    manager: 'elena',
    says: 'size 38?',
    post: 'Pantofi de seară',
    model: 'Pantofi Seara',
    size: '38',
    colour: 'roșu',
    price: 1_350,
    stage: 'additional-payment',
  },
  {
    client: 'Svetlana Bejan',
    channel: 'facebook',
    manager: 'radu',
    says: 'Când ajunge coletul?',
    model: 'Ghete Iarna',
    size: '41',
    colour: 'negru',
    price: 1_650,
    stage: 'in-transit',
  },
  {
    client: 'Ludmila Vieru',
    channel: 'instagram',
    manager: 'elena',
    says: 'Îmi plac foarte mult!',
    post: 'Sandale, colecția nouă',
    model: 'Sandale',
    size: '37',
    colour: 'alb',
    price: 980,
    stage: 'return',
  },
  {
    client: 'Veronica Ciobanu',
    channel: 'instagram',
    manager: 'radu',
    says: 'Aș comanda două perechi',
    model: 'Mocasini',
    size: '38',
    colour: 'negru',
    price: 1_120,
    stage: 'final-check',
  },
  {
    client: 'Maria Popescu',
    channel: 'instagram',
    manager: 'elena',
    says: 'size 38?',
    post: 'Ghete de iarnă, piele naturală',
    model: 'Ghete Iarna',
    size: '38',
    colour: 'negru',
    price: 1_600,
    stage: 'archive',
  },
  {
    client: 'Irina Lupu',
    channel: 'facebook',
    manager: 'radu',
    says: 'E cam scump',
    model: 'Cizme Înalte',
    size: '39',
    colour: 'negru',
    price: 2_400,
    stage: 'refused',
  },
];

const way = [
  'new-request',
  'negotiation',
  'advance-check',
  'production',
  'ready-to-ship',
  'additional-payment',
  'in-transit',
  'final-check',
  'archive',
];
/** How far an order goes along the way before its last step. */
const reach: Readonly<Record<string, string>> = { return: 'in-transit', refused: 'negotiation' };

const day = 86_400_000;

/**
 * Fills the shoe maker's company with an order on every stage and the two weeks that led there. Where the driver can let
 * networks speak, clients write by them; else managers enter what they were asked.
 */
export const playFootwear = async (
  driver: Pick<Driver, OfDemo> & Partial<Pick<Driver, 'says'>>,
  end: Date,
): Promise<string[]> => {
  const person = (user: string): Person => personOn(driver, user, zone);
  const [doina, vlad, petru, ion] = [person('doina'), person('vlad'), person('petru'), person('ion')];
  const start = Date.parse(
    local(zone, `${new Date(end.getTime() - 14 * day).toISOString().slice(0, 10)} 09:30`),
  );
  const pass = (days: number) =>
    driver.advanceTo(new Date(Math.min(start + days * day, end.getTime())).toISOString());

  const begin = async ({ client, channel, manager, says, post }: Seed, n: number): Promise<string> => {
    if (driver.says === undefined) {
      const contact = await doina.ok<{ id: string }>('POST', '/v1/contacts', {
        name: client,
        language: 'ro',
      });
      const order = await person(manager).ok<DealView>('POST', '/v1/deals', {
        pipeline: 'footwear-order',
        title: client,
        fields: { client: contact.id, channel },
      });
      return order.id;
    }
    await driver.says(channel, {
      type: 'message.received',
      externalId: `demo-${n}`,
      channel,
      kind: post === undefined ? 'message' : 'comment',
      person: { id: `demo-person-${n}`, name: client },
      text: says,
      files: [],
      ...(post === undefined
        ? {}
        : { post: { id: `demo-post-${n}`, text: post, link: `https://social.example/p/${n}` } }),
    });
    await pass(n / 24);
    const { items } = await doina.ok<{ items: DealView[] }>(
      'GET',
      '/v1/deals?pipeline=footwear-order&stage=new-request&limit=200',
    );
    const found = items.find(({ title }) => title === client);
    if (found === undefined) throw new Error(`${client} wrote by ${channel}, and no order came of it`);
    return found.id;
  };

  const pay = (manager: Person, deal: string, lei: number, account: string) =>
    manager.ok('POST', `/v1/deals/${deal}/ledger`, {
      kind: 'payment',
      amount: { amount: Math.round(lei * 100), currency: 'MDL' },
      account,
    });
  const advance = ({ price }: Seed): number => Math.round(price * 0.3);

  /** One step along the way, by those whose work it is. */
  const step = async (to: string, deal: string, seed: Seed, n: number): Promise<void> => {
    const manager = person(seed.manager);
    switch (to) {
      case 'negotiation':
        await manager.ok('POST', `/v1/deals/${deal}/claim`);
        await manager.change(deal, {
          items: [
            { model: seed.model, size: seed.size, colour: seed.colour, qty: 1, price: seed.price * 100 },
          ],
        });
        if (driver.says !== undefined && n % 2 === 0)
          await manager.ok('POST', `/v1/deals/${deal}/messages`, { quickReply: 'price-and-sizes' });
        return;
      case 'advance-check':
        await pay(manager, deal, advance(seed), 'card');
        await manager.move(deal, 'advance-check');
        return;
      case 'production':
        await vlad.decide(deal, 'check-advance', 'approved');
        return;
      case 'ready-to-ship':
        await petru.complete(deal, 'make-shoes');
        return;
      case 'additional-payment':
        await manager.complete(deal, 'agree-payment', {
          paymentMode: 'full-before-dispatch',
          shipTo: 'Oficiul poștal nr. 12',
        });
        return;
      case 'in-transit':
        await pay(manager, deal, seed.price - advance(seed), 'bank');
        await vlad.decide(deal, 'check-rest', 'approved');
        await pass(8 + n / 24);
        await ion.complete(deal, 'ship-parcel', { parcelNumber: `MD${7_000 + n}` });
        return;
      case 'final-check':
        await manager.move(deal, 'final-check');
        return;
      case 'archive': {
        const { id } = await doina.task(deal, 'grant-pay');
        await doina.ok('POST', `/v1/tasks/${id}/decide`, {
          decision: 'approved',
          fields: { payDate: end.toISOString().slice(0, 10) },
        });
        return;
      }
      default:
        throw new Error(`no way leads to ${to}`);
    }
  };

  const orders: { deal: string; seed: Seed }[] = [];
  for (const [n, seed] of seeds.entries()) orders.push({ deal: await begin(seed, n), seed });
  for (const [index, to] of way.entries()) {
    if (index === 0) continue;
    await pass(index * 1.3);
    for (const [n, { deal, seed }] of orders.entries())
      if (way.indexOf(reach[seed.stage] ?? seed.stage) >= index) await step(to, deal, seed, n);
  }
  await pass(13);
  for (const { deal, seed } of orders) {
    const manager = person(seed.manager);
    if (seed.stage === 'negotiation') await manager.ok('PUT', `/v1/deals/${deal}/favourite`);
    if (seed.stage === 'ready-to-ship')
      await manager.complete(deal, 'agree-payment', {
        paymentMode: 'on-delivery',
        shipTo: 'Cahul, str. Păcii 5',
      });
    if (seed.stage === 'refused') await manager.move(deal, 'refused', { refusalReason: 'price' });
    if (seed.stage === 'return')
      await manager.move(deal, 'return', { returnReason: 'size', returnMode: 'exchange' });
  }
  for (const [size, quantity] of [
    ['37', 2],
    ['38', 1],
    ['39', 3],
  ] as const)
    await ion.ok('PUT', '/v1/stock', {
      pipeline: 'footwear-order',
      article: { model: 'Sandale', size, colour: 'alb' },
      quantity,
    });
  await pass(14);
  return Promise.all(
    orders.map(async ({ deal }) => {
      const { number, stage, title } = (await doina.card(deal)).deal;
      return `${number} ${title}: ${stage}`;
    }),
  );
};

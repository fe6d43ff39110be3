import { test as base } from 'vitest';
import type { RobokassaSettings } from '../../../schemas/integrations/robokassa.ts';
import { type Pack, Pack as PackShape } from '../../../schemas/pack.ts';
import {
  after,
  days,
  field,
  goto,
  hours,
  is,
  move,
  pay,
  pipeline,
  responsible,
  role,
  t,
  task,
  tell,
} from '../../../statemachines/vocabulary/index.ts';
import { packOf } from '../../world/pack-of.ts';
import { type World, world } from '../../world.ts';

const title = t('Заказ', 'Order');

/** A shop that takes money before it picks the goods, and asks once more where the link ran out. */
const orders = pipeline({
  id: 'orders',
  kind: 'deal',
  title,
  prefix: 'O',
  start: 'order',
  worth: 'dealTotal',
  fields: {
    contact: field.contact(t('Клиент', 'Client')),
    items: field.lines(t('Товары', 'Items'), 'RUB'),
    dealTotal: field.money(t('Сумма', 'Total'), 'RUB'),
    paidTotal: field.total(t('Оплачено', 'Paid'), 'RUB', ['payment', 'refund']),
    debt: field.computedMoney(t('Долг', 'Debt'), 'RUB', 'dealTotal - paidTotal'),
  },
  stages: {
    order: {
      title,
      aim: title,
      moves: [move('payment', ['anyone']), move('refused', ['anyone'])],
    },
    payment: {
      title,
      aim: title,
      work: [
        pay('prepayment', {
          amount: 'debt',
          description: t('Заказ {{number}}', 'Order {{number}}'),
          text: 'pay-link',
          items: 'items',
          open: days(3),
          failed: tell([responsible], 'letter-failed'),
          late: [after(hours(24), tell([responsible], 'unpaid'))],
        }),
        goto('picking', { when: is('outcome', 'paid') }),
        task('call', { title: t('Позвонить', 'Call'), who: responsible }),
      ],
      moves: [
        move('picking', ['anyone', 'system']),
        move('refused', ['anyone']),
        move('archive', ['anyone']),
      ],
    },
    picking: { title, aim: title, moves: [move('refused', ['anyone'])] },
    archive: { title, aim: title, shelved: true, moves: [move('payment', ['anyone'])] },
    refused: { title, aim: title, outcome: 'lost', moves: [move('order', ['anyone'])] },
  },
});

/** The pack of that shop; its receipts are of one piece of VAT. */
export const shopPack = (settings: Partial<RobokassaSettings> = {}): Pack => {
  const made = packOf('shop', [orders]);
  return PackShape.parse({
    ...made,
    roles: made.roles.map((one) => ({
      ...one,
      grants: [
        ...one.grants,
        ...(one.id === 'accountant' || one.id === 'admin'
          ? [{ entity: 'payment', actions: ['view', 'create', 'edit'] }]
          : one.id === 'manager'
            ? [{ entity: 'payment', actions: ['view', 'create'] }]
            : []),
      ],
    })),
    messages: {
      ...made.messages,
      'pay-link': {
        subject: t('Счёт по заказу {{number}}', 'Bill of order {{number}}'),
        body: t('К оплате {{payAmount}}: {{payLink}}', 'To pay {{payAmount}}: {{payLink}}'),
      },
      unpaid: { subject: t('{{number}}: не оплачено', '{{number}}: not paid'), body: title },
    },
    integrations: {
      robokassa: {
        accountant: [role('accountant')],
        receipt: { sno: 'usn_income', tax: 'none' },
        ...settings,
      },
    },
  });
};

/** A shop at work since Monday morning. */
export const openShop = (settings: Partial<RobokassaSettings> = {}): Promise<World> =>
  world({ at: '2026-02-02 09:00', packs: [shopPack(settings)] });

export const test = base.extend<{ w: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await openShop();
    await use(w);
    await w.stop();
  },
});

export const order = {
  dealTotal: 1_500_00,
  contact: 'anna',
  items: [
    { name: 'Bearing 6205', quantity: 3, price: 33_333 },
    { name: 'Seal', quantity: 1, price: 50_001 },
  ],
};

/** The link that the client was sent. */
export const linkOf = async (w: World, deal: string): Promise<string> => {
  const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
  const [, link = ''] = /(http\S+\/v1\/pay\/\w+)/.exec(String(items[0]?.body)) ?? [];
  return link;
};

/** Follows a form of a page as a browser would that presses its button. */
export const press = async (w: World, page: string, choice = 'pay') => {
  const forms = [...page.matchAll(/<form method="post" action="([^"]+)"[^>]*>(.*?)<\/form>/gs)];
  const form = forms.find(([, , inside = '']) => forms.length === 1 || inside.includes(`value="${choice}"`));
  const [, action = '', inside = ''] = form ?? [];
  const fields = [...inside.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    unescaped(value),
  ]);
  return w.ask(unescaped(action), {
    method: 'POST',
    body: new URLSearchParams(fields as [string, string][]),
  });
};

const unescaped = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** The client opens the link, goes to the gateway and pays there. @returns the page they come back to */
export const payBy = async (w: World, link: string): Promise<string> => {
  const atGateway = await press(w, (await w.ask(link)).text);
  const back = await press(w, atGateway.text);
  return (await press(w, back.text)).text;
};

/** Opens the gateway's page of a link, so that it knows the operation, and leaves it there. */
export const openAtGateway = async (w: World, link: string): Promise<string> =>
  (await press(w, (await w.ask(link)).text)).text;

export const paymentsOf = async (w: World, deal: string) => (await w.card(deal)).payments;

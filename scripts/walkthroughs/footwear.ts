import type { CardView, DealView } from '../../schemas/api/index.ts';
import type { PortEvent } from '../../schemas/event.ts';
import {
  type Driver,
  type Line,
  local,
  NotSeen,
  type Person,
  personOn,
  printLocal,
  see,
} from './scenario.ts';

type Said = Extract<PortEvent, { type: 'message.received' }>;

const zone = 'Europe/Chisinau';
const lei = (amount: number) => amount * 100;

/** Walk-through 9 of the footwear pack: Maria's boots, 1 600 lei, from a comment to the archive and back. */
export const footwearOrder = (driver: Driver): Line[] => {
  const person = (user: string) => personOn(driver, user, zone);
  const [elena, radu, doina] = [person('elena'), person('radu'), person('doina')];
  const [vlad, petru, ion] = [person('vlad'), person('petru'), person('ion')];
  let deal = '';
  /** whoever was first to take the order */
  let manager = elena;
  let heard = 0;

  const hear = (more: Partial<Said>) => {
    heard += 1;
    return driver.says('instagram', {
      type: 'message.received',
      externalId: `walk-${heard}`,
      channel: 'instagram',
      kind: 'comment',
      person: { id: 'ig-maria', name: 'Maria Popescu' },
      text: '',
      files: [],
      ...more,
    });
  };
  const facts = async (by = doina) => (await by.card(deal)).deal.facts;
  const stage = async () => (await doina.card(deal)).deal.stage;
  const settle = (at: string) => driver.advanceTo(local(zone, at));
  const toldAt = async (person: Person, at: string, text: string) => {
    const wanted = `${printLocal(zone, local(zone, at))} ${text}`;
    const inbox = await person.inbox(deal);
    if (!inbox.includes(wanted))
      throw new NotSeen(`${person.user} was not told "${wanted}": ${inbox.join('; ')}`);
  };
  const onDesk = async (person: Person, desk: string) =>
    (await person.ok<{ items: { deal?: string }[] }>('GET', `/v1/desks/${desk}`)).items.some(
      (row) => row.deal === deal,
    );
  const pay = (person: Person, amount: number, account: string) =>
    person.ok('POST', `/v1/deals/${deal}/ledger`, {
      kind: 'payment',
      amount: { amount: lei(amount), currency: 'MDL' },
      account,
    });
  const feed = async (kind: string): Promise<CardView['feed']> =>
    (await doina.ok<{ items: CardView['feed'] }>('GET', `/v1/deals/${deal}/feed?limit=200`)).items.filter(
      (line) => line.kind === kind,
    );
  const items = async () =>
    (await doina.card(deal)).deal.fields.items as unknown as Record<string, unknown>[];
  const line = (at: string, event: string, play: () => Promise<string>): Line => ({ at, event, play });

  return [
    line('2026-02-02 10:00', 'Maria comments “size 38?” on the post “Boots, winter”', async () => {
      await hear({
        text: 'size 38?',
        post: { id: 'post-1', text: 'Boots, winter', link: 'https://instagram.example/p/1' },
      });
      const { items: orders } = await doina.ok<{ items: DealView[] }>(
        'GET',
        '/v1/deals?pipeline=footwear-order&stage=new-request&limit=200',
      );
      const made = orders.find(({ title }) => title === 'Maria Popescu');
      if (made === undefined) throw new NotSeen('no order of Maria in new-request');
      deal = made.id;
      see('urgent', made.fields.urgent, true);
      see('responsible', made.responsible, undefined);
      const { conversation = [] } = await radu.card(deal);
      see('comment', [conversation[0]?.text, conversation[0]?.post?.text], ['size 38?', 'Boots, winter']);
      await toldAt(radu, '2026-02-02 10:00', 'client-wrote-unclaimed');
      return `order ${made.number} in new-request, urgent, with comment and post`;
    }),
    line('2026-02-02 10:02', 'Elena and Radu claim together', async () => {
      const [first, second] = await Promise.all(
        [elena, radu].map(({ user }) => driver.call(user, 'POST', `/v1/deals/${deal}/claim`)),
      );
      const statuses = [first?.status, second?.status];
      see('one wins', [...statuses].sort(), [200, 422]);
      manager = statuses[0] === 200 ? elena : radu;
      const loser = (statuses[0] === 200 ? second : first)?.body as { responsible?: string };
      see('the other is told who', loser.responsible, manager.user);
      see('stage', await stage(), 'negotiation');
      return `${manager.user} has it, the other reads so; negotiation`;
    }),
    line('2026-02-02 10:05', 'quick reply “price and sizes”', async () => {
      const answer = await manager.ok<{ id: string; client: string; channel: string }>(
        'POST',
        `/v1/deals/${deal}/messages`,
        { quickReply: 'price-and-sizes' },
      );
      see('channel', answer.channel, 'instagram');
      await driver.says('instagram', {
        type: 'message.sent',
        externalId: 'walk-sent',
        message: answer.id,
        client: answer.client,
      });
      const card = await manager.card(deal);
      see('sent', card.conversation?.find(({ id }) => id === answer.id)?.state, 'sent');
      see('urgent', card.deal.fields.urgent, false);
      return 'sent by instagram; urgent off';
    }),
    line('2026-02-02 10:30', 'boots 38 for 1 600, advance of 480 by card announced, moved', async () => {
      await manager.change(deal, {
        items: [{ model: 'Boots', size: '38', colour: 'black', qty: 1, price: lei(1_600) }],
      });
      await pay(manager, 480, 'card');
      await manager.move(deal, 'advance-check');
      await settle('2026-02-02 10:30');
      see('on the accountant’s desk', await onDesk(vlad, 'footwear-money'), true);
      return 'advance-check, on Vlad’s desk';
    }),
    line('2026-02-02 11:00', 'Vlad returns “no money”; the advance is announced again', async () => {
      await vlad.decide(deal, 'check-advance', 'rejected', 'no money');
      await settle('2026-02-02 11:00');
      see('stage', await stage(), 'negotiation');
      await toldAt(manager, '2026-02-02 11:00', 'returned-by-accountant');
      await pay(manager, 480, 'card');
      await manager.move(deal, 'advance-check');
      await settle('2026-02-02 11:01');
      return 'returned, the manager told, sent again';
    }),
    line('2026-02-02 15:00', 'Vlad approves', async () => {
      await vlad.decide(deal, 'check-advance', 'approved');
      await settle('2026-02-02 15:00');
      see('stage', await stage(), 'production');
      const { saleDate, paidTotal, remaining } = await facts();
      see('figures', [saleDate, paidTotal, remaining], ['2026-02-02', lei(480), lei(1_120)]);
      see('history', (await feed('figure'))[0]?.data, {
        paidTotal: [0, lei(480)],
        remaining: [lei(1_600), lei(1_120)],
      });
      return 'production; sold 02 Feb, paid 480, remaining 1 120, in the history';
    }),
    line('2026-02-03 09:00', 'Maria writes “when?”', async () => {
      await hear({ kind: 'message', text: 'when?' });
      see('urgent', (await facts()).urgent, true);
      await toldAt(manager, '2026-02-03 09:00', 'client-wrote');
      see('urgent block', await onDesk(manager, 'footwear-urgent'), true);
      return 'urgent; the manager is told';
    }),
    line('2026-02-09 12:00', 'Petru marks ready', async () => {
      await petru.complete(deal, 'make-shoes');
      await settle('2026-02-09 12:00');
      see('stage', await stage(), 'ready-to-ship');
      await toldAt(manager, '2026-02-09 12:00', 'ready-to-ship');
      see('work', await manager.work(deal), ['agree-payment due Tue 10 Feb 12:00']);
      return 'ready-to-ship; agree-payment due Tue 12:00';
    }),
    line('2026-02-09 13:00', 'in full before dispatch', async () => {
      await manager.complete(deal, 'agree-payment', { paymentMode: 'full-before-dispatch' });
      await settle('2026-02-09 13:00');
      see('stage', await stage(), 'additional-payment');
      see('on the accountant’s desk', await onDesk(vlad, 'footwear-money'), true);
      return 'additional-payment, on Vlad’s desk';
    }),
    line('2026-02-10 10:00', '1 120 by bank come and are approved', async () => {
      await pay(manager, 1_120, 'bank');
      await vlad.decide(deal, 'check-rest', 'approved');
      await settle('2026-02-10 10:00');
      const { shippingAllowed, remaining } = await facts();
      see('figures', [shippingAllowed, remaining], [true, 0]);
      await toldAt(manager, '2026-02-10 10:00', 'dispatch-permitted');
      await toldAt(ion, '2026-02-10 10:00', 'dispatch-permitted');
      see('dispatch desk', await onDesk(ion, 'footwear-to-ship'), true);
      return 'dispatch permitted; manager and dispatcher told; remaining 0';
    }),
    line('2026-02-10 12:00', 'Ion ships, parcel 777', async () => {
      await ion.complete(deal, 'ship-parcel', { parcelNumber: '777' });
      await settle('2026-02-10 12:00');
      see('stage', await stage(), 'in-transit');
      return 'in-transit';
    }),
    line('2026-02-14 11:00', 'the size does not fit; exchanged for 39 in stock', async () => {
      await ion.ok('PUT', '/v1/stock', {
        pipeline: 'footwear-order',
        article: { model: 'Boots', size: '39', colour: 'black' },
        quantity: 1,
      });
      await manager.move(deal, 'return', { returnReason: 'size', returnMode: 'exchange' });
      await settle('2026-02-14 11:00');
      see('stage', await stage(), 'return');
      const [worn] = await items();
      await manager.complete(deal, 'exchange-items', {
        items: [
          { ...worn, returned: true },
          { model: 'Boots', size: '39', colour: 'black', qty: 1, price: lei(1_600), fromStock: true },
        ],
      });
      await settle('2026-02-14 11:01');
      see('stage', await stage(), 'ready-to-ship');
      see(
        'lines',
        (await items()).map(({ size, sent, returned }) => [size, sent ?? false, returned ?? false]),
        [
          ['38', true, true],
          ['39', false, false],
        ],
      );
      return 'return, then ready-to-ship; the old line is kept';
    }),
    line('2026-02-16 10:00', 'shipped, parcel 778', async () => {
      await ion.complete(deal, 'ship-parcel', { parcelNumber: '778' });
      await settle('2026-02-16 10:00');
      see('stage', await stage(), 'in-transit');
      return 'in-transit';
    }),
    line('2026-02-20 14:00', 'received', async () => {
      await manager.move(deal, 'final-check');
      await settle('2026-02-20 14:00');
      see('on the head’s desk', await onDesk(doina, 'footwear-final-check'), true);
      return 'final-check';
    }),
    line('2026-02-20 15:00', 'a manager lowers the price: the total becomes 1 500', async () => {
      const [worn, kept] = await items();
      await manager.change(deal, { items: [worn, { ...kept, price: lei(1_500) }] });
      await settle('2026-02-20 15:00');
      const [told] = await feed('figure');
      see('history', told?.data.orderTotal, [lei(1_600), lei(1_500)]);
      see('author', told?.by, { user: manager.user });
      const { id } = await doina.task(deal, 'grant-pay');
      const why = await doina.refused('POST', `/v1/tasks/${id}/decide`, {
        decision: 'approved',
        fields: { payDate: '2026-02-28' },
      });
      return `1 600 → 1 500 by ${manager.user} in the history; grant refused: ${why}`;
    }),
    line('2026-02-20 15:20', 'restored; Doina grants with pay date 28 Feb', async () => {
      const [worn, kept] = await items();
      await manager.change(deal, { items: [worn, { ...kept, price: lei(1_600) }] });
      const { id } = await doina.task(deal, 'grant-pay');
      await doina.ok('POST', `/v1/tasks/${id}/decide`, {
        decision: 'approved',
        fields: { payDate: '2026-02-28' },
      });
      await settle('2026-02-20 15:20');
      const card = await doina.card(deal);
      see(
        'pay',
        card.accruals.map(({ employee, amount, day }) => [employee, amount.amount, day]).sort(),
        [
          ['doina', lei(32), '2026-02-28'],
          [manager.user, lei(80), '2026-02-28'],
        ].sort(),
      );
      see('stage', card.deal.stage, 'archive');
      see('history', (await feed('accrual')).length, 2);
      return 'manager 80.00, Doina 32.00; archive';
    }),
    line('2026-02-23 09:00', 'Maria comments another post', async () => {
      await hear({ text: 'and sandals?', post: { id: 'post-2', text: 'Sandals, spring' } });
      await settle('2026-02-23 09:00');
      const card = await manager.card(deal);
      see('stage', card.deal.stage, 'negotiation');
      see('urgent', card.deal.fields.urgent, true);
      see('responsible', card.deal.responsible, manager.user);
      await toldAt(manager, '2026-02-23 09:00', 'client-wrote');
      see('pay is kept', (await doina.card(deal)).accruals.length, 2);
      return 'back in negotiation, urgent, the manager told, pay kept';
    }),
    line('2026-02-23 10:00', 'what reports will count', async () => {
      const entries = await Promise.all(
        ['card', 'bank'].map(async (account) =>
          (
            await doina.ok<{
              items: { deal: string; amount: { amount: number }; day: string; state?: string }[];
            }>('GET', `/v1/ledger?account=${account}&from=2026-02-01&to=2026-02-28&limit=200`)
          ).items
            .filter((entry) => entry.deal === deal && entry.state !== 'returned')
            .map(({ day, amount }) => [day, account, amount.amount]),
        ),
      );
      see('money', entries.flat(), [
        ['2026-02-02', 'card', lei(480)],
        ['2026-02-10', 'bank', lei(1_120)],
      ]);
      const { deal: order, accruals } = await doina.card(deal);
      see(
        'sale',
        [order.facts.saleDate, order.responsible, order.facts.orderTotal],
        ['2026-02-02', manager.user, lei(1_600)],
      );
      see(
        'pay',
        accruals.map(({ day }) => day),
        ['2026-02-28', '2026-02-28'],
      );
      return '02 Feb card 480, 10 Feb bank 1 120; sale of 02 Feb 1 600; pay 28 Feb 80 / 32';
    }),
  ];
};

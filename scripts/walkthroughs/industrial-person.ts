import type * as z from 'zod';
import type { ParcelView } from '../../schemas/api/delivery.ts';
import type { Api, DealView } from '../../schemas/api/index.ts';
import type { PaymentView } from '../../schemas/api/payments.ts';
import { linkIn, payBy } from './pages.ts';
import { type Driver, type Line, moscow, NotSeen, personOn, see } from './scenario.ts';

type Tariffs = z.output<Api['delivery.tariffs']['answer']>;

/** Goods for a natural person, 18 000 roubles: paid by a link, a part of it given back, shipped to a point of the carrier. */
export const industrialPerson = (driver: Driver): Line[] => {
  const pavel = personOn(driver, 'pavel');
  const rita = personOn(driver, 'rita');
  const client = 'ivan@person-demo.example';
  let deal = '';
  let link = '';
  const total = 1_800_000;

  const line = (at: string, event: string, play: () => Promise<string>): Line => ({ at, event, play });
  const payments = async () =>
    (await rita.ok<{ items: PaymentView[] }>('GET', `/v1/deals/${deal}/payments`)).items;
  const parcels = async () =>
    (await pavel.ok<{ items: ParcelView[] }>('GET', `/v1/deals/${deal}/parcels`)).items;
  const payment = async (): Promise<PaymentView> => {
    const [one] = await payments();
    if (one === undefined) throw new NotSeen('nothing was asked of the client');
    return one;
  };

  return [
    line('2026-02-02 09:15', 'request of a natural person', async () => {
      const contact = await pavel.ok<{ id: string }>('POST', '/v1/contacts', {
        name: 'Ivan Demo',
        email: client,
        phone: '+79991234567',
      });
      const made = await pavel.ok<DealView>('POST', '/v1/deals', {
        pipeline: 'goods',
        title: '2 bearings and grease',
        fields: {
          contact: contact.id,
          payerKind: 'person',
          dealTotal: total,
          items: [
            { name: 'Bearing 6205', quantity: 2, price: 800_000 },
            { name: 'Grease, 1 kg', quantity: 1, price: 200_000 },
          ],
        },
      });
      deal = made.id;
      return `deal ${made.number}, payer: natural person`;
    }),
    line('2026-02-02 10:00', 'no contract is needed: to picking by itself', async () => {
      await pavel.move(deal, 'express-identification');
      await driver.advanceTo(moscow('2026-02-02 10:00'));
      await pavel.complete(deal, 'express-identification', { caseComplexity: 'simple' });
      await pavel.move(deal, 'invoice-quote');
      await pavel.move(deal, 'contract', { contractNeeded: 'no' });
      await driver.advanceTo(moscow('2026-02-02 10:00'));
      see('stage', (await pavel.card(deal)).deal.stage, 'picking');
      const letter = (await driver.letters()).find(
        ({ to, text }) => to.includes(client) && text.includes('/v1/pay/'),
      );
      if (letter === undefined) throw new NotSeen('no letter with a link to the client');
      link = linkIn(letter.text);
      see(
        'asked for',
        (await payments()).map(({ state, amount }) => [state, amount.amount]),
        [['open', total]],
      );
      return 'the client has a letter with a link for 18 000; get-final-payment waits';
    }),
    line('2026-02-02 10:05', 'Pavel closes the payment task by hand', async () => {
      const { id } = await pavel.task(deal, 'get-final-payment');
      return `refused: ${await pavel.refused('POST', `/v1/tasks/${id}/complete`, {})}`;
    }),
    line('2026-02-02 12:30', 'the client pays by the link', async () => {
      const page = await payBy(driver, link);
      await driver.advanceTo(moscow('2026-02-02 12:30'));
      see('page', page.includes('Спасибо') || page.includes('Оплата получена'), true);
      const { deal: now, ledger } = await pavel.card(deal);
      see('debt', now.facts.debt, 0);
      see(
        'ledger',
        ledger.map(({ kind, account, amount }) => [kind, account, amount.amount]),
        [['payment', 'robokassa', total]],
      );
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['pick-order'],
      );
      return 'one payment of 18 000 by Robokassa; get-final-payment closed by the system; pick-order open';
    }),
    line('2026-02-02 12:45', 'the client opens the link again', async () => {
      const { text } = await driver.visit(link);
      see('paid', text.includes('Оплачено'), true);
      see('payments', (await payments()).length, 1);
      return 'the page says it is paid; nothing is asked for twice';
    }),
    line('2026-02-03 10:00', 'no grease left: Rita gives 2 000 back', async () => {
      const { id } = await payment();
      const path = `/v1/deals/${deal}/payments/${id}/refund`;
      const amount = { amount: 200_000, currency: 'RUB' };
      await pavel.refused('POST', path, { amount, reason: 'No grease' }, 403);
      await rita.ok('POST', path, { amount, reason: 'No grease' });
      await driver.advanceTo(moscow('2026-02-03 12:30'));
      see('payment', (await payment()).state, 'part-refunded');
      see('paid', (await pavel.card(deal)).deal.facts.paidTotal, 1_600_000);
      return 'a manager may not; the gateway gives it back; the ledger says 16 000 is paid';
    }),
    line('2026-02-03 13:00', 'the order is what is left of it', async () => {
      await pavel.change(deal, {
        dealTotal: 1_600_000,
        items: [{ name: 'Bearing 6205', quantity: 2, price: 800_000 }],
      });
      see('debt', (await pavel.card(deal)).deal.facts.debt, 0);
      await pavel.complete(deal, 'pick-order', { deliveryTerms: 'carrier' });
      await pavel.move(deal, 'shipment');
      await driver.advanceTo(moscow('2026-02-03 13:00'));
      see('stage', (await pavel.card(deal)).deal.stage, 'shipment');
      return 'nothing is owed; picked, and on to the shipment';
    }),
    line('2026-02-03 14:00', 'Pavel chooses the cheapest way to a point in Saint Petersburg', async () => {
      const path = `/v1/deals/${deal}/delivery/tariffs`;
      const { items } = await pavel.ok<Tariffs>('POST', path, { point: 'SPB11' });
      const cheapest = items.toSorted((one, other) => one.price.amount - other.price.amount)[0];
      if (cheapest === undefined) throw new NotSeen('no tariff goes there');
      const { deal: chosen } = await pavel.ok<Tariffs>('POST', path, {
        point: 'SPB11',
        choose: cheapest.tariff,
      });
      see('tariff', chosen?.fields.deliveryTariff, cheapest.tariff);
      see('price', chosen?.fields.deliveryPrice, cheapest.price.amount);
      see('point', chosen?.fields.deliveryPoint, 'SPB11');
      return `${cheapest.name}, by ${String(chosen?.fields.deliveryDate)}; kept in the deal`;
    }),
    line('2026-02-03 14:10', 'the shipment is arranged: the carrier has the order', async () => {
      await pavel.complete(deal, 'arrange-shipment');
      await driver.advanceTo(moscow('2026-02-03 14:12'));
      const [parcel] = await parcels();
      const { deal: now, files } = await pavel.card(deal);
      see('parcel', parcel?.state, 'created');
      see('track number', now.fields.trackNumber, parcel?.track);
      see('papers', files.map(({ type }) => type).sort(), ['application/pdf', 'application/pdf']);
      const letter = (await driver.letters()).findLast(({ to }) => to.includes(client));
      see('number in the letter', letter?.text.includes(String(parcel?.track)), true);
      await driver.command('cdek', { do: 'journey', order: parcel?.number, end: 'delivered' });
      return `registered; the client has the number; waybill and label lie with the deal`;
    }),
    line('2026-02-06 15:00', 'three days later', async () => {
      const [parcel] = await parcels();
      see('parcel', parcel?.state, 'delivered');
      see('status', (await pavel.card(deal)).deal.fields.parcelStatus, 'вручена');
      see('work', await pavel.work(deal), []);
      const { tasks } = await pavel.card(deal);
      const confirmed = tasks.find(({ step }) => step === 'confirm-delivery');
      see('confirmed by the system', confirmed?.closedBy, { system: 'condition' });
      return `handed over after ${parcel?.statuses.length} statuses; confirm-delivery closed by the system`;
    }),
  ];
};

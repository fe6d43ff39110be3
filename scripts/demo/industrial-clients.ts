import type { DealView } from '../../schemas/api/index.ts';
import { type Driver, moscow, personOn } from '../walkthroughs/scenario.ts';

/** Deals that a tour follows by the eyes of their clients: one waits for its money, the other for its parcel. */
export const touring = {
  pay: 'Компрессор для мастерской',
  parcel: 'Ремкомплект насоса',
} as const;

const day = 86_400_000;

/**
 * Two deals: a natural person who was sent a link to pay, and a firm whose parcel the carrier has. The link is asked for a day
 * before `end`, so that it is still good.
 */
export const playClients = async (
  driver: Pick<Driver, 'call' | 'advanceTo'>,
  end: Date,
): Promise<string[]> => {
  const pavel = personOn(driver, 'pavel');
  const rita = personOn(driver, 'rita');
  const start = new Date(moscow(`${new Date(end.getTime() - 14 * day).toISOString().slice(0, 10)} 09:30`));
  const pass = (days: number) =>
    driver.advanceTo(new Date(Math.min(start.getTime() + days * day, end.getTime())).toISOString());
  let at = 12;
  /** half an hour later what follows from the last step is there */
  const later = () => {
    at += 1 / 48;
    return pass(at);
  };
  const clientOf = async (name: string, mail: string, phone: string): Promise<string> =>
    (await pavel.ok<{ id: string }>('POST', '/v1/contacts', { name, email: mail, phone })).id;
  const dealOf = async (
    title: string,
    contact: string,
    total: number,
    fields: Record<string, unknown>,
  ): Promise<DealView> => {
    const deal = await pavel.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'goods',
      title,
      fields: {
        contact,
        payerKind: 'legal',
        items: [{ name: title, quantity: 1, price: total }],
        ...fields,
      },
    });
    await pavel.move(deal.id, 'express-identification');
    await later();
    await pavel.complete(deal.id, 'express-identification', { caseComplexity: 'simple', dealTotal: total });
    await pavel.move(deal.id, 'invoice-quote');
    await later();
    await pavel.complete(deal.id, 'send-quote');
    // Without a contract it goes on to picking by itself.
    await pavel.move(deal.id, 'contract', { contractNeeded: 'no' });
    await later();
    return deal;
  };

  await pass(at);
  const roman = await clientOf('Роман', 'roman@client-demo.example', '+79161234567');
  const vera = await clientOf('Вера', 'vera@client-demo.example', '+79161234568');
  const sent = await dealOf(touring.parcel, vera, 1_840_000, {
    deliveryTerms: 'carrier',
    deliveryPoint: 'NSK27',
  });
  await rita.ok('POST', `/v1/deals/${sent.id}/ledger`, {
    kind: 'payment',
    amount: { amount: 1_840_000, currency: 'RUB' },
    account: 'bank',
  });
  await later();
  await pavel.complete(sent.id, 'pick-order');
  await pavel.move(sent.id, 'shipment');
  await later();
  await pavel.complete(sent.id, 'arrange-shipment');
  at = 13;
  await pass(at);
  const asked = await dealOf(touring.pay, roman, 4_290_000, { payerKind: 'person', deliveryTerms: 'pickup' });
  await pass(14);
  return [`${asked.number} picking`, `${sent.number} shipment`];
};

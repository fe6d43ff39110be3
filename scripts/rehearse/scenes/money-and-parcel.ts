import type { ParcelView } from '../../../schemas/api/delivery.ts';
import type { DealView } from '../../../schemas/api/index.ts';
import type { PaymentView } from '../../../schemas/api/payments.ts';
import type { LedgerEntry } from '../../../schemas/ledger.ts';
import { NotSeen, type Person, see } from '../../walkthroughs/scenario.ts';
import { goOn } from '../bellman.ts';
import type { Cloud } from '../cloud.ts';
import { type Doors, doorsOf, eventually, person, type Scene } from './scene.ts';

const price = 24_000_000;

/** What a page's first form would send, with what is pressed. */
const formOf = (page: string): { action: string; fields: Record<string, string> } => {
  const [, action = '', inside = ''] = /<form[^>]*action="([^"]+)"[^>]*>(.*?)<\/form>/s.exec(page) ?? [];
  const plain = (text: string) =>
    text
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
  const inputs = [...inside.matchAll(/<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"/g)];
  return {
    action: plain(action),
    fields: Object.fromEntries(inputs.map(([, name = '', value = '']) => [plain(name), plain(value)])),
  };
};

/** Lets the company's time go by, with what falls due meanwhile. */
const later = async (cloud: Cloud, seconds: number): Promise<void> => {
  const from = cloud.now();
  const to = new Date(Date.parse(from) + seconds * 1000).toISOString();
  await goOn(cloud, from, to);
};

const entriesOf = async (who: Person, deal: string): Promise<LedgerEntry[]> =>
  (await who.card(deal)).ledger.filter(({ kind }) => kind === 'payment');

/** Parts of the price, each with what goes wrong with the notification of it. */
const parts = [
  { roubles: 100_000, fault: 'forged' },
  { roubles: 100_000, fault: 'twice' },
  { roubles: 40_000, fault: 'replayed' },
] as const;

/** The client pays a part by its link. */
const paid = async (
  cloud: Cloud,
  { visit, command }: Doors,
  deal: string,
  { roubles, fault }: (typeof parts)[number],
): Promise<PaymentView> => {
  const pavel = person(cloud, 'pavel');
  const { payment } = await pavel.ok<{ payment: PaymentView }>('POST', `/v1/deals/${deal}/payments`, {
    amount: { amount: roubles * 100, currency: 'RUB' },
    description: 'Bearings',
  });
  const page = await visit(payment.link);
  see('the page of the link', page.status, 200);
  const { action, fields } = formOf(page.text);
  see('where its form leads', new URL(action).origin, new URL(cloud.providers.url).origin);
  await command('robokassa', { fault });
  see('the page of the gateway', (await visit(action, fields)).status, 200);
  await cloud.providers.sandboxes.robokassa.pay('industrial', payment.invoice);
  await eventually(`the money of invoice ${payment.invoice}`, async () =>
    (await entriesOf(pavel, deal)).some(({ externalId }) => externalId === `industrial:${payment.invoice}`)
      ? true
      : undefined,
  );
  return payment;
};

/** Somebody who knows the address and not the password says that more was paid. */
const forged = async (cloud: Cloud, { visit }: Doors, deal: string, invoice: number): Promise<void> => {
  const pavel = person(cloud, 'pavel');
  const before = await entriesOf(pavel, deal);
  const word = 'F'.repeat(64);
  const said = await visit('/v1/webhooks/robokassa/industrial/result', {
    OutSum: '1000000.00',
    InvId: String(invoice),
    SignatureValue: word,
  });
  see('a forged notification', said.status, 400);
  see('says nothing back', said.text.includes(word), false);
  see('the money afterwards', await entriesOf(pavel, deal), before);
};

/** The goods go by CDEK: it is asked, gives a number, and says by its webhook where the parcel is. */
const shipped = async (cloud: Cloud, { command }: Doors, deal: string): Promise<number> => {
  const pavel = person(cloud, 'pavel');
  await command('cdek', { do: 'number', next: '1234567890' });
  await command('cdek', { do: 'always', end: 'delivered' });
  await pavel.ok<ParcelView>('POST', `/v1/deals/${deal}/parcels`, {
    step: 'carrier-order',
    point: 'NSK27',
  });
  const parcelNow = async (): Promise<ParcelView> => {
    const [parcel] = (await pavel.ok<{ items: ParcelView[] }>('GET', `/v1/deals/${deal}/parcels`)).items;
    if (parcel === undefined) throw new NotSeen('no parcel');
    return parcel;
  };
  const until = (what: string, holds: (parcel: ParcelView) => boolean, seconds: number) =>
    eventually(
      what,
      async () => {
        await later(cloud, seconds);
        const parcel = await parcelNow();
        if (!holds(parcel)) throw new NotSeen(`the parcel is ${parcel.state}`);
        return parcel;
      },
      60,
    );
  await until('the number of the parcel', ({ track }) => track === '1234567890', 10);
  const parcel = await until('the parcel at its client', ({ state }) => state === 'delivered', 6 * 3600);
  await command('cdek', { do: 'always', end: 'none' });
  const { deal: after } = await pavel.card(deal);
  see('the number in the deal', after.fields.trackNumber, '1234567890');
  return parcel.statuses.length;
};

export const moneyAndParcel: Scene = {
  name: 'money and parcel: a client pays by the link, the goods go, and what is forged or said twice changes nothing',
  async play(cloud) {
    const doors = doorsOf(cloud);
    const pavel = person(cloud, 'pavel');
    const contact = await pavel.ok<{ id: string }>('POST', '/v1/contacts', {
      name: 'Ivan Demo',
      email: 'ivan@client-demo.example',
      phone: '+79161234567',
    });
    const { id } = await pavel.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'goods',
      title: 'Bearings for a natural person',
      fields: {
        payerKind: 'person',
        contact: contact.id,
        dealTotal: price,
        deliveryTerms: 'carrier',
        items: [{ name: 'Bearing 6205', quantity: 10, price: 2_400_000 }],
      },
    });
    await pavel.move(id, 'express-identification');

    for (const part of parts) {
      const { invoice } = await paid(cloud, doors, id, part);
      await forged(cloud, doors, id, invoice);
    }
    const statuses = await shipped(cloud, doors, id);
    await later(cloud, 2 * 86_400); // a notification has come again a day later

    const { ledger, deal } = await pavel.card(id);
    see(
      'money in the ledger',
      ledger
        .filter(({ kind }) => kind === 'payment')
        .map(({ amount, account, source }) => `${amount.amount / 100} ${account} ${source}`)
        .sort(),
      parts.map(({ roubles }) => `${roubles} robokassa robokassa`).sort(),
    );
    see('left to pay', deal.facts.debt, 0);
    return `three payments, once each, of ${price / 100} roubles; number 1234567890, and ${statuses} statuses of the parcel`;
  },
};

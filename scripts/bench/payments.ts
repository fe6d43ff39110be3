import { createHash } from 'node:crypto';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { readCard } from '../../functions/deals/card.ts';
import { contextFor } from '../../functions/deals/context.ts';
import { bareCard, newDeal } from '../../functions/deals/new-deal.ts';
import { openingRows } from '../../functions/payments/asking.ts';
import { openPayment } from '../../functions/payments/open.ts';
import { theCompany } from '../../functions/shared/ports.ts';
import { dealRow, paymentRow } from '../../functions/shared/rows.ts';
import { createDynamoClient } from '../../functions/shared/table/table-dynamo.ts';
import { marshalRow } from '../../functions/shared/table/values.ts';
import { demoSecrets } from '../../local/sandboxes/demo-secrets.ts';
import { DealId } from '../../schemas/ids.ts';
import { packs } from '../../statemachines/packs/index.ts';
import type { Company } from './company.ts';
import { type Figure, figure, percentile } from './figure.ts';

/** One burst: each payment is told of ten times at once, and as many forgeries come in between. */
const payments = 60;
const told = 10;
const forged = 400;
const burst = payments * told + forged;
/** At the same time: one process is all there is here, where the cloud has one for each. */
const inFlight = 50;

type Told = { readonly body: string; readonly isForged: boolean; readonly invoice: number };
type Asked = { readonly deal: string; readonly id: string; readonly invoice: number };

const timed = async <T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> => {
  const since = performance.now();
  const value = await work();
  return { ms: performance.now() - since, value };
};

const passwordOf = (prefix: string): string => {
  const shops = demoSecrets(prefix, packs)[`${prefix}/robokassa`] as Record<string, { password2: string }>;
  return shops.industrial?.password2 ?? '';
};

const notification = ({ deal, id, invoice }: Asked, sum: string, password: string): string => {
  const shp = { Shp_deal: deal, Shp_payment: id };
  const text = `${sum}:${invoice}:${password}:Shp_deal=${deal}:Shp_payment=${id}`;
  const SignatureValue = createHash('sha256').update(text).digest('hex').toUpperCase();
  return new URLSearchParams({ OutSum: sum, InvId: String(invoice), SignatureValue, ...shp }).toString();
};

/** Deals with an open payment each, put into the table as the API would leave them. */
const asked = async ({ runtime, clock }: Company, round: number): Promise<Asked[]> => {
  const context = contextFor('goods', {
    now: clock.now(),
    by: { system: 'bench' },
    reader: undefined,
    company: await theCompany(),
  });
  const made = Array.from({ length: payments }, (_, n) => {
    const deal = `paid${round}n${n}`;
    const fresh = newDeal(
      { id: DealId.parse(deal), number: `P-${round}-${n}`, title: 'paid by a link' },
      context,
    );
    const opening = {
      id: `p${deal}`,
      invoice: round * payments + n + 1,
      token: createHash('sha256').update(deal).digest('hex').slice(0, 40),
      amount: { amount: 150_000, currency: 'RUB' as const },
      description: 'Order',
      test: false,
    };
    const card = openPayment(bareCard(fresh), opening, context);
    if (!card.ok) throw new Error('the payment cannot be asked for');
    const [pointer] = openingRows(
      { ...opening, deal: fresh.id, pack: 'industrial', pipeline: 'goods' },
      fresh.number,
      context.now,
    );
    return { deal, opening, rows: [dealRow(fresh), ...card.value.payments.map(paymentRow)], pointer };
  });
  await runtime.table.batch(
    made.flatMap(({ rows, pointer }) => [
      ...rows.map((put) => ({ put })),
      ...(pointer !== undefined && 'put' in pointer ? [{ put: pointer.put }] : []),
    ]),
  );
  await clock.settle();
  return made.map(({ deal, opening: { id, invoice } }) => ({ deal, id, invoice }));
};

/** In an order that is the same each time and has nothing to do with what they are. */
const mixed = <T>(list: readonly T[]): T[] =>
  list
    .map((one, n) => ({ one, place: createHash('sha256').update(String(n)).digest('hex') }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .map(({ one }) => one);

/** What was answered to whom; anything wrong ends the bench. */
const mustBeRight = (answers: readonly { told: Told; status: number; text: string }[]): void => {
  const wrong = answers.filter(({ told: { isForged, invoice }, status, text }) =>
    isForged ? status !== 400 : status !== 200 || text !== `OK${invoice}`,
  );
  const [first] = wrong;
  if (first !== undefined)
    throw new Error(
      `${wrong.length} of ${answers.length} answers are wrong, such as ${first.status} ${first.text} to ${first.told.isForged ? 'a forgery' : 'a notification'}`,
    );
};

const mustBeEnteredOnce = async (company: Company, open: readonly Asked[]): Promise<void> => {
  for (const { deal } of open) {
    const { ledger, payments: known } = await readCard(company.runtime.table, deal);
    if (ledger.length !== 1 || known[0]?.state !== 'paid')
      throw new Error(
        `deal ${deal}: ${ledger.length} entries, its payment is ${known[0]?.state}; it has to be 1 and paid`,
      );
  }
};

/** All of it, so many at a time; answers in the order of the list. */
const together = async <T, U>(
  list: readonly T[],
  work: (one: T, place: number) => Promise<U>,
): Promise<U[]> => {
  const done: U[] = [];
  let next = 0;
  const hand = async (): Promise<void> => {
    for (let place = next++; place < list.length; place = next++) {
      const one = list[place];
      if (one !== undefined) done[place] = await work(one, place);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, hand));
  return done;
};

/** As many bare conditional writes of rows of that kind, at the same time, by the SDK alone. */
const bare = async ({ runtime }: Company, round: number): Promise<number[]> => {
  const client = createDynamoClient();
  const places = Array.from({ length: burst }, (_, n) => n);
  const writes = await together(places, (n) =>
    timed(() =>
      client.send(
        new PutItemCommand({
          TableName: runtime.environment.TABLE_NAME ?? '',
          Item: marshalRow({
            pk: `BARE#${round}#${n}`,
            sk: 'RECEIVED',
            row: 'bare',
            raw: 'x'.repeat(260),
            g1pk: 'BARE#received',
            g1sk: `${n}`,
            g2pk: `BARE#${n}`,
            g2sk: `${n}`,
            g3pk: 'BARE#robokassa',
            g3sk: `${n}`,
          }),
          ConditionExpression: 'attribute_not_exists(pk)',
        }),
      ),
    ),
  );
  client.destroy();
  return writes.map(({ ms }) => ms);
};

const tell = async ({ runtime }: Company, all: readonly Told[]) => {
  const url = `${runtime.urls.api}/v1/webhooks/robokassa/industrial/result`;
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return together(all, async (one) => {
    const { ms, value } = await timed(async () => {
      const answer = await fetch(url, { method: 'POST', headers, body: one.body });
      return { status: answer.status, text: await answer.text() };
    });
    return { told: one, ms, ...value };
  });
};

const bursts = 2;

/** A burst of notifications, valid, repeated and forged mixed, beside as many bare conditional writes on the same table. */
export const benchPayments = async (company: Company): Promise<Figure[]> => {
  const { runtime, clock } = company;
  const password = passwordOf(String(runtime.environment.SECRET_PREFIX));
  const ratios: number[] = [];
  const lines: string[] = [];
  for (let round = 0; round <= bursts; round += 1) {
    const open = await asked(company, round);
    const right = open.flatMap((one) =>
      Array.from(
        { length: told },
        (): Told => ({
          body: notification(one, '1500.000000', password),
          isForged: false,
          invoice: one.invoice,
        }),
      ),
    );
    const wrong = Array.from({ length: forged }, (_, n): Told => {
      const one = open[n % open.length];
      if (one === undefined) throw new Error('nothing was asked for');
      return n % 2 === 0
        ? { body: notification(one, '1500.00', 'guessed'), isForged: true, invoice: one.invoice }
        : {
            body: notification(one, '1500.00', password).replace('1500.00', '1.00'),
            isForged: true,
            invoice: one.invoice,
          };
    });
    const writes = await bare(company, round);
    await clock.settle();
    const answers = await tell(company, mixed([...right, ...wrong]));
    mustBeRight(answers);
    await clock.settle();
    await mustBeEnteredOnce(company, open);
    if (round === 0) continue; // warms both sides
    const ours = answers.map(({ ms }) => ms);
    ratios.push(percentile(ours, 0.5) / percentile(writes, 0.5));
    const said = (list: readonly number[]) =>
      `p50 ${percentile(list, 0.5).toFixed(0)} ms, p95 ${percentile(list, 0.95).toFixed(0)} ms`;
    lines.push(`${said(ours)} / ${said(writes)}`);
  }
  return [
    figure(
      `${burst} notifications of payments, ${inFlight} at once / as many bare conditional writes, p50`,
      ratios,
      'x',
      'at most 3',
      `${lines.join('; ')}; of each ${burst} ${payments} are new, ${payments * (told - 1)} repeated and ${forged} forged: none of those was taken,\nnone was entered twice, none was answered 5xx`,
    ),
  ];
};

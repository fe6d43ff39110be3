import { randomBytes } from 'node:crypto';
import type { Line } from '../../schemas/deal.ts';
import type { RobokassaSettings } from '../../schemas/integrations/robokassa.ts';
import type { Money } from '../../schemas/money.ts';
import { languageOf, type Pack } from '../../schemas/pack.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Span } from '../../schemas/pipeline.ts';
import { say, type Text } from '../../schemas/text.ts';
import { type Instant, instantOf } from '../../schemas/time.ts';
import { queueCall } from '../calls/queue.ts';
import type { Context } from '../deals/context.ts';
import { fill, printFacts } from '../notify/render.ts';
import { Refused } from '../shared/errors.ts';
import { evaluate, type Facts } from '../shared/expression.ts';
import { counterKey, invoiceKey, payLinkKey } from '../shared/keys.ts';
import type { Table, Write } from '../shared/table/port.ts';
import { dueOf } from '../tasks/timing.ts';
import { receiptOf } from './receipt-lines.ts';
import { noShop } from './refusals.ts';
import { descriptionOf } from './robokassa/link.ts';
import { gateway } from './settle.ts';

/** How a pack takes payments. @throws {Refused} if it takes none */
export const shopSettings = (pack: Pack): RobokassaSettings => {
  const settings = pack.integrations?.robokassa;
  if (settings === undefined) throw new Refused([noShop(pack.id)]);
  return settings;
};

/** Whether payments of a pack are of the test mode now. */
export const isTestMode = ({ pack, company }: Pick<Context, 'pack' | 'company'>): boolean => {
  const { test } = shopSettings(pack);
  return typeof test === 'boolean' ? test : company.setting(pack, test.setting) === true;
};

/** Takes the next number of a shop; one that is not used in the end is left out. */
export const nextInvoice = async (table: Table, pack: Pack): Promise<number> => {
  const row = await table.write({
    update: counterKey(`${gateway}#${pack.id}`),
    set: { row: 'counter' },
    add: { last: 1 },
  });
  return shopSettings(pack).firstInvoice - 1 + Number(row?.last);
};

/** What makes a link to pay unguessable: 160 bits. */
export const newToken = (): string => randomBytes(20).toString('hex');

/** When a link that is made now is no longer good. */
export const expiryOf = (open: Span | undefined, context: Context): Instant => {
  const span = open ?? shopSettings(context.pack).open;
  return instantOf(dueOf({ due: 'after', span }, {}, context.now, context) ?? context.now);
};

/** What the client reads on the bill, in the company's language, as the gateway takes it. */
export const describedBy = (text: Text, facts: Facts, { pack, pipeline, company }: Context): string => {
  const language = languageOf(pack);
  const values = {
    ...printFacts(facts, pipeline, { language, zone: pack.zone, company }),
    company: pack.company,
  };
  const made = descriptionOf(fill(say(text, language), values));
  return made === '' ? descriptionOf(pack.company) || '1' : made;
};

/** What an expression over the facts asks for, in the currency of the field it names, else in the pack's. */
export const amountToAsk = async (
  expression: string,
  facts: Facts,
  { pack, pipeline }: Pick<Context, 'pack' | 'pipeline'>,
): Promise<Money> => {
  const field = pipeline.fields[expression.trim()];
  const currency = (field !== undefined && 'currency' in field ? field.currency : undefined) ?? pack.currency;
  const value = await evaluate(expression, facts);
  return { amount: typeof value === 'number' ? Math.round(value) : 0, currency };
};

const isLine = (value: unknown): value is Line =>
  typeof value === 'object' && value !== null && 'name' in value && 'price' in value && 'quantity' in value;

/** The fiscal receipt that goes with a payment, where the shop gives any; only roubles have one. */
export const receiptFor = (
  amount: Money,
  items: unknown,
  description: string,
  pack: Pack,
): Pick<Payment, 'receipt'> => {
  const settings = shopSettings(pack).receipt;
  if (settings === undefined || amount.currency !== 'RUB') return {};
  const lines = Array.isArray(items) ? items.filter(isLine) : [];
  return { receipt: receiptOf(settings, lines, amount.amount, description) };
};

/** What leads to a new payment, and the call that asks after it until it has come or will not. */
export const openingRows = (
  payment: Pick<Payment, 'id' | 'deal' | 'pack' | 'pipeline' | 'invoice' | 'token' | 'test'>,
  number: string,
  now: Date,
): Write[] => {
  const { id, deal, pack, pipeline, invoice, token, test } = payment;
  const about = { pack, deal, payment: id };
  return [
    {
      put: { ...invoiceKey(pack, invoice), row: 'invoice', ...about, dealNumber: number, invoice, test },
      if: { absent: true },
    },
    { put: { ...payLinkKey(token), row: 'pay-link', ...about }, if: { absent: true } },
    queueCall(
      {
        provider: gateway,
        kind: 'state',
        occasion: id,
        pack,
        deal: { id: deal, number, pipeline },
        about: `invoice ${invoice}: has it been paid?`,
        input: { deal, payment: id },
      },
      now,
    ).write,
  ];
};

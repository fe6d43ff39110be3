import { printMoney } from '../../schemas/money.ts';
import type { Payment } from '../../schemas/payment.ts';
import { readCard } from '../deals/card.ts';
import { html } from '../shared/html.ts';
import { theTable } from '../shared/ports.ts';
import type { RawAnswer } from '../shared/raw.ts';
import type { RawCall } from '../shared/serve.ts';
import { clientPage, languageIn } from './page.ts';
import { payUrl } from './pay-link.ts';
import { invoiced } from './pointers.ts';
import { readFail, readSaid, verifySuccess } from './robokassa/result.ts';
import { shopOf } from './robokassa/shop.ts';
import { isPaid } from './state.ts';

type Call = Pick<RawCall<'payments.success'>, 'raw' | 'company'>;

const words = {
  ru: {
    title: 'Оплата',
    paid: 'Оплата получена, спасибо.',
    coming:
      'Спасибо. Подтверждение банка обычно приходит за несколько минут; мы сообщим, когда деньги придут.',
    failed: 'Оплата не прошла. Если деньги списались, мы увидим их и без этой страницы.',
    again: 'Попробовать ещё раз',
  },
  en: {
    title: 'Payment',
    paid: 'The payment is here, thank you.',
    coming: 'Thank you. The bank confirms within minutes as a rule; we will tell you when the money is here.',
    failed: 'The payment did not go through. If money was taken, we will see it without this page.',
    again: 'Try again',
  },
} as const;

/** The payment of an invoice by what was sent along with it: the name of our pack is in no address, the deal is. */
const paymentOf = async (
  invoice: number,
  shp: Readonly<Record<string, string>>,
  { company }: Pick<Call, 'company'>,
): Promise<Payment | undefined> => {
  for (const { id, integrations } of company.packs) {
    if (integrations?.robokassa === undefined) continue;
    const known = await invoiced(theTable(), id, invoice);
    if (known === undefined || known.payment !== shp.Shp_payment || known.deal !== shp.Shp_deal) continue;
    const { payments } = await readCard(theTable(), known.deal);
    return payments.find((payment) => payment.id === known.payment);
  }
  return undefined;
};

const given = ({ raw }: Pick<Call, 'raw'>): string => (raw.text === '' ? raw.query.toString() : raw.text);

/**
 * The page to which a client comes back. It is for their eyes alone: nothing is written, whatever it is told. That something is
 * paid it says where we know it, and not because the browser says so.
 */
export const showSuccess = async (call: Call): Promise<RawAnswer> => {
  const language = languageIn(call.raw.headers['accept-language']);
  const say = words[language];
  const claimed = readSaid(given(call));
  const payment = claimed.ok ? await paymentOf(claimed.invoice, claimed.shp, call) : undefined;
  const isTheirs =
    payment !== undefined && verifySuccess(given(call), await shopOf(payment.pack, payment.test)).ok;
  const sum =
    isTheirs && payment !== undefined ? html`<p class="sum">${printMoney(payment.amount)}</p>` : undefined;
  const isHere = isTheirs && payment !== undefined && isPaid(payment);
  return clientPage(
    { language, title: say.title },
    html`<h1>${say.title}</h1>${sum}<p>${isHere ? say.paid : say.coming}</p>`,
  );
};

/** The page for who did not pay. Nobody signs what it is told, so that it shows nothing of the payment but the way back. */
export const showFail = async (call: Call): Promise<RawAnswer> => {
  const language = languageIn(call.raw.headers['accept-language']);
  const say = words[language];
  const said = readFail(given(call));
  const payment = said.ok ? await paymentOf(said.invoice, said.shp, call) : undefined;
  const again =
    payment?.state === 'open' ? html`<p><a href="${payUrl(payment.token)}">${say.again}</a></p>` : undefined;
  return clientPage({ language, title: say.title }, html`<h1>${say.title}</h1><p>${say.failed}</p>${again}`);
};

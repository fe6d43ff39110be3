import { printMoney } from '../../schemas/money.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Payment } from '../../schemas/payment.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { printInstant } from '../notify/render.ts';
import { isPayable, type PayButton, payButton } from '../payments/pay-button.ts';
import { isPaid, paidOf } from '../payments/state.ts';
import { type Html, html } from '../shared/html.ts';
import { log } from '../shared/log.ts';
import { NotConfigured } from '../shared/secret.ts';
import { words } from './words.ts';

type Reading = {
  readonly pack: Pack;
  readonly language: Language;
  readonly now: Date;
};

/** What became of a bill that cannot be paid any more; nothing for one that never was and never will be. */
const became = (payment: Payment): Text | undefined => {
  if (payment.held !== undefined && !isPaid(payment)) return words.held;
  switch (payment.state) {
    case 'paid':
      return words.paid;
    case 'refunding':
      return words.returning;
    case 'part-refunded':
      return words.partReturned;
    case 'refunded':
      return words.returned;
    case 'open':
    case 'cancelled':
    case 'expired':
      return undefined;
    default:
      return payment.state satisfies never;
  }
};

/**
 * A shop without keys is the operator's to mend; the client reads all the rest of the page meanwhile. Whoever has the link reads
 * the page, so the client's address is not in the form: the gateway asks for it.
 */
const buttonOf = async (payment: Payment, { pack, language }: Reading): Promise<PayButton | undefined> => {
  try {
    return await payButton(payment, pack, { language, label: say(words.pay, language) });
  } catch (error) {
    if (!(error instanceof NotConfigured)) throw error;
    log.error({ deal: payment.deal, error }, 'a client cannot pay');
    return undefined;
  }
};

/** What was asked of the client and may be paid, or was; and the gateways that the buttons lead to. */
export const billsPart = async (
  payments: readonly Payment[],
  reading: Reading,
): Promise<{ readonly part?: Html; readonly origins: readonly string[] }> => {
  const { language, pack, now } = reading;
  const origins = new Set<string>();
  const bills: Html[] = [];
  for (const payment of payments) {
    const about = (sum: string, said: Html): Html =>
      html`<article><p class="sum">${sum}</p><p><bdi>${payment.description}</bdi></p>${said}</article>`;
    if (!isPayable(payment, now)) {
      const said = became(payment);
      if (said === undefined) continue;
      const day =
        payment.paidAt === undefined ? '' : `, ${printInstant(payment.paidAt, language, pack.zone)}`;
      bills.push(about(printMoney(paidOf(payment)), html`<p class="state">${say(said, language)}${day}</p>`));
      continue;
    }
    const button = await buttonOf(payment, reading);
    if (button !== undefined) origins.add(button.origin);
    const until =
      payment.expiresAt === undefined
        ? undefined
        : html`<p class="note">${say(words.until, language)} ${printInstant(payment.expiresAt, language, pack.zone)}</p>`;
    const note = payment.test ? words.test : words.gateway;
    bills.push(
      about(
        printMoney(payment.amount),
        button === undefined
          ? html`<p class="state">${say(words.notNow, language)}</p>`
          : html`${button.form}${until}<p class="note">${say(note, language)}</p>`,
      ),
    );
  }
  if (bills.length === 0) return { origins: [] };
  return {
    part: html`<section aria-labelledby="money"><h2 id="money">${say(words.money, language)}</h2>${bills}</section>`,
    origins: [...origins],
  };
};

import { type Money, printMoney } from '../../schemas/money.ts';
import type { Payment, PaymentFlag } from '../../schemas/payment.ts';
import type { Who } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import { type News, tellPeople } from '../calls/tell-people.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { withRaised } from '../tasks/raise.ts';
import { shopSettings } from './asking.ts';
import { paidOf } from './state.ts';

type Doing = Parameters<typeof tellPeople>[2];

const dueIn = { unit: 'workdays', amount: 1 } as const;

/** A task on the deal for the accountant of its company, once an occasion. */
export const askAccountant = (
  card: Card,
  occasion: string,
  title: Text,
  description: Text,
  context: Context,
): Card =>
  withRaised(
    card,
    {
      occasion: `payment:${occasion}`,
      to: shopSettings(context.pack).accountant,
      title,
      description,
      dueIn,
    },
    context,
  );

const rolesOf = (who: readonly Who[]): string[] =>
  who.flatMap((one) => (one.who === 'role' ? [one.role] : []));

/** A line for the accountants of a company about what belongs to no deal, once an occasion. */
export const tellAccountants = (
  pack: string,
  news: Pick<News, 'occasion' | 'subject' | 'body'>,
  doing: Doing,
): Promise<void> => {
  const settings = doing.company.packs.find(({ id }) => id === pack)?.integrations?.robokassa;
  return tellPeople(pack, { ...news, to: rolesOf(settings?.accountant ?? []) }, doing);
};

const why: Record<PaymentFlag, (payment: Payment) => { ru: string; en: string }> = {
  amount: (payment) => ({
    ru: `пришло ${printMoney(paidOf(payment))} вместо ${printMoney(payment.amount)}. Сумма внесена как есть; процесс ждёт. Примите её, или выставьте ссылку на остаток, или верните деньги`,
    en: `${printMoney(paidOf(payment))} came instead of ${printMoney(payment.amount)}. It is entered as it came; the process waits. Accept it, ask for the rest by another link, or give it back`,
  }),
  currency: ({ amount }) => ({
    ru: `счёт был в ${amount.currency}, шлюз назвал другую сумму: сверьте её в кабинете`,
    en: `the bill was in ${amount.currency} and the gateway names another sum: compare it in the cabinet`,
  }),
  cancelled: () => ({
    ru: 'ссылка была отменена, но клиент её оплатил. Деньги внесены; если они лишние — верните',
    en: 'the link had been cancelled and the client paid it. The money is entered; give it back if it is not wanted',
  }),
  expired: () => ({
    ru: 'срок ссылки вышел, но клиент её оплатил. Деньги внесены; если они лишние — верните',
    en: 'the link had run out and the client paid it. The money is entered; give it back if it is not wanted',
  }),
  closed: () => ({
    ru: 'сделка уже закрыта или убрана в архив. Деньги внесены: верните их или откройте сделку снова',
    en: 'the deal is over or put away. The money is entered: give it back, or bring the deal back',
  }),
};

/** Whatever about a payment is not as it was asked for becomes a task for who can put it right. */
export const withFlagsTold = (card: Card, payment: Payment, context: Context): Card => {
  const { flags = [], invoice, id } = payment;
  if (flags.length === 0) return card;
  const said = flags.map((flag) => why[flag](payment));
  return askAccountant(
    card,
    `${id}:flags`,
    { ru: `Оплата по счёту ${invoice}: разобраться`, en: `Payment of invoice ${invoice}: look at it` },
    {
      ru: `Оплачен счёт ${invoice}: ${said.map(({ ru }) => ru).join('; ')}.`,
      en: `Invoice ${invoice} was paid: ${said.map(({ en }) => en).join('; ')}.`,
    },
    context,
  );
};

/** A payment that is paid, of which the gateway says again that it was, and with another sum. */
export const withSecondSum = (card: Card, payment: Payment, said: Money, context: Context): Card =>
  askAccountant(
    card,
    `${payment.id}:again:${said.amount}`,
    {
      ru: `Счёт ${payment.invoice}: шлюз сообщает другую сумму`,
      en: `Invoice ${payment.invoice}: the gateway says another sum`,
    },
    {
      ru: `Внесено ${printMoney(paidOf(payment))}, теперь шлюз подтверждает ${printMoney(said)}. Второй раз ничего не внесено: сверьте в кабинете.`,
      en: `${printMoney(paidOf(payment))} is entered, and now the gateway confirms ${printMoney(said)}. Nothing was entered a second time: compare it in the cabinet.`,
    },
    context,
  );

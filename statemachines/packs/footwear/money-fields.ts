import { anyWith, field, t } from '../../vocabulary/index.ts';

const currency = 'MDL';
const makers = ['footwear-production'];
const hidden = { hiddenFrom: makers };
/** What the pay of others is made of, and what it comes to, is between the head and the administrator. */
const ofTheHead = {
  hiddenFrom: [...makers, 'footwear-manager', 'footwear-dispatcher', 'footwear-accountant'],
};

const paid = (title: ReturnType<typeof t>, account: string) =>
  field.total(title, currency, ['payment', 'refund'], { accounts: [account], ...hidden });

/** The figures of an order that people neither sum nor write. */
export const moneyFields = {
  orderTotal: field.computedMoney(
    t('Сумма сделки', 'Order total', 'Suma tranzacției'),
    currency,
    '$exists(items[$not(returned = true)]) ? $sum(items[$not(returned = true)].(qty * price)) - ($exists(discount) ? discount : 0) : 0',
    hidden,
  ),
  advanceSuggested: field.computedMoney(
    t('Рекомендуемый аванс, 30 %', 'Suggested advance, 30 %', 'Avans recomandat, 30 %'),
    currency,
    '$round2(orderTotal * 0.3)',
    hidden,
  ),
  paidTotal: field.total(t('Сумма оплат', 'Paid', 'Suma plăților'), currency, ['payment', 'refund'], hidden),
  paymentCount: field.total(
    t('Количество оплат', 'Number of payments', 'Cantitatea plăților'),
    currency,
    ['payment'],
    { count: true, ...hidden },
  ),
  paidByBank: paid(t('Оплачено: банк', 'Paid by bank', 'Plătit: bancă'), 'bank'),
  paidByCard: paid(t('Оплачено: карта', 'Paid by card', 'Plătit: card'), 'card'),
  paidByPost: paid(t('Оплачено: почта', 'Paid at the post office', 'Plată la oficiu poștal'), 'post-office'),
  paidOther: paid(t('Оплачено: другое', 'Paid otherwise', 'Plătit: altele'), 'other'),
  /** said to be on its way, not confirmed yet */
  awaited: field.total(t('Ждёт подтверждения', 'To be confirmed', 'De confirmat'), currency, ['payment'], {
    state: 'pending',
    ...hidden,
  }),
  remaining: field.computedMoney(
    t('Остаток к оплате', 'Remaining', 'Rest de plată'),
    currency,
    'orderTotal - paidTotal',
    hidden,
  ),
  saleDate: field.date(t('Дата продажи', 'Date of the sale', 'Data vânzării'), { system: true, ...hidden }),
  payDate: field.date(t('Дата начисления зарплаты', 'Pay date', 'Data calculării salariului'), {
    writtenBy: [anyWith('footwear-head-of-sales')],
    ...hidden,
  }),
  payTotal: field.accrued(t('Начислено', 'Pay granted', 'Salariu calculat'), currency, 'all', ofTheHead),
  payGranted: field.boolean(t('Зарплата начислена', 'Pay is granted', 'Salariul este calculat'), {
    system: true,
    ...hidden,
  }),
} as const;

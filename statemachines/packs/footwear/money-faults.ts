import { t } from '../../vocabulary/index.ts';

/** What may go wrong with the money of orders, what comes of it, and the title of the test that shows so. */
export const moneyFaults = [
  {
    what: t(
      'Аванс одновременно подтверждают и возвращают.',
      'An advance is approved and returned at the same instant.',
      'Avansul este confirmat și returnat în aceeași clipă.',
    ),
    outcome: t(
      'Действует одно из двух, и деньги вместе с ним; второе получает отказ.',
      'One of both holds, and the money with it; the other is refused.',
      'Rămâne una dintre ele, cu banii ei; cealaltă este refuzată.',
    ),
    test: 'an advance approved and returned at the same instant is one of both',
  },
  {
    what: t(
      'Доплату подтверждают, хотя её не хватает.',
      'The rest is approved although some of it is missing.',
      'Plata suplimentară este confirmată, deși nu ajunge.',
    ),
    outcome: t(
      'Отказ с остатком; ничего не засчитано.',
      'Refused, with what would stay unpaid; nothing is counted.',
      'Refuz, cu restul neachitat; nimic nu se ia în calcul.',
    ),
    test: 'the rest is approved when it is whole',
  },
  {
    what: t(
      'Строку списка почты вносят трижды сразу.',
      'A line of the post office’s list is entered three times at once.',
      'Un rând din lista poștei este introdus de trei ori deodată.',
    ),
    outcome: t('Один платёж.', 'One payment.', 'O singură plată.'),
    test: 'a line of the post office’s list that is entered three times at once is one payment',
  },
  {
    what: t(
      'Возвращают больше, чем оплачено.',
      'More is given back than was paid.',
      'Se restituie mai mult decât s-a plătit.',
    ),
    outcome: t(
      'Отказ с суммой, которую можно вернуть.',
      'Refused, with what may be given back.',
      'Refuz, cu suma care poate fi restituită.',
    ),
    test: 'what a client gives back for money is refunded, no more than was paid',
  },
  {
    what: t(
      'Менеджер снизил цену после оплаты, зарплату хотят начислить.',
      'A manager lowered the price after the payment, and pay is to be granted.',
      'Managerul a redus prețul după plată, iar salariul urmează a fi calculat.',
    ),
    outcome: t(
      'Отказ: оплаты не сходятся с суммой; изменение суммы с автором — в истории.',
      'Refused: payments and total differ; the change of the total and who made it are in the history.',
      'Refuz: plățile diferă de sumă; modificarea și autorul ei sunt în istoric.',
    ),
    test: 'pay is not granted while payments differ from the total',
  },
  {
    what: t(
      'Начисление зарплаты обрывается, когда уже записано.',
      'The granting of pay is cut off after it was written.',
      'Calculul salariului se întrerupe după ce a fost scris.',
    ),
    outcome: t(
      'Шаг повторяется; начислено один раз.',
      'The step is tried again; pay is granted once.',
      'Pasul se repetă; salariul este calculat o singură dată.',
    ),
    test: 'pay whose granting is cut off after it was written is granted once',
  },
  {
    what: t(
      'Заказ попадает в архив без расчёта.',
      'An order comes to the archive unsettled.',
      'Comanda ajunge în arhivă fără decontare.',
    ),
    outcome: t(
      'Он возвращается, руководитель узнаёт.',
      'It goes back, and the head hears of it.',
      'Se întoarce, iar șeful află.',
    ),
    test: 'an order that comes to the archive unsettled goes back, and the head hears of it',
  },
];

import {
  all,
  choose,
  filled,
  goto,
  is,
  needs,
  responsible,
  set,
  t,
  task,
  value,
  when,
} from '../../vocabulary/index.ts';
import { some } from './some.ts';
import { moneyKeepers, workers } from './who.ts';

/** What came back goes into stock; for money, or for another pair. */
export const returned = {
  title: t('Возврат', 'Return', 'Returnare'),
  aim: t(
    'Товар вернулся: деньги возвращены или выбрана другая пара.',
    'The goods are back: the money is returned, or another pair is chosen.',
    'Marfa s-a întors: banii sunt returnați sau e aleasă altă pereche.',
  ),
  enter: { required: ['returnReason', 'returnMode'], ...needs('FW-08.1') },
  work: [
    choose(
      'return-or-exchange',
      [
        when(
          is('returnMode', 'exchange'),
          task('exchange-items', {
            title: t('Заменить товар', 'Replace the items', 'Înlocuiește produsele'),
            who: responsible,
            guard: all(some('returnedCount'), some('itemCount')),
            refusal: t(
              'Отметьте возвращённое и внесите замену отдельной строкой',
              'Mark what came back, and enter what replaces it as a line of its own',
              'Marcați ce s-a întors și introduceți înlocuirea ca rând separat',
            ),
            fields: ['items'],
            ...needs('FW-08.3', 'FW-08.5'),
          }),
          set('another-parcel', { parcelNumber: value(null), shippedAt: value(null) }),
          choose('exchange-from', [when(some('toMake'), goto('production'))], {
            otherwise: [goto('ready-to-ship')],
          }),
        ),
      ],
      {
        otherwise: [
          task('take-back', {
            title: t(
              'Принять товар и вернуть деньги',
              'Take the goods and return the money',
              'Primește marfa și returnează banii',
            ),
            who: responsible,
            guard: all(some('returnedCount'), filled('remaining'), 'remaining >= 0'),
            refusal: t(
              'Отметьте в строках товара, что возвращено, и внесите возврат денег. Остаток к оплате: {{remaining}}',
              'Mark in the items what came back, and enter the refund. The remainder is {{remaining}}',
              'Marcați în rândurile produselor ce s-a întors și introduceți restituirea. Rest de plată: {{remaining}}',
            ),
            fields: ['items'],
            ...needs('FW-08.2', 'FW-08.5'),
          }),
          goto('final-check'),
        ],
      },
    ),
  ],
  editedBy: moneyKeepers,
  moves: [
    { to: 'production', by: ['system'] },
    { to: 'ready-to-ship', by: ['system'] },
    { to: 'final-check', by: ['system'] },
    { to: 'in-transit', by: workers },
  ],
} as const;

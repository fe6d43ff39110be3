import {
  after,
  all,
  atDate,
  atDue,
  changed,
  changedSinceOpened,
  choose,
  cycle,
  dueBy,
  email,
  empty,
  field,
  filled,
  headOf,
  is,
  isNot,
  move,
  needs,
  notify,
  onDate,
  pay,
  pipeline,
  reaches,
  responsible,
  setting,
  ship,
  start,
  t,
  task,
  tell,
  thread,
  wait,
  when,
} from '../../vocabulary/index.ts';
import { contractStage } from './contract-stage.ts';
import { dealFields } from './deal-fields.ts';
import { noDate, unpaid } from './refusals.ts';
import { trackingOfGoods } from './tracking.ts';
import { productManager } from './who.ts';

const paidInFull = reaches('paidTotal', 'dealTotal');

/** Goods: from a request to the original documents. */
export const goods = pipeline({
  id: 'goods',
  kind: 'deal',
  title: t('Товары', 'Goods'),
  prefix: 'G',
  start: 'unprocessed',
  worth: 'dealTotal',
  tracking: trackingOfGoods,
  ...needs('IN-X-00.2', 'IN-X-00.4', 'IN-X-00.6'),
  fields: {
    ...dealFields,
    items: field.lines(t('Товары', 'Items'), 'RUB'),
    caseComplexity: field.enumeration(t('Сложность случая', 'Case complexity'), {
      simple: t('Простой', 'Simple'),
      complex: t('Сложный', 'Complex'),
      'very-complex': t('Очень сложный', 'Very complex'),
    }),
    deliveryTerms: field.enumeration(t('Условие доставки', 'Delivery terms'), {
      pickup: t('Самовывоз', 'Pickup'),
      carrier: t('СДЭК', 'Carrier'),
      'own-delivery': t('Доставка', 'Own delivery'),
    }),
    fullyReserved: field.boolean(t('Товар полностью зарезервирован', 'Fully reserved')),
    deliveryPoint: field.text(t('Пункт выдачи СДЭК', 'Point of delivery'), { max: 20, personal: true }),
    deliveryAddress: field.address(t('Адрес доставки', 'Delivery address'), { personal: true }),
    deliveryTariff: field.number(t('Тариф СДЭК', 'Carrier’s tariff')),
    deliveryPrice: field.money(t('Стоимость доставки', 'Price of the delivery'), 'RUB'),
    deliveryDate: field.date(t('Плановая дата доставки', 'Planned date of delivery')),
    placeKnown: field.computed(
      t('Место доставки указано', 'Place of delivery known'),
      '$exists(deliveryPoint) or $exists(deliveryAddress)',
    ),
    parcelStatus: field.text(t('Статус посылки', 'Parcel'), { max: 60, system: true }),
    trackNumber: field.text(t('Трек-номер', 'Track number'), { max: 60, personal: true }),
    scansReceivedAt: field.date(t('Сканы получены', 'Scans received')),
    originalsPlannedDate: field.date(
      t('Плановая дата получения оригиналов документов', 'Planned date of the originals'),
    ),
  },
  stages: {
    unprocessed: {
      title: t('Не обработан', 'Unprocessed'),
      aim: t(
        'Очередь входящих обращений: каждое кто-то берёт в работу.',
        'A queue of requests: somebody takes up each.',
      ),
      moves: [move('express-identification', ['anyone']), move('lost', ['anyone'])],
      ...needs('IN-X-01.1'),
    },

    'express-identification': {
      title: t('Экспресс-идентификация', 'Express identification'),
      aim: t('Быстро выяснить, что нужно клиенту.', 'It is quickly known what the client needs.'),
      enter: { take: true, ...needs('IN-G-02.1') },
      work: [
        task('express-identification', {
          title: t('Выполнить Экспресс-идентификацию', 'Do the express identification'),
          who: responsible,
          due: setting('identificationTime'),
          fields: ['company', 'contact', 'payerKind', 'caseComplexity'],
          late: [
            atDue(
              tell([responsible, headOf(responsible), productManager], 'identification-late'),
              needs('IN-G-02.3', 'IN-G-02.4', 'IN-X-01.2', 'IN-X-01.3'),
            ),
          ],
          ...needs('IN-G-02.2', 'IN-X-01.4'),
        }),
      ],
      moves: [
        move('invoice-quote', ['responsible']),
        move('unprocessed', ['responsible']),
        move('lost', ['responsible']),
      ],
    },

    'invoice-quote': {
      title: t('Счет/КП', 'Invoice or quote'),
      aim: t(
        'Отправить КП или счет и добиться ответа.',
        'The client holds a quote or an invoice and has answered it.',
      ),
      work: [
        notify('complexity-assumed', tell([responsible], 'complexity-assumed'), {
          when: empty('caseComplexity'),
        }),
        task('send-quote', {
          title: t('Сформировать и отправить КП', 'Make and send the quote'),
          who: responsible,
          due: dueBy(
            'caseComplexity',
            { complex: setting('quoteTimeComplex'), 'very-complex': setting('quoteTimeVeryComplex') },
            setting('quoteTimeSimple'),
          ),
          fields: ['items', 'dealTotal', 'quoteFile'],
          late: [atDue(tell([responsible], 'quote-late'), needs('IN-G-03.3'))],
          ...needs('IN-G-03.1', 'IN-G-03.2'),
        }),
        start('feedback', needs('IN-G-03.4')),
      ],
      on: [
        thread('feedback', {
          title: t('Обратная связь по КП', 'Quote feedback'),
          on: changed('quoteFeedbackDate'),
          when: filled('quoteFeedbackDate'),
          work: [
            task('get-quote-feedback', {
              title: t('Получить обратную связь по КП', 'Get feedback on the quote'),
              titles: [
                {
                  when: filled('quoteFeedbackDate'),
                  title: t('Получить обратную связь по КП/счету', 'Get feedback on the quote or invoice'),
                },
              ],
              who: responsible,
              due: onDate('quoteFeedbackDate', { else: setting('quoteFeedbackTime') }),
              late: [atDue(tell([responsible], 'quote-feedback-late'), needs('IN-G-03.5', 'IN-G-03.11'))],
              ...needs('IN-G-03.4', 'IN-G-03.8'),
            }),
            wait('after-feedback', setting('afterFeedbackTime'), {
              title: t('Ждём, перейдёт ли сделка дальше', 'See whether the deal moves on'),
              ...needs('IN-G-03.6', 'IN-G-03.10'),
            }),
            task('update-feedback-date', {
              title: t('Актуализировать дату получения обратной связи', 'Update the feedback date'),
              who: responsible,
              due: setting('fillDateTime'),
              closeWhen: changedSinceOpened('quoteFeedbackDate'),
              refusal: t(
                'Измените дату: с открытия задачи она прежняя.',
                'Change the date: it is what it was when the task was opened.',
              ),
              fields: ['quoteFeedbackDate'],
              ...needs('IN-G-03.6', 'IN-G-03.7'),
            }),
          ],
          ...needs('IN-G-03.8', 'IN-G-03.9', 'IN-G-03.10'),
        }),
      ],
      moves: [
        move('contract', ['responsible']),
        move('express-identification', ['responsible']),
        move('lost', ['responsible']),
      ],
    },

    contract: contractStage('picking', 'IN-G-04'),

    picking: {
      title: t('Комплектация', 'Picking'),
      aim: t('Получить деньги и собрать товар.', 'The money is in and the goods are collected.'),
      work: [
        pay('pay-by-link', {
          title: t('Ссылка на оплату физическому лицу', 'A link to pay for a natural person'),
          when: is('payerKind', 'person'),
          amount: 'debt',
          description: t('Заказ {{number}}', 'Order {{number}}'),
          text: 'pay-link',
          items: 'items',
          open: setting('payLinkTime'),
          failed: tell([responsible], 'letter-failed'),
          wait: false,
          ...needs('IN-X-80.2'),
        }),
        task('get-final-payment', {
          title: t('Получить окончательный расчет', 'Get the final payment'),
          who: responsible,
          due: setting('finalPaymentTime'),
          closeWhen: paidInFull,
          refusal: unpaid,
          ...needs('IN-G-05.1', 'IN-G-05.2', 'IN-G-05.3', 'IN-G-05.4'),
        }),
        task('pick-order', {
          title: t('Укомплектовать заказ по сделке', 'Pick the order'),
          who: responsible,
          due: setting('pickOrderTime'),
          fields: ['deliveryTerms', 'fullyReserved'],
          ...needs('IN-G-05.5'),
        }),
        cycle('ready-letters', {
          title: t('Письма «товар готов к выдаче»', 'Letters that the goods are ready'),
          every: setting('readyLetterEvery'),
          first: 'now',
          while: all(is('fullyReserved', true), is('deliveryTerms', 'pickup')),
          body: email('goods-ready', {
            failed: tell([responsible], 'letter-failed'),
            ...needs('IN-G-05.9', 'IN-X-80.4'),
          }),
          ...needs('IN-G-05.6', 'IN-G-05.7', 'IN-G-05.8'),
        }),
      ],
      moves: [
        move('shipment', ['responsible']),
        move('contract', ['responsible']),
        move('lost', ['responsible']),
      ],
    },

    shipment: {
      title: t('Отгрузка', 'Shipment'),
      aim: t('Передать товар клиенту.', 'The goods are handed over.'),
      work: [
        task('get-final-payment', {
          title: t('Получить окончательный расчет', 'Get the final payment'),
          who: responsible,
          due: setting('finalPaymentTime'),
          closeWhen: paidInFull,
          refusal: unpaid,
          ...needs('IN-G-06.1', 'IN-G-06.2'),
        }),
        task('arrange-shipment', {
          title: t('Организовать отгрузку', 'Arrange the shipment'),
          who: responsible,
          due: setting('arrangeShipmentTime'),
          fields: ['deliveryPoint', 'deliveryAddress', 'deliveryTariff', 'trackNumber'],
          ...needs('IN-G-06.3'),
        }),
        notify('place-missing', tell([responsible], 'place-missing'), {
          when: all(is('deliveryTerms', 'carrier'), is('placeKnown', false), empty('trackNumber')),
        }),
        ship('carrier-order', {
          title: t('Заказать отправку в СДЭК', 'Order the shipment of the carrier'),
          by: 'cdek',
          when: all(is('deliveryTerms', 'carrier'), is('placeKnown', true), empty('trackNumber')),
          to: { point: 'deliveryPoint', address: 'deliveryAddress' },
          items: 'items',
          tariff: 'deliveryTariff',
          price: 'deliveryPrice',
          date: 'deliveryDate',
          track: 'trackNumber',
          status: 'parcelStatus',
          late: [after(setting('parcelOrderTime'), tell([responsible], 'parcel-order-late'))],
          ...needs('IN-G-06.7', 'IN-X-80.1'),
        }),
        email('track-number', {
          when: filled('trackNumber'),
          failed: tell([responsible], 'letter-failed'),
          ...needs('IN-G-06.4', 'IN-X-80.4'),
        }),
        task('confirm-delivery', {
          title: t('Получить подтверждение, что товар получен', 'Get the confirmation of receipt'),
          when: isNot('deliveryTerms', 'pickup'),
          who: responsible,
          due: setting('confirmDeliveryTime'),
          closeWhen: is('parcel', 'delivered'),
          byHand: true,
          ...needs('IN-G-06.5', 'IN-G-06.6'),
        }),
      ],
      moves: [move('wrap-up', ['responsible']), move('picking', ['responsible'])],
    },

    'wrap-up': {
      title: t('Подведение итогов', 'Wrap-up'),
      aim: t('Получить сканы закрывающих документов.', 'The scans of the closing documents are here.'),
      work: [
        choose(
          'by-delivery',
          [
            when(
              isNot('deliveryTerms', 'pickup'),
              task('get-scans', {
                title: t('Получить сканы закрывающих документов', 'Get the scans of the closing documents'),
                who: responsible,
                due: setting('scansTime'),
                stamp: 'scansReceivedAt',
                late: [atDue(tell([responsible], 'scans-late'), needs('IN-G-07.3'))],
                ...needs('IN-G-07.2'),
              }),
              task('fill-originals-date', {
                title: t(
                  'Заполнить плановую дату получения оригиналов документов',
                  'Fill the planned date of the originals',
                ),
                who: responsible,
                due: setting('fillDateTime'),
                closeWhen: filled('originalsPlannedDate'),
                refusal: noDate,
                fields: ['originalsPlannedDate'],
                ...needs('IN-G-07.4', 'IN-G-07.5'),
              }),
            ),
          ],
          needs('IN-G-07.1', 'IN-G-07.6'),
        ),
      ],
      moves: [move('won', ['responsible']), move('shipment', ['responsible'])],
    },

    won: {
      title: t('Сделка успешна', 'Deal won'),
      aim: t('Получить оригиналы документов.', 'The original documents are here.'),
      outcome: 'won',
      work: [
        task('get-originals', {
          title: t('Получить оригиналы документов', 'Get the original documents'),
          when: isNot('hasOriginals', true),
          who: responsible,
          due: onDate('originalsPlannedDate', { else: setting('originalsTime') }),
          guard: is('hasOriginals', true),
          refusal: t('Отметьте «Есть оригиналы документов».', 'Tick “Originals received” first.'),
          fields: ['hasOriginals'],
          late: [
            atDate(
              'originalsPlannedDate',
              setting('originalsTime'),
              tell([responsible], 'originals-due'),
              needs('IN-G-08.3', 'IN-G-08.5'),
            ),
          ],
          ...needs('IN-G-08.1', 'IN-G-08.2', 'IN-G-08.4'),
        }),
      ],
      moves: [move('wrap-up', ['head'])],
    },

    lost: {
      title: t('Сделка провалена', 'Deal lost'),
      aim: t('Причина отказа известна.', 'The reason of the refusal is known.'),
      outcome: 'lost',
      enter: { required: ['lossReason'], ...needs('IN-G-09.1') },
      moves: [move('came-from', ['head'])],
    },
  },
});

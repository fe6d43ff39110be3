import {
  anyWith,
  atDue,
  beforeDue,
  changed,
  choose,
  cycle,
  dueBy,
  field,
  filled,
  headOf,
  is,
  move,
  needs,
  notify,
  offer,
  onDate,
  parallel,
  pay,
  person,
  pipeline,
  reaches,
  responsible,
  set,
  setting,
  start,
  t,
  task,
  tell,
  thread,
  until,
  value,
  waitFor,
  when,
} from '../../vocabulary/index.ts';
import { contractStage } from './contract-stage.ts';
import { dealFields } from './deal-fields.ts';
import { noDate, unpaid } from './refusals.ts';
import { trackingOfServices } from './tracking.ts';

const workExecutor = person('workExecutor');
const paidInFull = reaches('paidTotal', 'dealTotal');

/** Diagnostic services on site: from a request to the original documents. */
export const services = pipeline({
  id: 'services',
  kind: 'deal',
  title: t('Услуги', 'Services'),
  prefix: 'S',
  start: 'unprocessed',
  worth: 'dealTotal',
  tracking: trackingOfServices,
  ...needs('IN-X-00.2', 'IN-X-00.4', 'IN-X-00.6'),
  fields: {
    ...dealFields,
    serviceKinds: field.several(t('Виды услуг', 'Kinds of service'), {
      'vibro-diagnostics': t('Вибродиагностика', 'Vibration diagnostics'),
      'laser-alignment': t('Лазерная центровка', 'Laser alignment'),
      'dynamic-balancing': t('Динамическая балансировка', 'Dynamic balancing'),
    }),
    emergency: field.boolean(t('Экстренный случай', 'Emergency')),
    plannedReadinessDate: field.datetime(t('Плановая дата готовности', 'Planned readiness date')),
    workExecutor: field.user(t('Исполнитель работ', 'Work executor')),
    reportFile: field.file(t('Отчет по результатам измерения', 'Measurement report')),
    reportFeedbackDate: field.datetime(t('Дата обратной связи по Отчету', 'Report feedback date')),
    reportRemarks: field.text(t('Замечания клиента к отчету', "Client's remarks on the report"), {
      personal: true,
    }),
    originalsSentAt: field.date(t('Оригиналы отправлены', 'Originals sent')),
  },
  stages: {
    unprocessed: {
      title: t('Не обработан', 'Unprocessed'),
      aim: t(
        'Очередь входящих обращений: каждое кто-то берёт в работу.',
        'A queue of requests: somebody takes up each.',
      ),
      moves: [move('primary-identification', ['anyone']), move('lost', ['anyone'])],
      ...needs('IN-X-01.1'),
    },

    'primary-identification': {
      title: t('Первичная идентификация', 'Primary identification'),
      aim: t('Быстро выяснить, что нужно клиенту.', 'It is quickly known what the client needs.'),
      enter: { take: true, ...needs('IN-S-02.1') },
      work: [
        task('express-identification', {
          title: t('Выполнить Экспресс-идентификацию', 'Do the express identification'),
          who: responsible,
          due: setting('identificationTime'),
          fields: ['company', 'contact', 'payerKind', 'serviceKinds'],
          late: [
            atDue(
              tell([responsible, headOf(responsible)], 'identification-late'),
              needs('IN-S-02.3', 'IN-S-02.4', 'IN-X-01.2', 'IN-X-01.3'),
            ),
          ],
          ...needs('IN-S-02.2', 'IN-X-01.4'),
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
        'Отправить КП и лист о подготовке и добиться ответа.',
        'The client holds a quote and a preparation sheet and has answered.',
      ),
      work: [
        parallel(
          'quote-and-sheet',
          [
            [
              task('send-quote', {
                title: t('Сформировать и отправить КП', 'Make and send the quote'),
                who: responsible,
                due: setting('servicesQuoteTime'),
                fields: ['dealTotal', 'quoteFile'],
                late: [atDue(tell([responsible], 'quote-late'), needs('IN-S-03.2'))],
                ...needs('IN-S-03.1'),
              }),
            ],
            [
              task('send-prep-sheet', {
                title: t(
                  'Подготовить и отправить лист о подготовке к выполнению работ',
                  'Make and send the preparation sheet',
                ),
                who: responsible,
                due: setting('servicesQuoteTime'),
                late: [atDue(tell([responsible], 'prep-sheet-late'), needs('IN-S-03.2'))],
                ...needs('IN-S-03.1'),
              }),
            ],
          ],
          needs('IN-S-03.3'),
        ),
        task('fill-quote-feedback-date', {
          title: t('Заполнить дату обратной связи по КП', 'Fill the quote feedback date'),
          who: responsible,
          due: setting('fillDateTime'),
          closeWhen: filled('quoteFeedbackDate'),
          refusal: noDate,
          fields: ['quoteFeedbackDate'],
          ...needs('IN-S-03.3', 'IN-S-03.4', 'IN-S-03.5'),
        }),
        start('feedback', needs('IN-S-03.6')),
      ],
      on: [
        thread('feedback', {
          title: t('Обратная связь по КП', 'Quote feedback'),
          on: changed('quoteFeedbackDate'),
          when: filled('quoteFeedbackDate'),
          work: [
            task('get-quote-feedback', {
              title: t('Получить обратную связь по КП/счету', 'Get feedback on the quote or invoice'),
              who: responsible,
              due: onDate('quoteFeedbackDate'),
              late: [
                beforeDue(
                  setting('quoteFeedbackNotice'),
                  tell([responsible], 'quote-feedback-soon'),
                  needs('IN-S-03.7', 'IN-S-03.9'),
                ),
              ],
              ...needs('IN-S-03.6', 'IN-S-03.8'),
            }),
          ],
          ...needs('IN-S-03.8', 'IN-S-03.9'),
        }),
      ],
      moves: [
        move('contract', ['responsible']),
        move('primary-identification', ['responsible']),
        move('lost', ['responsible']),
      ],
    },

    contract: contractStage('awaiting-visit', 'IN-S-04'),

    'awaiting-visit': {
      title: t('Ожидание выезда на объект', 'Awaiting the visit'),
      aim: t('Готовность объекта клиента подтверждена.', "The client's site is confirmed to be ready."),
      work: [
        parallel('preparations', [
          [
            task('get-readiness', {
              title: t('Получить подтверждение готовности', 'Get the confirmation of readiness'),
              who: responsible,
              due: dueBy('emergency', { true: setting('readinessTimeEmergency') }, setting('readinessTime')),
              ...needs('IN-S-05.1', 'IN-S-05.2'),
            }),
          ],
          [
            task('fill-readiness-date', {
              title: t('Заполнить плановую дату готовности', 'Fill the planned readiness date'),
              who: responsible,
              due: setting('fillDateTime'),
              closeWhen: filled('plannedReadinessDate'),
              refusal: noDate,
              fields: ['plannedReadinessDate'],
              ...needs('IN-S-05.6'),
            }),
            start('visit-notice', needs('IN-S-05.3')),
          ],
          [
            task('assign-executor', {
              title: t('Назначить исполнителя работ', 'Name the work executor'),
              who: responsible,
              due: setting('fillDateTime'),
              closeWhen: filled('workExecutor'),
              refusal: t('Назначьте исполнителя работ.', 'Name the work executor.'),
              fields: ['workExecutor'],
              ...needs('IN-S-05.6'),
            }),
          ],
        ]),
      ],
      on: [
        thread('visit-notice', {
          title: t('Предупредить исполнителя о выезде', 'Notice of the visit'),
          on: changed('plannedReadinessDate'),
          when: filled('plannedReadinessDate'),
          work: [
            until('executor-named', filled('workExecutor'), {
              title: t('Ждём исполнителя', 'Until an executor is named'),
              ...needs('IN-S-05.6'),
            }),
            waitFor('before-visit', 'plannedReadinessDate', {
              title: t('Ждём выезда', 'Until shortly before the visit'),
              minus: setting('visitNotice'),
              ...needs('IN-S-05.3', 'IN-S-05.7'),
            }),
            // A date that is taken away ends the wait, and there is no visit to tell of.
            notify('tell-executor', tell([workExecutor], 'readiness-soon', ['email']), {
              when: filled('plannedReadinessDate'),
              ...needs('IN-S-05.4', 'IN-S-05.5', 'IN-X-80.4'),
            }),
          ],
          ...needs('IN-S-05.7'),
        }),
      ],
      offers: [
        offer('trip-approval', {
          title: t('Согласовать командировку', 'Have a business trip approved'),
          by: ['responsible', anyWith('work-executor')],
          single: false,
          down: { company: 'company' },
          ...needs('IN-S-05.8'),
        }),
      ],
      moves: [
        move('in-progress', ['responsible']),
        move('contract', ['responsible']),
        move('lost', ['responsible']),
      ],
    },

    'in-progress': {
      title: t('В работе', 'In progress'),
      aim: t(
        'Выполнить работы на объекте и выставить счет.',
        'The work on site is done and the invoice is out.',
      ),
      work: [
        task('send-invoice-prep', {
          title: t(
            'Подготовить и отправить счет с листом о подготовке к выполнению работ',
            'Make and send the invoice with the preparation sheet',
          ),
          who: responsible,
          due: dueBy(
            'emergency',
            { true: setting('invoicePrepEmergencyTime') },
            onDate('plannedReadinessDate', { else: setting('invoicePrepEmergencyTime') }),
          ),
          fields: ['invoiceFile'],
          late: [
            atDue(tell([responsible], 'invoice-prep-due'), needs('IN-S-06.2', 'IN-S-06.3', 'IN-S-06.4')),
          ],
          ...needs('IN-S-06.1'),
        }),
      ],
      moves: [move('wrap-up', ['responsible']), move('awaiting-visit', ['responsible'])],
    },

    'wrap-up': {
      title: t('Подведение итогов', 'Wrap-up'),
      aim: t(
        'Отчет принят клиентом, деньги получены, документы отправлены.',
        'The client has agreed to the report, the money is in, the documents are out.',
      ),
      work: [start('report')],
      on: [
        thread('report', {
          title: t('Отчет', 'Report'),
          work: [
            task('send-report', {
              title: t(
                'Подготовить и отправить клиенту Отчет по результатам измерения',
                'Make the measurement report and send it to the client',
              ),
              who: responsible,
              due: setting('reportTime'),
              fields: ['reportFile', 'reportRemarks'],
              ...needs('IN-S-07.1'),
            }),
            set('remarks-answered', { reportRemarks: value(null) }, { when: filled('reportRemarks') }),
            task('fill-report-feedback-date', {
              title: t('Заполнить дату обратной связи по Отчету', 'Fill the report feedback date'),
              who: responsible,
              due: setting('fillDateTime'),
              closeWhen: filled('reportFeedbackDate'),
              refusal: noDate,
              fields: ['reportFeedbackDate'],
              ...needs('IN-S-07.2', 'IN-S-07.3', 'IN-S-07.4'),
            }),
            start('report-feedback', needs('IN-S-07.5')),
          ],
        }),
        thread('report-feedback', {
          title: t('Обратная связь по Отчету', 'Report feedback'),
          on: changed('reportFeedbackDate'),
          when: filled('reportFeedbackDate'),
          work: [
            task('get-report-feedback', {
              title: t('Получить обратную связь по Отчету', 'Get feedback on the report'),
              about: t(
                'Если клиент не согласен, запишите его замечания: отчет пойдет на новый круг.',
                'If the client disagrees, record the remarks: the report goes round again.',
              ),
              who: responsible,
              due: onDate('reportFeedbackDate'),
              fields: ['reportRemarks'],
              ...needs('IN-S-07.5'),
            }),
            choose(
              'report-agreed',
              [
                when(
                  filled('reportRemarks'),
                  set('new-feedback-date', { reportFeedbackDate: value(null) }),
                  start('report', { id: 'report-again', once: false, ...needs('IN-S-07.10') }),
                ),
              ],
              { otherwise: [start('closing', { once: true, ...needs('IN-S-07.6', 'IN-S-07.9') })] },
            ),
          ],
        }),
        thread('closing', {
          title: t('Расчет и документы', 'Payment and documents'),
          work: [
            pay('pay-by-link', {
              title: t('Ссылка на оплату физическому лицу', 'A link to pay for a natural person'),
              when: is('payerKind', 'person'),
              amount: 'debt',
              description: t('Услуги по заказу {{number}}', 'Services of order {{number}}'),
              text: 'pay-link',
              open: setting('payLinkTime'),
              failed: tell([responsible], 'letter-failed'),
              wait: false,
              ...needs('IN-X-80.2'),
            }),
            parallel('payment-and-originals', [
              [
                task('get-final-payment', {
                  title: t('Получить окончательный расчет', 'Get the final payment'),
                  who: responsible,
                  due: setting('finalPaymentTime'),
                  closeWhen: paidInFull,
                  refusal: unpaid,
                  ...needs('IN-S-07.6', 'IN-S-07.7'),
                }),
              ],
              [
                cycle('payment-reminders', {
                  title: t('Напоминания об оплате', 'Payment reminders'),
                  every: setting('paymentReminderEvery'),
                  first: 'later',
                  until: paidInFull,
                  body: notify('payment-missing', tell([responsible], 'payment-missing')),
                  ...needs('IN-S-07.8'),
                }),
              ],
              [
                task('send-originals', {
                  title: t('Подготовить и отправить оригиналы документов', 'Send the original documents'),
                  who: responsible,
                  due: setting('sendOriginalsTime'),
                  stamp: 'originalsSentAt',
                  ...needs('IN-S-07.9'),
                }),
              ],
            ]),
          ],
        }),
      ],
      moves: [move('won', ['responsible']), move('in-progress', ['responsible'])],
    },

    won: {
      title: t('Сделка успешна', 'Deal won'),
      aim: t('Получить оригиналы документов.', 'The original documents are here.'),
      outcome: 'won',
      work: [
        task('get-originals', {
          title: t('Получить оригиналы документов', 'Get the original documents'),
          who: responsible,
          due: setting('originalsTime'),
          guard: is('hasOriginals', true),
          refusal: t('Отметьте «Есть оригиналы документов».', 'Tick “Originals received” first.'),
          fields: ['hasOriginals'],
          ...needs('IN-S-08.1', 'IN-S-08.2'),
        }),
      ],
      moves: [move('wrap-up', ['head'])],
    },

    lost: {
      title: t('Сделка провалена', 'Deal lost'),
      aim: t('Причина отказа известна.', 'The reason of the refusal is known.'),
      outcome: 'lost',
      enter: { required: ['lossReason'], ...needs('IN-S-09.1') },
      moves: [move('came-from', ['head'])],
    },
  },
});

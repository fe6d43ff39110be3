import type { Pack } from '../../../schemas/pack.ts';
import type { Text } from '../../../schemas/text.ts';
import type { Duration } from '../../../schemas/time.ts';
import { days, hours, minutes, t } from '../../vocabulary/index.ts';

type Setting = Pack['settings'][string];

const time = (
  title: Text,
  value: Duration,
  min: Duration = minutes(15),
  max: Duration = days(90),
): Setting => ({
  type: 'duration',
  title,
  value,
  min,
  max,
});
const person = (title: Text): Setting => ({ type: 'user', title });

const figure = (title: Text, value: number, min: number, max: number): Setting => ({
  type: 'number',
  title,
  value,
  min,
  max,
});

/** Every figure of the processes. The bounds keep a slip of the hand from stopping the company. */
export const settings: Pack['settings'] = {
  identificationTime: time(t('Срок идентификации', 'Time for the identification'), hours(5)),
  quoteTimeSimple: time(t('Срок КП, простой случай', 'Time for a quote, simple case'), days(1)),
  quoteTimeComplex: time(t('Срок КП, сложный случай', 'Time for a quote, complex case'), days(3)),
  quoteTimeVeryComplex: time(
    t('Срок КП, очень сложный случай', 'Time for a quote, very complex case'),
    days(5),
  ),
  servicesQuoteTime: time(t('Срок КП по услугам', 'Time for a services quote'), hours(2)),
  quoteFeedbackTime: time(
    t('Срок обратной связи по КП без даты', 'Time for quote feedback without a date'),
    days(3),
  ),
  quoteFeedbackNotice: time(
    t('За сколько напомнить об обратной связи по КП', 'Notice before quote feedback is due'),
    hours(1),
  ),
  afterFeedbackTime: time(t('Пауза после обратной связи', 'Pause after feedback'), hours(12)),
  fillDateTime: time(t('Срок заполнения дат', 'Time to fill a date'), days(1)),
  sendContractTime: time(t('Срок отправки договора', 'Time to send the contract'), days(1)),
  draftContractTime: time(t('Срок проекта договора', 'Time to draft a contract'), days(1)),
  fixContractTime: time(t('Срок исправления договора', 'Time to mend a contract'), days(1)),
  approvalTime: time(t('Срок согласования', 'Time to approve'), days(1)),
  finalPaymentTime: time(t('Срок окончательного расчета', 'Time for the final payment'), days(5)),
  paymentReminderEvery: time(
    t('Как часто напоминать об оплате', 'Between payment reminders'),
    days(5),
    hours(1),
  ),
  payLinkTime: time(
    t('Сколько действует ссылка на оплату', 'How long a link to pay is good'),
    days(3),
    hours(1),
    days(30),
  ),
  paymentsTest: {
    type: 'boolean',
    title: t('Платежи в тестовом режиме: деньги не списываются', 'Payments in test mode: no money is taken'),
    value: false,
  },
  pickOrderTime: time(t('Срок комплектации', 'Time to pick the order'), days(3)),
  readyLetterEvery: time(
    t('Как часто писать «товар готов»', 'Between letters that goods are ready'),
    days(14),
    days(1),
  ),
  arrangeShipmentTime: time(t('Срок организации отгрузки', 'Time to arrange the shipment'), days(2)),
  confirmDeliveryTime: time(
    t('Срок подтверждения получения', 'Time for the confirmation of receipt'),
    days(10),
  ),
  scansTime: time(t('Срок сканов', 'Time for the scans'), days(1)),
  originalsTime: time(
    t('Срок оригиналов без плановой даты', 'Time for originals without a planned date'),
    days(30),
  ),
  readinessTime: time(t('Срок подтверждения готовности', 'Time to confirm readiness'), days(2)),
  readinessTimeEmergency: time(
    t('Срок подтверждения готовности, экстренно', 'Time to confirm readiness, emergency'),
    hours(4),
  ),
  visitNotice: time(
    t('За сколько предупредить исполнителя', 'Notice to the executor before a visit'),
    hours(2),
  ),
  invoicePrepEmergencyTime: time(t('Срок счета, экстренно', 'Time for the invoice, emergency'), days(1)),
  reportTime: time(t('Срок отчета', 'Time for the report'), days(3)),
  sendOriginalsTime: time(t('Срок отправки оригиналов', 'Time to send the originals'), days(3)),
  tripDataTime: time(t('Срок данных о командировке', 'Time to fill the trip data'), days(1)),
  tripCashTime: time(t('Срок выдачи денег', 'Time to hand out trip money'), days(1)),
  parcelOrderTime: time(t('Срок оформления посылки СДЭК', 'Time for the carrier to take a parcel'), hours(2)),
  parcelWeight: figure(t('Вес посылки, кг', 'Weight of a parcel, kg'), 1, 0.1, 1000),
  parcelLength: figure(t('Длина посылки, см', 'Length of a parcel, cm'), 30, 1, 500),
  parcelWidth: figure(t('Ширина посылки, см', 'Width of a parcel, cm'), 20, 1, 500),
  parcelHeight: figure(t('Высота посылки, см', 'Height of a parcel, cm'), 15, 1, 500),
  productManager: person(t('Продакт', 'Product manager')),
  contractApprover: person(t('Утверждающий договор', 'Contract approver')),
  tripApprover: person(t('Утверждающий командировку', 'Trip approver')),
};

import type { DocumentTemplate } from '../../../schemas/pack.ts';
import { needs, t } from '../../vocabulary/index.ts';

const head = '{{number}} от {{today}}\n\nЗаказчик: {{company}}\n';
const goodsLines = '\n{{#items}}{{name}}: {{quantity}} × {{price}}\n{{/items}}\nИтого: {{dealTotal}}\n';
const services =
  '\nРаботы: {{serviceKinds}}\nДата готовности объекта: {{plannedReadinessDate}}\n\nИтого: {{dealTotal}}\n';
const signature = '\n{{responsible}}';

/** What is filled from a deal: a quote, a contract and an invoice for each pipeline. */
export const documents: DocumentTemplate[] = [
  {
    id: 'goods-quote',
    kind: 'quote',
    title: t('КП на товары', 'Quote for goods'),
    pipeline: 'goods',
    field: 'quoteFile',
    body: `Коммерческое предложение ${head}${goodsLines}${signature}`,
    ...needs('IN-X-00.3'),
  },
  {
    id: 'services-quote',
    kind: 'quote',
    title: t('КП на услуги', 'Quote for services'),
    pipeline: 'services',
    field: 'quoteFile',
    body: `Коммерческое предложение ${head}${services}${signature}`,
    ...needs('IN-X-00.3'),
  },
  {
    id: 'goods-contract',
    kind: 'contract',
    title: t('Договор поставки', 'Supply contract'),
    pipeline: 'goods',
    field: 'contractDraft',
    body: `Договор поставки ${head}
1. Поставщик передаёт, а Заказчик принимает и оплачивает товары:
${goodsLines}
2. Условие доставки: {{deliveryTerms}}.
3. Оплата до отгрузки, если стороны не договорились иначе.
${signature}`,
    ...needs('IN-X-00.3'),
  },
  {
    id: 'services-contract',
    kind: 'contract',
    title: t('Договор на работы', 'Service contract'),
    pipeline: 'services',
    field: 'contractDraft',
    body: `Договор на выполнение работ ${head}
1. Исполнитель выполняет работы на объекте Заказчика и передаёт отчет по результатам измерения:
${services}
2. Заказчик готовит объект по листу о подготовке к выполнению работ.
${signature}`,
    ...needs('IN-X-00.3'),
  },
  {
    id: 'goods-invoice',
    kind: 'invoice',
    title: t('Счет на товары', 'Invoice for goods'),
    pipeline: 'goods',
    field: 'invoiceFile',
    body: `Счет ${head}${goodsLines}\nОплачено: {{paidTotal}}\nК оплате: {{debt}}\n`,
    ...needs('IN-X-00.3'),
  },
  {
    id: 'services-invoice',
    kind: 'invoice',
    title: t('Счет на услуги', 'Invoice for services'),
    pipeline: 'services',
    field: 'invoiceFile',
    body: `Счет ${head}${services}\nОплачено: {{paidTotal}}\nК оплате: {{debt}}\n`,
    ...needs('IN-X-00.3'),
  },
];

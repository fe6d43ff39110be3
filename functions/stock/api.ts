import type { StockItem } from '../../schemas/stock.ts';
import { instantOf } from '../../schemas/time.ts';
import { may, type Reader } from '../access/rights.ts';
import { auditRow } from '../admin/keep.ts';
import { pipelineNamed } from '../deals/create.ts';
import { BadInput, Forbidden, type Refusal, Refused } from '../shared/errors.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { mustBeStocked, type Stocked, stockItemOf, stockKey, stockRow } from './article.ts';

const mustMay = (reader: Reader, action: 'view' | 'edit', { id }: Stocked): void => {
  if (!may(reader, action, 'product', id))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) have no right to ${action} the stock of ${id}`,
    );
};

const viewOf = ({ article, quantity, reserved, changedAt }: StockItem) => ({
  article,
  quantity,
  reserved,
  free: quantity - reserved,
  changedAt,
});

/** GET /v1/stock: by model, then size and colour; of one model with `of`. */
export const listStock = async ({ query, reader, company }: Call<'stock.list'>) => {
  const pipeline = mustBeStocked(pipelineNamed(query.pipeline, company));
  mustMay(reader, 'view', pipeline);
  const [first = ''] = pipeline.stock.article;
  const { pk, sk } = stockKey(pipeline, { [first]: query.of ?? '' });
  const begins = query.of === undefined ? '' : `${sk.split('#')[0]}#`;
  return pageOf(
    theTable(),
    { pk, ...(begins === '' ? {} : { sk: { begins } }), ...behind(query.cursor) },
    query.limit,
    (rows) => rows.map((row) => viewOf(stockItemOf(row))),
  );
};

const promised = (reserved: number): Refusal => ({
  path: 'quantity',
  code: 'reserved',
  message: {
    ru: `Заказам обещано ${reserved}: меньше на складе быть не может`,
    en: `${reserved} are promised to orders: there cannot be fewer`,
    ro: `Comenzilor le-au fost promise ${reserved}: nu pot fi mai puține`,
  },
});

/** PUT /v1/stock: what was counted; what is promised to orders stays promised. */
export const putStock = async ({ body, reader, company, now }: Call<'stock.put'>) => {
  const pipeline = mustBeStocked(pipelineNamed(body.pipeline, company));
  mustMay(reader, 'edit', pipeline);
  const { article: names } = pipeline.stock;
  const given = Object.keys(body.article);
  if (names.some((name) => !given.includes(name)) || given.length !== names.length)
    throw new BadInput(`article: given ${given.join(', ') || 'nothing'}; would do: ${names.join(', ')}`);
  const row = await theTable().get(stockKey(pipeline, body.article), { consistent: true });
  const before = row === undefined ? undefined : stockItemOf(row);
  if (before !== undefined && body.quantity < before.reserved) throw new Refused([promised(before.reserved)]);
  const after: StockItem = {
    pipeline: pipeline.id,
    article: body.article,
    quantity: body.quantity,
    reserved: before?.reserved ?? 0,
    version: (before?.version ?? 0) + 1,
    changedAt: instantOf(now),
  };
  const audit = {
    reader,
    now,
    what: 'stock',
    id: stockKey(pipeline, body.article).sk,
    before: before?.quantity,
    after: after.quantity,
  };
  await theTable().transact([
    {
      put: stockRow(pipeline, after),
      if: before === undefined ? { absent: true } : { equals: { version: before.version } },
    },
    { put: auditRow(audit), if: { absent: true } },
  ]);
  return viewOf(after);
};

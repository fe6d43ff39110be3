import type { FileView } from '../../schemas/api/shapes.ts';
import { Company, Contact } from '../../schemas/contact.ts';
import { Line, Row } from '../../schemas/deal.ts';
import { printMoney } from '../../schemas/money.ts';
import type { DocumentTemplate } from '../../schemas/pack.ts';
import { instantOf } from '../../schemas/time.ts';
import { fill, printCells, printDay, printFacts } from '../notify/render.ts';
import { localDay } from '../schedule/local-time.ts';
import { BadInput, NotFound } from '../shared/errors.ts';
import type { Facts } from '../shared/expression.ts';
import { companyKey, contactKey } from '../shared/keys.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { act } from './act.ts';
import { withFields } from './change.ts';
import { type Context, done } from './context.ts';
import { mustEdit } from './editors.ts';
import { cleanName, objectKey } from './file-names.ts';
import { putText, readText } from './file-store.ts';
import { fileRow, mustTakeFiles, nextVersion, refOf } from './files.ts';
import { seenCard } from './seen.ts';
import { visibleFacts } from './view.ts';

/** Templates are written in the company's language, which is Russian in every pack. */
const language = 'ru';

type Values = Readonly<Record<string, string>>;

/**
 * Fills a template: `{{name}}` by its value, `{{#items}}…{{/items}}` once for each line. A value is never read as a
 * template.
 */
export const fillDocument = (
  body: string,
  values: Values,
  lines: Readonly<Record<string, readonly Values[]>>,
): string =>
  body
    .split(/(\{\{#[A-Za-z]\w*\}\}[\s\S]*?\{\{\/[A-Za-z]\w*\}\})/)
    .map((part) => {
      const [, name, inner] = /^\{\{#(\w+)\}\}([\s\S]*)\{\{\/\1\}\}$/.exec(part) ?? [];
      if (name === undefined || inner === undefined) return fill(part, values);
      return (lines[name] ?? []).map((line) => fill(inner, { ...values, ...line })).join('');
    })
    .join('');

/** Lines of goods and rows as a document prints them, by field. */
export const printLines = (
  facts: Facts,
  { pipeline, pack, company }: Pick<Context, 'pipeline' | 'pack' | 'company'>,
): Record<string, Values[]> =>
  Object.fromEntries(
    Object.entries(pipeline.fields).flatMap(([id, field]) => {
      if (field.type === 'rows')
        return [
          [
            id,
            (Row.array().safeParse(facts[id]).data ?? []).map((row) =>
              printCells(field.columns, row, { language, zone: pack.zone, company }),
            ),
          ],
        ];
      if (field.type !== 'lines') return [];
      const { currency } = field;
      const lines = Line.array().safeParse(facts[id]).data ?? [];
      return [
        [
          id,
          lines.map(({ name, quantity, price }) => ({
            name,
            quantity: String(quantity).replace('.', ','),
            price: printMoney({ amount: price, currency }),
            sum: printMoney({ amount: Math.round(quantity * price), currency }),
          })),
        ],
      ];
    }),
  );

/** Names of the companies and contacts that facts point at, by field. */
const namesIn = async (facts: Facts, { pipeline }: Context): Promise<Record<string, string>> => {
  const names: Record<string, string> = {};
  for (const [id, { type }] of Object.entries(pipeline.fields)) {
    const given = facts[id];
    if ((type !== 'company' && type !== 'contact') || typeof given !== 'string') continue;
    const row = await theTable().get(type === 'company' ? companyKey(given) : contactKey(given));
    if (row !== undefined) names[id] = (type === 'company' ? Company : Contact).parse(contentOf(row)).name;
  }
  return names;
};

const templateNamed = (id: string, { pack, pipeline }: Context): DocumentTemplate => {
  const known = pack.documents.filter((template) => template.pipeline === pipeline.id);
  const found = known.find((template) => template.id === id);
  if (found === undefined)
    throw new BadInput(
      `template: no document "${id}" for ${pipeline.id}; documents are ${known.map((one) => one.id).join(', ') || 'none'}`,
    );
  return found;
};

/** POST /v1/deals/{id}/documents: a document filled from what the caller sees of the deal, kept on the deal. */
export const makeDocument = async (call: Call<'deals.document'>) => {
  const { params, body, reader, now, key } = call;
  const { card, context } = await seenCard(params.id, call);
  mustEdit(card, context);
  const template = templateNamed(body.template, context);
  mustTakeFiles(template.field, context);

  const id = key === undefined ? newId() : idOf(key);
  const made = card.files.find((file) => file.id === id);
  if (made !== undefined)
    return { file: made, ref: refOf(made), text: await readText(objectKey(params.id, id, made.name)) };

  const facts = await visibleFacts(card, context);
  const { zone } = context.pack;
  const values = {
    ...printFacts(facts, context.pipeline, { language, zone, company: context.company }),
    ...(await namesIn(facts, context)),
    today: printDay(localDay(now, zone), language),
  };
  const text = fillDocument(template.body, values, printLines(facts, context));
  const name = cleanName(`${template.title[language]} ${card.deal.number}.txt`);
  await putText(objectKey(params.id, id, name), 'text/plain', text);

  let file: FileView | undefined;
  const acted = await act(
    params.id,
    (current, now_) => {
      mustEdit(current, now_);
      const made: FileView = {
        id,
        name,
        field: template.field,
        version: nextVersion(current, template.field),
        type: 'text/plain',
        size: Buffer.byteLength(text),
        at: instantOf(now),
        by: reader.user.id,
      };
      file = made;
      return done(withFields(current, { ...current.deal.fields, [template.field]: refOf(made) }));
    },
    {
      by: { user: reader.user.id },
      reader,
      key,
      along: () => (file === undefined ? [] : [{ put: fileRow(params.id, file), if: { absent: true } }]),
    },
  );
  const kept = file ?? acted.card.files.find((one) => one.id === id);
  if (kept === undefined) throw new NotFound(`no file "${id}" on deal ${card.deal.number}`);
  return { file: kept, ref: refOf(kept), text };
};

import type { Field, Pipeline } from '../../schemas/pipeline.ts';
import { hiddenColumns } from '../access/columns.ts';
import type { Company } from '../access/company.ts';
import { hiddenFields, may, type Reader } from '../access/rights.ts';
import type { Call } from '../shared/serve.ts';

/** A field of rows without the columns the reader does not see. */
const openField = (id: string, field: Field, pipeline: Pipeline, reader: Reader): Field => {
  const hidden = hiddenColumns(id, pipeline, reader);
  return field.type !== 'rows' || hidden.size === 0
    ? field
    : {
        ...field,
        columns: Object.fromEntries(Object.entries(field.columns).filter(([id]) => !hidden.has(id))),
      };
};

/** A pipeline as a browser needs it: forms, columns and buttons, without what the reader may not see. */
const viewPipeline = (pipeline: Pipeline, reader: Reader, company: Company) => {
  const hidden = hiddenFields(reader, pipeline);
  const layout = company.layouts.get(pipeline.id);
  const open = (names: readonly string[]) => names.filter((name) => !hidden.has(name));
  const fields = Object.entries(pipeline.fields).filter(([id]) => !hidden.has(id));
  return {
    id: pipeline.id,
    pack: pipeline.pack,
    kind: pipeline.kind,
    title: pipeline.title,
    prefix: pipeline.prefix,
    start: pipeline.start,
    ...(pipeline.worth === undefined || hidden.has(pipeline.worth) ? {} : { worth: pipeline.worth }),
    fields: Object.fromEntries(fields.map(([id, field]) => [id, openField(id, field, pipeline, reader)])),
    card: open(layout?.fields ?? fields.map(([id]) => id)),
    mayCreate: may(reader, 'create', 'deal', pipeline.id),
    documents: company
      .packOf(pipeline)
      .documents.filter((template) => template.pipeline === pipeline.id && !hidden.has(template.field))
      .map(({ id, kind, title, field }) => ({ id, kind, title, field })),
    stages: Object.entries(pipeline.stages).map(([id, stage]) => ({
      id,
      title: stage.title,
      aim: stage.aim,
      ...(stage.outcome === undefined ? {} : { outcome: stage.outcome }),
      ...(stage.shelved === undefined ? {} : { shelved: stage.shelved }),
      required: open([...(stage.enter?.required ?? []), ...(layout?.required[id] ?? [])]),
      conditions: (stage.enter?.conditions ?? []).map(({ refusal }) => refusal),
      moves: stage.moves.map(({ to, by }) => ({ to, by })),
      offers: (stage.offers ?? []).map(({ pipeline: of, title, by }) => ({ pipeline: of, title, by })),
    })),
  };
};

/** GET /v1/pipelines: those whose deals the reader may see or create. */
export const listPipelines = async ({ reader, company }: Call<'pipelines.list'>) => ({
  items: company.packs
    .flatMap(({ pipelines }) => pipelines)
    .filter(({ id }) => may(reader, 'view', 'deal', id) || may(reader, 'create', 'deal', id))
    .map((pipeline) => viewPipeline(pipeline, reader, company)),
});

/** GET /v1/help: a page for each of the reader's roles that has one. */
export const help = async ({ reader }: Call<'help.get'>) => ({
  pages: reader.roles.flatMap(({ id, title, help: text }) =>
    text === undefined ? [] : [{ role: id, title, text }],
  ),
});

import type { Pipeline } from '../../schemas/pipeline.ts';
import type { CardLayout } from '../access/company.ts';
import { mayIn } from '../access/tenant.ts';
import { mustHave } from '../contacts/rights.ts';
import { pipelineNamed } from '../deals/create.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { configKey } from '../shared/keys.ts';
import type { Call } from '../shared/serve.ts';
import { freshCompany, keep } from './keep.ts';

const problemsOf = (layout: CardLayout, { id, fields, stages }: Pipeline): string[] => {
  const unknown = (path: string, names: readonly string[]) =>
    names
      .filter((name) => fields[name] === undefined)
      .map((name) => `${path}: no field "${name}" in ${id}; fields are ${Object.keys(fields).join(', ')}`);
  return [
    ...unknown('fields', layout.fields),
    ...Object.entries(layout.required).flatMap(([stage, required]) =>
      stages[stage] === undefined
        ? [`required.${stage}: no such stage in ${id}; stages are ${Object.keys(stages).join(', ')}`]
        : [
            ...unknown(`required.${stage}`, required),
            ...required
              .filter((name) => fields[name]?.system === true)
              .map(
                (name) => `required.${stage}: "${name}" is written by the system, nobody could fill it in`,
              ),
          ],
    ),
  ];
};

/** PUT /v1/pipelines/{pipeline}/card: fields the card shows, and fields a stage asks for beside its own. */
export const putCard = async ({ params, body, reader, now }: Call<'cards.put'>): Promise<CardLayout> => {
  mustHave(reader, 'edit', 'settings');
  const company = await freshCompany();
  const pipeline = pipelineNamed(params.pipeline, company);
  if (!mayIn(reader, 'edit', 'settings', company.packOf(pipeline)))
    throw new Forbidden(`cards of ${pipeline.id} are its own administrators' to change`);
  const layout: CardLayout = { pipeline: pipeline.id, fields: body.fields, required: body.required };
  const problems = problemsOf(layout, pipeline);
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
  await keep(
    { ...configKey('card', pipeline.id), row: 'card', ...layout },
    {
      reader,
      now,
      what: 'card',
      id: pipeline.id,
      before: company.layouts.get(pipeline.id),
      after: layout,
    },
  );
  return layout;
};

import type { Field, Pipeline } from '../../schemas/pipeline.ts';
import { type Check, type Finding, finding, list } from './finding.ts';
import { pathOf, placed } from './places.ts';

/** Fields that say something of the company's own people and cards, or that only make sense to them. */
const ofStaff: ReadonlySet<Field['type']> = new Set([
  'user',
  'users',
  'company',
  'contact',
  'accrued',
  'rates',
]);
const ofFiles: ReadonlySet<Field['type']> = new Set(['file', 'files', 'rows']);

const said = (pipeline: Pipeline, what: string): Finding =>
  finding('unfit-tracking', pathOf(pipeline, 'tracking'), what);

/** Why a field cannot be shown; nothing of one that can. */
const unfit = (pipeline: Pipeline, id: string): string | undefined => {
  const field = pipeline.fields[id];
  if (field === undefined) return `"${id}" is no field; fields are ${list(Object.keys(pipeline.fields))}`;
  return ofStaff.has(field.type) ? `"${id}" is a ${field.type}, which is not for clients` : undefined;
};

/** A client's page that shows what is not there, what is not the client's to see, or what can never come. */
export const unfitTracking: Check = (pack, pipeline) => {
  const { tracking } = pipeline;
  if (tracking === undefined) return [];
  const { stages, fields = [], documents = [] } = tracking;
  const unknown = Object.keys(stages).filter((id) => pipeline.stages[id] === undefined);
  const holds = (id: string): boolean => {
    const type = pipeline.fields[id]?.type;
    return type === undefined || ofFiles.has(type);
  };
  const ships = placed(pipeline).some(({ step }) => step.do === 'ship');
  return [
    ...unknown.map((id) =>
      said(pipeline, `"${id}" is no stage; stages are ${list(Object.keys(pipeline.stages))}`),
    ),
    ...[...fields, ...documents]
      .flatMap((id) => unfit(pipeline, id) ?? [])
      .map((what) => said(pipeline, what)),
    ...documents
      .filter((id) => !holds(id))
      .map((id) => said(pipeline, `"${id}" holds no files; only fields of files are documents`)),
    ...(tracking.pay === true && pack.integrations?.robokassa === undefined
      ? [said(pipeline, `${pack.id} takes no payments; leave \`pay\` out or give the pack a shop`)]
      : []),
    ...(tracking.parcel === true && !ships
      ? [said(pipeline, 'nothing is shipped here; leave `parcel` out or have a step `ship`')]
      : []),
  ];
};

import type { Conversation, Pipeline } from '../../schemas/pipeline.ts';
import type { Company } from '../access/company.ts';
import { BadInput, NotFound } from '../shared/errors.ts';

/** A pipeline that clients write to. */
export type Hearing = Pipeline & { readonly conversation: Conversation };

const hears = (pipeline: Pipeline): pipeline is Hearing => pipeline.conversation !== undefined;

/** The networks a pipeline hears: the options of the field that takes them. */
export const networksOf = ({ fields, conversation }: Hearing): string[] => {
  const field = fields[conversation.channel];
  return field?.type === 'enum' ? Object.keys(field.options) : [];
};

/** The pipeline whose clients write by a network. @throws {BadInput} if none or several hear it, naming them */
export const heardBy = (channel: string, named: string | undefined, { packs }: Company): Hearing => {
  const hearing = packs
    .flatMap(({ pipelines }) => pipelines)
    .filter(hears)
    .filter((pipeline) => networksOf(pipeline).includes(channel));
  const fitting = hearing.filter(({ id }) => named === undefined || id === named);
  const [only] = fitting;
  if (only === undefined || fitting.length > 1)
    throw new BadInput(
      `pipeline: ${fitting.length} pipelines hear ${channel}${named === undefined ? '' : ` as "${named}"`}; name one of: ${hearing.map(({ id }) => id).join(', ') || 'none is there'}`,
    );
  return only;
};

/** The same pipeline as one that clients write to. @throws {NotFound} if they do not */
export const mustHear = (pipeline: Pipeline): Hearing => {
  if (hears(pipeline)) return pipeline;
  throw new NotFound(`nobody writes to deals of ${pipeline.id}: the pipeline hears no network`);
};

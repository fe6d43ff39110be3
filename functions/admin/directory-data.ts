import type * as z from 'zod';
import type { DirectoryEntry } from '../../schemas/pack.ts';
import type { Company } from '../access/company.ts';
import { RateData } from '../deals/rate-data.ts';
import { BadInput } from '../shared/errors.ts';

/** What entries of a directory have to hold because fields or steps of a pipeline read them. */
const shapesFor = (directory: string, { packs }: Company): z.ZodType[] => {
  const fields = packs.flatMap(({ pipelines, cards }) => [
    ...pipelines.flatMap((pipeline) => Object.values(pipeline.fields)),
    ...Object.values(cards?.company ?? {}),
  ]);
  const isOfRates = fields.some((field) => field.type === 'rates' && field.directory === directory);
  return isOfRates ? [RateData] : [];
};

/** @throws {BadInput} if what reads the directory could not read the entry */
export const mustRead = (directory: string, { data }: DirectoryEntry, company: Company): void => {
  const problems = shapesFor(directory, company).flatMap((shape) => {
    const read = shape.safeParse(data);
    return read.success
      ? []
      : read.error.issues.map(({ path, message }) => `data.${path.join('.')}: ${message}`);
  });
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
};

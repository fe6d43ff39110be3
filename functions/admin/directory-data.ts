import type * as z from 'zod';
import { MailboxData } from '../../schemas/intake.ts';
import type { DirectoryEntry } from '../../schemas/pack.ts';
import { everyStep } from '../../statemachines/compile/ids.ts';
import type { Company } from '../access/company.ts';
import { LimitData } from '../deals/limit-data.ts';
import { RateData } from '../deals/rate-data.ts';
import { BadInput } from '../shared/errors.ts';

/** What entries of a directory have to hold because fields or steps of a pipeline read them. */
const shapesFor = (directory: string, { packs }: Company): z.ZodType[] => {
  const fields = packs.flatMap(({ pipelines, cards }) => [
    ...pipelines.flatMap((pipeline) => Object.values(pipeline.fields)),
    ...Object.values(cards?.company ?? {}),
  ]);
  const queues = packs
    .flatMap(({ pipelines }) => pipelines)
    .flatMap(({ stages }) => Object.values(stages))
    .flatMap(({ work = [], on = [] }) => everyStep([...work, ...on.flatMap((thread) => thread.work)]));
  const isOfLimits = queues.some((step) => step.do === 'queue' && step.limits === directory);
  const isOfRates = fields.some((field) => field.type === 'rates' && field.directory === directory);
  const isOfMailboxes = packs.some(({ mail }) => mail?.mailboxes === directory);
  return [
    ...(isOfRates ? [RateData] : []),
    ...(isOfLimits ? [LimitData] : []),
    ...(isOfMailboxes ? [MailboxData] : []),
  ];
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

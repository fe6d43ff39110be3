import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Company } from '../access/company.ts';
import { headsOf } from '../access/people.ts';
import { hiddenFields, isAbout, may, mayDo, type Reader } from '../access/rights.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { type Figure, fieldsOfFigures } from './figures.ts';
import { none } from './keys.ts';

export type Asking = { readonly reader: Reader; readonly company: Company };

/** Pipelines a reader has reports of: the one asked for, or each. @throws {Forbidden} if there is none */
export const pipelinesFor = (asked: string | undefined, { reader, company }: Asking): Pipeline[] => {
  const all = company.packs.flatMap(({ pipelines }) => pipelines);
  if (asked !== undefined && !all.some(({ id }) => id === asked))
    throw new BadInput(
      `pipeline: no pipeline "${asked}"; pipelines are ${all.map(({ id }) => id).join(', ')}`,
    );
  const open = all.filter(
    ({ id }) => (asked === undefined || id === asked) && may(reader, 'view', 'report', id),
  );
  if (open.length === 0)
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) have no reports${asked === undefined ? '' : ` of ${asked}`}`,
    );
  return open;
};

/** Whether a reader has reports of one person's deals; those nobody is responsible for are everybody's queue. */
export const isInScope = (responsible: string, pipeline: string, { reader, company }: Asking): boolean =>
  reader.roles
    .flatMap((role) =>
      role.grants.filter(
        (grant) =>
          grant.entity === 'report' &&
          grant.actions.includes('view') &&
          isAbout(grant, role, reader, pipeline),
      ),
    )
    .some(({ scope }) => {
      if (scope === 'all') return true;
      if (typeof scope === 'object') return false; // figures are kept by no other field
      if (responsible === none || responsible === reader.user.id) return true;
      return (
        scope === 'subordinates' &&
        headsOf(company.users.get(responsible), company).some(({ id }) => id === reader.user.id)
      );
    });

/** Whether a deal may stand in a reader's report: both the deal and reports of it are open to them. */
export const isReported = (deal: Deal, { reader, company }: Asking): boolean =>
  mayDo(reader, 'view', 'report', deal, company) && mayDo(reader, 'view', 'deal', deal, company);

/** Figures of a pipeline that a reader's roles show. */
export const openFigures = (pipeline: Pipeline, { reader }: Asking): ReadonlySet<Figure> => {
  const hidden = hiddenFields(reader, pipeline);
  return new Set(
    Object.entries(fieldsOfFigures(pipeline)).flatMap(([figure, field]) =>
      hidden.has(field) ? [] : [figure as Figure],
    ),
  );
};

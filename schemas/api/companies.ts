import * as z from 'zod';
import { Company } from '../contact.ts';
import { EntityId } from '../ids.ts';
import { Text } from '../text.ts';
import { endpoint } from './endpoint.ts';
import { EntityParam, None } from './shapes.ts';

/** A company as its card shows it. Figures are absent for readers who see no money. */
export const CompanyView = Company.partial({ debtTotal: true, wonTotal: true }).extend({
  /** the other companies of its holding; absent where it belongs to none */
  linkedCompanies: z
    .array(z.strictObject({ id: EntityId, name: z.string(), holdingRole: Company.shape.holdingRole }))
    .optional(),
  /** what was done otherwise than asked, in the answer to a write */
  warnings: z.array(Text).optional(),
});
export type CompanyView = z.infer<typeof CompanyView>;

export const linkEndpoints = {
  'companies.link': endpoint({
    method: 'POST',
    path: '/v1/companies/{id}/links',
    service: 'contacts',
    params: EntityParam,
    query: None,
    summary: 'Link companies: with all that each of them is linked with they become one holding',
    body: z.strictObject({ companies: z.array(EntityId).min(1).max(20) }),
    answer: CompanyView,
  }),
  'companies.unlink': endpoint({
    method: 'DELETE',
    path: '/v1/companies/{id}/links/{company}',
    service: 'contacts',
    params: z.strictObject({ id: EntityId, company: EntityId }),
    query: None,
    body: None,
    summary: 'Take a company out of the holding, for all companies of it',
    answer: CompanyView,
  }),
};

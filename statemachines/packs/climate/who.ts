import type { Actor } from '../../../schemas/pipeline.ts';
import { anyWith, role } from '../../vocabulary/index.ts';

export const logist = role('climate-logist');
export const accountant = role('climate-accountant');
export const headOfSales = role('climate-head-of-sales');
export const headOfService = role('climate-head-of-service');

/** Who decides for the whole company. */
export const management: [Actor, ...Actor[]] = [anyWith('climate-company-head'), anyWith('climate-admin')];

/** “The head” where no department is named: of sales, or of the company. */
export const heads: [Actor, ...Actor[]] = [anyWith('climate-head-of-sales'), ...management];

/** Who runs a deal: its manager, and heads. */
export const managers: [Actor, ...Actor[]] = ['responsible', ...heads];

/** The same where logistics works on the deal too. */
export const managersAndLogist: [Actor, ...Actor[]] = [...managers, anyWith('climate-logist')];

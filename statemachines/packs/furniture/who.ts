import type { Actor } from '../../../schemas/pipeline.ts';
import { anyWith } from '../../vocabulary/index.ts';

/** Roles that see no commercial data. */
export const fieldRoles = [
  'furniture-measurer',
  'furniture-installer',
  'furniture-production',
  'furniture-warehouse',
  'furniture-delivery',
];

/** Who leads an order. */
export const leads: [Actor, ...Actor[]] = ['responsible', 'head'];

/** Who writes what is agreed with the customer. */
export const office: Actor[] = [
  ...leads,
  anyWith('furniture-manager'),
  anyWith('furniture-executive'),
  anyWith('furniture-admin'),
];

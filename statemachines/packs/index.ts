import type { Pack } from '../../schemas/pack.ts';
import { industrial } from './industrial/index.ts';

/** Every pack of this deployment. */
export const packs: Pack[] = [industrial];

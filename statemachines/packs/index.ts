import type { Pack } from '../../schemas/pack.ts';
import { climate } from './climate/index.ts';
import { coffee } from './coffee/index.ts';
import { footwear } from './footwear/index.ts';
import { furniture } from './furniture/index.ts';
import { industrial } from './industrial/index.ts';

/** Every pack of this deployment. */
export const packs: Pack[] = [industrial, climate, furniture, footwear, coffee];

import type { Doing, Done } from '../step.ts';
import { doWatch } from './work.ts';

export const doSubdeal = (doing: Doing): Promise<Done> => doWatch(doing);

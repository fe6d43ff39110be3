import { carrier } from '../calls/worker.ts';
import { deliverEvents } from './deliver.ts';
import { kind } from './rows.ts';

/** Sends events to the systems that asked for them. */
export const handler = carrier({ [kind]: deliverEvents });

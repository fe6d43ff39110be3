import { environment } from '../shared/environment.ts';
import { idOf } from '../shared/new-id.ts';
import { callAt } from '../shared/one-time.ts';

/** What a schedule of ours hands to `deliver`. */
export type Wake = { readonly message: string; readonly attempt: number };

/** Has `deliver` called again for an attempt of a message. Asked twice for the same attempt, it is called once. */
export const wakeAt = (at: Date, wake: Wake): Promise<void> =>
  callAt({
    name: `letter-${idOf(wake.message)}-${wake.attempt}`, // an id may have 64 characters itself
    at,
    target: environment().DELIVER_ARN,
    input: wake,
  });

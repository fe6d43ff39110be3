import { idOf } from '../shared/new-id.ts';
import { callAt } from '../shared/one-time.ts';
import { workerArn } from './workers.ts';

/** What a schedule of ours hands to a worker. */
export type Wake =
  | { readonly call: string; readonly attempt: number }
  | { readonly received: string; readonly attempt: number };

/** Has a provider's worker called at a moment. Asked twice for the same attempt, it is called once. */
export const wakeWorker = (provider: string, at: Date, wake: Wake): Promise<void> => {
  const of = 'call' in wake ? (['call', wake.call] as const) : (['received', wake.received] as const);
  return callAt({
    name: `${of[0]}-${idOf(...of)}-${wake.attempt}`,
    at,
    target: workerArn(provider),
    input: wake,
  });
};

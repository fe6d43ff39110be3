import * as z from 'zod';
import { call } from './call.ts';
import { dealNamed } from './deal.ts';
import type { Place } from './place.ts';

const Restarted = z.object({
  did: z.enum(['redriven', 'started', 'nothing']),
  run: z.string(),
  because: z.string(),
});

/**
 * Lets a run go on. The function does it, by the definitions that are deployed, whatever is checked out here.
 *
 * @returns false if something stands in the way
 */
export const restart = async (
  place: Place,
  asked: { readonly deal: string; readonly thread: string; readonly anew: boolean },
): Promise<boolean> => {
  const deal = await dealNamed(place, asked.deal);
  const { did, run, because } = Restarted.parse(await call(place, 'faults', { restart: { ...asked, deal } }));
  place.print(`${run}: ${did === 'nothing' ? 'left alone' : did}, since ${because}`);
  if (did !== 'nothing' || / (is RUNNING|is SUCCEEDED|has no work)$/.test(because)) return true;
  place.print('start it anew from its first step with --anew: docs/runbook.md says what that does again');
  return false;
};

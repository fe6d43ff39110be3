import { existsSync } from 'node:fs';
import * as z from 'zod';
import { Text } from '../../schemas/text.ts';

/** Something that may go wrong, what comes of it, and the title of the test that shows so. */
export const Fault = z.strictObject({ what: Text, outcome: Text, test: z.string().min(1) });
export type Fault = z.infer<typeof Fault>;

/** What a pack says of its faults, in the `faults.ts` beside it; nothing where there is no such file. */
export const faultsOf = async (pack: string): Promise<Fault[]> => {
  const file = new URL(`../../statemachines/packs/${pack}/faults.ts`, import.meta.url);
  if (!existsSync(file)) return [];
  const { faults } = (await import(file.href)) as { faults?: unknown };
  return z.array(Fault).parse(faults);
};

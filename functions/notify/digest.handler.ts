import * as z from 'zod';
import { clock } from '../shared/clock.ts';
import { observed } from '../shared/observed.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { DigestKind, writeDigests } from './digest.ts';

const Asked = z.object({ kind: DigestKind });

/** What heads and executives read in the morning; called by a schedule of the company's zone. */
export const handler = observed(async (event: unknown): Promise<void> => {
  const { kind } = Asked.parse(event);
  await writeDigests(kind, { table: theTable(), company: await theCompany(), now: clock.now() });
});

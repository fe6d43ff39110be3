import { TakenIn } from '../../schemas/incoming.ts';
import { BadInput } from '../shared/errors.ts';
import { observed } from '../shared/observed.ts';
import { receiveLetter } from './receive.ts';

/** Letters that SES took in. One that cannot be taken is tried again, then kept in the dead-letter queue with its reason. */
export const handler = observed(async (event: unknown): Promise<void> => {
  const parsed = TakenIn.safeParse(event);
  if (!parsed.success)
    throw new BadInput(
      `no event of SES: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
      { cause: parsed.error },
    );
  for (const { ses } of parsed.data.Records) await receiveLetter(ses);
});

import * as z from 'zod';
import { languageOf } from '../../schemas/pack.ts';
import { say } from '../../schemas/text.ts';
import { callOnce } from '../calls/queue.ts';
import { localDay } from '../schedule/local-time.ts';
import { clock } from '../shared/clock.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { accounts } from './cdek/account.ts';

const Daily = z.looseObject({ daily: z.literal('cdek') });

/**
 * Once a day every account is asked whether CDEK still tells it of changes: it stops after a day without an answer and says so
 * to nobody.
 *
 * @returns whether the event was the daily one
 */
export const daily = async (event: unknown): Promise<boolean> => {
  if (!Daily.safeParse(event).success) return false;
  const [company, known] = await Promise.all([theCompany(), accounts()]);
  const now = clock.now();
  for (const pack of company.packs.filter(
    ({ id, integrations }) => integrations?.cdek !== undefined && known.has(id),
  ))
    await callOnce(
      theTable(),
      {
        provider: 'cdek',
        kind: 'webhooks',
        occasion: `${pack.id}.${localDay(now, pack.zone)}`,
        pack: pack.id,
        about: say(
          { ru: 'Проверить подписку на события СДЭК', en: 'See that CDEK still tells of changes' },
          languageOf(pack),
        ),
        input: {},
      },
      now,
    );
  return true;
};

import type { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { Received } from '../../schemas/received.ts';
import type { Doing } from '../calls/carry.ts';
import type { Taken } from '../calls/take.ts';
import { dealsOfClient } from '../deals/client-links.ts';
import { raiseTask, responsibleOnly } from '../tasks/raise.ts';

/** The deal that an answer is most likely about: an open one before one that is over, then the one something happened to last. */
const likeliest = (deals: readonly Deal[]): Deal | undefined =>
  [...deals].sort(
    (one, other) =>
      Number(one.outcome !== undefined) - Number(other.outcome !== undefined) ||
      other.changedAt.localeCompare(one.changedAt),
  )[0];

/** The deal of people who answered, which their words are kept with. */
export const dealOfAnswer = async (
  { pack }: Received,
  people: readonly Contact[],
  { table, company }: Doing,
): Promise<Deal | undefined> => {
  const pipelines = company.packs.find((one) => one.id === pack)?.pipelines ?? [];
  const deals = await Promise.all(
    people.flatMap((person) => pipelines.map((pipeline) => dealsOfClient(person.id, pipeline.id, table))),
  );
  return likeliest(deals.flat());
};

/** What a client wrote from their phone comes before the person responsible for their deal, once. */
export const toldOf = async ({ id }: Received, words: string, deal: Deal | undefined): Promise<Taken> => {
  if (deal === undefined) return { as: 'ignored', problem: 'no deal of ours is with this number' };
  await raiseTask(
    deal.id,
    {
      occasion: `sms-answer:${id}`,
      to: responsibleOnly,
      title: {
        ru: 'Клиент ответил на SMS',
        en: 'The client answered an SMS',
        ro: 'Clientul a răspuns la SMS',
      },
      description: { ru: words, en: words, ro: words },
      dueIn: { unit: 'workdays', amount: 1 },
    },
    { by: { system: 'sms' } },
  );
  return { as: 'taken', deal };
};

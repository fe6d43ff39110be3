import type { RateStep } from '../../../schemas/pipeline.ts';
import { act } from '../../deals/act.ts';
import { done } from '../../deals/context.ts';
import { mustBeEntries, overriding, ratesFor } from '../../deals/rates.ts';
import { type Doing, type Done, goesOn, occasion } from '../step.ts';
import { isStale } from './acts.ts';

/**
 * Keeps a percentage for the company of the deal, with a line of the register; open deals of the company follow by
 * themselves. What holds already is not written again.
 *
 * @throws {BadInput} if the directory has no such entry any more
 */
export const doRate = async (doing: Doing): Promise<Done> => {
  const { command } = doing;
  const { directory, entry, rate } = command.step as RateStep;
  await act(command.run.deal, (card) => done(card), {
    by: { system: command.execution },
    key: `step:${occasion(command)}`,
    card: doing.card,
    along: async ({ deal }, context) => {
      const { company: client, [entry]: of, [rate]: percent } = deal.fields;
      if (isStale({ ...doing, card: { ...doing.card, deal } })) return [];
      if (typeof client !== 'string' || typeof of !== 'string' || typeof percent !== 'number') return [];
      const holding = await ratesFor(directory, client, context.company);
      const given = { [of]: percent };
      mustBeEntries(entry, given, holding);
      return overriding(given, holding, {
        directory,
        client,
        now: context.now,
        by: context.by,
        deal: deal.id,
      });
    },
  });
  return goesOn(doing);
};

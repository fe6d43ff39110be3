import type { AccrueStep } from '../../../schemas/pipeline.ts';
import { done } from '../../deals/context.ts';
import { factsOf } from '../../deals/facts.ts';
import { accrue } from '../../ledger/accrue.ts';
import { type Doing, type Done, goesOn } from '../step.ts';
import { asRun } from './acts.ts';

/** Grants pay by the figures the deal has when it is written; a repeated call grants nothing more. */
export const doAccrue = async (doing: Doing): Promise<Done> => {
  const step = doing.command.step as AccrueStep;
  return goesOn(
    await asRun(doing, async (card, context) =>
      done(accrue(card, step, await factsOf(card.deal, context.pipeline), context)),
    ),
  );
};

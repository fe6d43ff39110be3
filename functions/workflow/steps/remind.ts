import { languageOf } from '../../../schemas/pack.ts';
import type { RemindStep } from '../../../schemas/pipeline.ts';
import type { Reminder } from '../../../schemas/reminder.ts';
import { say } from '../../../schemas/text.ts';
import { instantOf } from '../../../schemas/time.ts';
import { resolve } from '../../access/people.ts';
import { putReminder } from '../../reminders/remind.ts';
import { idOf } from '../../shared/new-id.ts';
import { waitEnd } from '../../tasks/timing.ts';
import { type Doing, type Done, goesOn, occasion } from '../step.ts';
import { isStale } from './acts.ts';

/** Sets a reminder for everybody the step names; a repeated call finds those that the first one set. */
export const doRemind = async (doing: Doing): Promise<Done> => {
  const { command, card, facts, context } = doing;
  const { what, who, for: wait } = command.step as RemindStep;
  if (isStale(doing)) return goesOn(doing);
  const { deal } = card;
  const now = instantOf(context.now);
  const by = { system: command.execution };
  for (const user of resolve(who, deal, context.pack, context.company)) {
    const reminder: Reminder = {
      id: idOf('remind', occasion(command), user.id),
      what: say(what, user.language ?? languageOf(context.pack)),
      at: instantOf(waitEnd(wait, facts, context.now, context)),
      who: user.id,
      deal: deal.id,
      dealNumber: deal.number,
      state: 'waiting',
      by,
      createdAt: now,
      changedAt: now,
      changedBy: by,
      version: 1,
    };
    await putReminder(reminder);
  }
  return goesOn(doing);
};

import type { PortEvent } from '../../schemas/event.ts';
import { takeVerdict } from '../notify/verdict.ts';
import { clock } from '../shared/clock.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { markRow, type Occasion } from './marker.ts';

/** What became of a message is written down; taken again after a crash it changes nothing, so the mark comes last. */
export const receiveVerdict = async (
  said: Extract<PortEvent, { type: 'message.sent' | 'message.refused' }>,
  occasion: Occasion,
): Promise<void> => {
  const table = theTable();
  await takeVerdict(
    said.message,
    said.type === 'message.sent'
      ? { as: 'sent', providerId: said.providerId }
      : { as: 'refused', problem: said.problem },
    { table, company: await theCompany(), now: clock.now() },
  );
  await table.write({ put: markRow(occasion) });
};

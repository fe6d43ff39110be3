import * as z from 'zod';
import { DomainEvent } from '../../schemas/event.ts';
import { EntityId } from '../../schemas/ids.ts';
import { clock } from '../shared/clock.ts';
import { observed } from '../shared/observed.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { deliver } from './deliver.ts';
import { envelopeOf } from './envelope.ts';
import { sendBySes } from './mail-ses.ts';
import { wakeAt } from './wake.ts';

const Queued = z.object({
  detail: DomainEvent.extend({
    type: z.literal('message.queued'),
    data: z.looseObject({ message: EntityId, attempt: z.int().positive().default(1) }),
  }),
});
const Again = z.strictObject({ message: EntityId, attempt: z.int().positive() });

/** Sends a message that was queued, or one whose time has come to be tried again. */
export const handler = observed(async (event: unknown): Promise<void> => {
  const asked = z.union([Queued, Again]).parse(event);
  const { message, attempt } = 'detail' in asked ? asked.detail.data : asked;
  const within = { table: theTable(), company: await theCompany() };
  await deliver(message, attempt, {
    ...within,
    now: clock.now(),
    envelope: (letter) => envelopeOf(letter, within),
    send: sendBySes,
    wake: wakeAt,
  });
});

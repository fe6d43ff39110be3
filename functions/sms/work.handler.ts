import * as z from 'zod';
import { DomainEvent } from '../../schemas/event.ts';
import { EntityId } from '../../schemas/ids.ts';
import { worker } from '../calls/worker.ts';
import { clock } from '../shared/clock.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { smsCalls } from './carry.ts';
import { takeReply, takeStatus } from './hint.ts';
import { takeSms } from './take.ts';

const Queued = z.object({
  detail: DomainEvent.extend({
    type: z.literal('message.queued'),
    data: z.looseObject({ message: EntityId, channel: z.literal('sms') }),
  }),
});

/** Messages to phones: hands them to gateways, asks where they are, and acts upon what gateways say. */
export const handler = worker({
  calls: { sms: smsCalls },
  takes: { status: takeStatus, reply: takeReply },
  other: async (event) => {
    const queued = Queued.safeParse(event);
    if (!queued.success) return false;
    await takeSms(queued.data.detail.data.message, {
      table: theTable(),
      company: await theCompany(),
      now: clock.now(),
    });
    return true;
  },
});

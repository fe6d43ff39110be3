import type { EventBridgeEvent } from 'aws-lambda';
import * as z from 'zod';
import { PortEvent } from '../../schemas/event.ts';
import { receiveMessage } from '../conversation/receive.ts';
import { receiveVerdictOfAnswer } from '../conversation/verdict.ts';
import { BadInput } from '../shared/errors.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { observed } from '../shared/observed.ts';
import { theTable } from '../shared/ports.ts';
import { receiveMail } from './mail.ts';
import { isTaken, type Occasion } from './marker.ts';
import { loadNomenclature } from './nomenclature.ts';
import { receivePayment } from './payment.ts';
import { receiveRequest } from './request.ts';
import { registerShipment } from './shipment.ts';
import { receiveVerdict } from './verdict.ts';

const read = (event: EventBridgeEvent<string, unknown>): PortEvent => {
  const detail = z.record(z.string(), z.unknown()).safeParse(event.detail).data ?? {};
  const parsed = PortEvent.safeParse({ type: event['detail-type'], ...detail });
  if (parsed.success) return parsed.data;
  throw new BadInput(
    `${event.source} ${event['detail-type']}: ${parsed.error.issues
      .map(({ path, message }) => `${path.join('.')}: ${message}`)
      .join('; ')}`,
    { cause: parsed.error },
  );
};

const take = (event: PortEvent, occasion: Occasion): Promise<void> => {
  switch (event.type) {
    case 'payment.received':
      return receivePayment(event, occasion);
    case 'shipment.registered':
      return registerShipment(event, occasion);
    case 'nomenclature.loaded':
      return loadNomenclature(event, occasion);
    case 'message.sent':
    case 'message.refused':
      return event.client === undefined
        ? receiveVerdict(event, occasion)
        : receiveVerdictOfAnswer({ ...event, client: event.client }, occasion);
    case 'mail.received':
      return receiveMail(event, occasion);
    case 'request.received':
      return receiveRequest(event, occasion);
    case 'message.received':
      return receiveMessage(event, occasion);
    default:
      return event satisfies never;
  }
};

/**
 * What an adapter of an outside system says, taken once by the adapter's own id of it. What can't be taken is thrown:
 * the dead-letter queue keeps it with the reason until somebody mends it.
 */
export const handler = observed(
  async (event: EventBridgeEvent<string, unknown>): Promise<void> => {
    const said = read(event);
    const occasion: Occasion = { source: event.source, externalId: said.externalId };
    if (await isTaken(theTable(), occasion)) {
      log.info({ source: event.source, type: said.type }, 'said before');
      return;
    }
    await take(said, occasion);
    count('CallbacksTaken');
    log.info({ source: event.source, type: said.type }, 'taken');
  },
  { failed: 'CallbacksFailed' },
);

import type { PortEvent } from '../../schemas/event.ts';

/** Puts what an adapter of an outside system says on the bus of a runtime of this machine, as the adapter would. */
export const onBus = async (
  endpoint: string,
  bus: string,
  adapter: string,
  event: PortEvent,
): Promise<void> => {
  const entry = {
    Source: `voronka.port.${adapter}`,
    DetailType: event.type,
    Detail: JSON.stringify(event),
    EventBusName: bus,
  };
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AWSEvents.PutEvents' },
    body: JSON.stringify({ Entries: [entry] }),
  });
  const answer = await response.text();
  if (!response.ok || !answer.includes('"FailedEntryCount":0'))
    throw new Error(`the bus took no ${event.type} of ${adapter}: ${response.status} ${answer}`);
};

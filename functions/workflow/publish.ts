import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { DomainEvent } from '../../schemas/event.ts';
import { environment } from '../shared/environment.ts';
import { Passing } from '../shared/errors.ts';

/** As many entries as one call takes. */
const atOnce = 10;

let client: EventBridgeClient | undefined;

/** Makes the client anew, for a host that runs one system after another in a process. */
export const forgetBus = (): void => {
  client?.destroy();
  client = undefined;
};

/** Puts domain events on the bus, in order. @throws {Passing} if the bus refused one */
export const publish = async (events: readonly DomainEvent[]): Promise<void> => {
  client ??= new EventBridgeClient({ maxAttempts: 4 });
  for (let at = 0; at < events.length; at += atOnce) {
    const answer = await client.send(
      new PutEventsCommand({
        Entries: events.slice(at, at + atOnce).map((event) => ({
          EventBusName: environment().BUS_NAME,
          Source: 'voronka',
          DetailType: event.type,
          Time: new Date(event.at),
          Detail: JSON.stringify(event),
        })),
      }),
    );
    const refused = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined);
    if (refused !== undefined)
      throw new Passing(`the bus refused an event: ${refused.ErrorCode} ${refused.ErrorMessage ?? ''}`);
  }
};

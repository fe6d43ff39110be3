import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { CreateScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { useClock } from '../functions/shared/clock.ts';
import { forgetCompany } from '../functions/shared/ports.ts';

/** Where a rehearsal keeps the company's time: one row of the table, put there by who moves it. */
export const clockKey = { pk: { S: 'REHEARSAL' }, sk: { S: 'CLOCK' } } as const;

const read = async (client: DynamoDBClient): Promise<Date> => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: process.env.TABLE_NAME, Key: clockKey, ConsistentRead: true }),
  );
  const now = new Date(Item?.now?.S ?? Number.NaN);
  if (Number.isNaN(now.getTime()))
    throw new Error('the rehearsal has not set its clock; put a row REHEARSAL, CLOCK with an instant `now`');
  return now;
};

/** When a state was entered is told by the emulator's own clock, which is another than the company's. */
const withoutEntered = (event: unknown): unknown => {
  if (typeof event !== 'object' || event === null || !('entered' in event)) return event;
  const { entered: _, ...rest } = event;
  return rest;
};

type Send = (this: SchedulerClient, command: unknown, ...rest: unknown[]) => unknown;

/** The emulator would ring by the wall clock what is due by the company's: whoever moves the company's time rings it. */
const silenceSchedules = (): void => {
  const send = SchedulerClient.prototype.send as unknown as Send;
  const silent: Send = function (command, ...rest) {
    if (command instanceof CreateScheduleCommand) command.input.State = 'DISABLED';
    return send.call(this, command, ...rest);
  };
  Reflect.set(SchedulerClient.prototype, 'send', silent);
};

let client: DynamoDBClient | undefined;

/** A handler that reads the company's time from the table before each call, in place of the wall clock. */
export const around =
  <Rest extends unknown[], Answer>(inner: (event: unknown, ...rest: Rest) => Answer) =>
  async (event: unknown, ...rest: Rest): Promise<Awaited<Answer>> => {
    if (client === undefined) silenceSchedules(); // not by an import: who only wants the clock's key goes on as before
    client ??= new DynamoDBClient({});
    const now = await read(client);
    useClock({ now: () => now });
    forgetCompany(); // settings are read afresh: a minute of the company may pass in a millisecond
    return await inner(withoutEntered(event), ...rest);
  };

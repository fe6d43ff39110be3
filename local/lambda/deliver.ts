import type { Deliver, Delivered } from '../bus/rule.ts';

/** The places a message can be delivered to. */
export type Doors = {
  /** Takes an event for a function; on disk when it returns. */
  accept(functionArn: string, event: unknown): void;
  startExecution(stateMachineArn: string, input: string): Promise<unknown>;
  sendToQueue(queueArn: string, body: string, attributes?: Record<string, string>): void;
  publish(topicArn: string, message: string): Promise<unknown>;
  putEvent(entry: {
    EventBusName: string;
    Source: string;
    DetailType: string;
    Detail: string;
  }): Promise<unknown>;
};

const doorOf: Record<string, (doors: Doors, message: Delivered) => unknown> = {
  lambda: (doors, { arn, input }) => doors.accept(arn, input),
  states: (doors, { arn, input }) => doors.startExecution(arn, textOf(input)),
  sqs: (doors, { arn, input, attributes }) => doors.sendToQueue(arn, textOf(input), attributes),
  sns: (doors, { arn, input }) => doors.publish(arn, textOf(input)),
  events: (doors, { arn, input, eventBridge }) => {
    const event = input as Record<string, unknown>;
    // A schedule says source and type; a rule that forwards to another bus sends the event on as it is.
    return doors.putEvent({
      EventBusName: arn,
      Source: eventBridge?.Source ?? String(event.source),
      DetailType: eventBridge?.DetailType ?? String(event['detail-type']),
      Detail: eventBridge === undefined ? JSON.stringify(event.detail) : textOf(input),
    });
  },
};

/** Whether messages can be delivered to this ARN. */
export const isDeliverable = (arn: string): boolean => serviceOf(arn) in doorOf;

/** Hands what rules, schedules, mappings and functions send to whom its ARN names. */
export const createDeliver =
  (doors: () => Promise<Doors>): Deliver =>
  async (message) => {
    const door = doorOf[serviceOf(message.arn)];
    if (door === undefined) {
      throw new Error(`${message.arn} cannot be delivered to; targets are ${Object.keys(doorOf).join(', ')}`);
    }
    await door(await doors(), message);
  };

const serviceOf = (arn: string): string => arn.split(':')[2] ?? '';

const textOf = (input: unknown): string => (typeof input === 'string' ? input : JSON.stringify(input));

import type { ServiceCall, Services } from '../states/engine.ts';
import { ServiceError } from '../states/errors.ts';
import { invocationFailure, invocationResult, readInvocation } from '../states/lambda-invoke.ts';
import { type Call, TableFault } from '../table/wire.ts';
import { FunctionFailed } from './host.ts';

/** A state machine calls something that the runtime does not have; found when the template is loaded. */
export class ServiceUnknown extends Error {
  override readonly name = 'ServiceUnknown';
}

type Target = Record<string, unknown>;

/** What tasks of state machines reach. */
export type Reached = {
  invoke(functionName: string, event: unknown): Promise<unknown>;
  table: Call;
  putEvents(entries: unknown[]): Promise<{ FailedEntryCount: number; Entries: unknown[] }>;
  /** Puts a message into a queue or topic, by ARN. */
  send(arn: string, message: unknown): Promise<void>;
  queueArnOf(url: string): string;
  createSchedule(properties: Target): { ScheduleArn: string };
  deleteSchedule(properties: Target): void;
};

const tableOperations = [
  'getItem',
  'putItem',
  'updateItem',
  'deleteItem',
  'query',
  'transactWriteItems',
  'batchWriteItem',
  'batchGetItem',
];

const services: Record<string, (reached: Reached, args: Target, resource: string) => Promise<unknown>> = {
  'events:putEvents': async ({ putEvents }, { Entries }) => {
    // The integration takes `Detail` as an object, where the API wants its text.
    const entries = (Array.isArray(Entries) ? (Entries as Target[]) : []).map((entry) => ({
      ...entry,
      Detail: typeof entry.Detail === 'string' ? entry.Detail : JSON.stringify(entry.Detail ?? {}),
    }));
    const answer = await putEvents(entries);
    if (answer.FailedEntryCount > 0) {
      throw new ServiceError({ error: 'EventBridge.FailedEntry', cause: JSON.stringify(answer) });
    }
    return answer;
  },
  'sqs:sendMessage': async ({ send, queueArnOf }, { QueueUrl, MessageBody }) => {
    await send(queueArnOf(String(QueueUrl)), MessageBody);
    return { MessageId: crypto.randomUUID() };
  },
  'sns:publish': async ({ send }, { TopicArn, Message }) => {
    await send(String(TopicArn), Message);
    return { MessageId: crypto.randomUUID() };
  },
  'scheduler:createSchedule': async ({ createSchedule }, args) => createSchedule(args),
  'scheduler:deleteSchedule': async ({ deleteSchedule }, args) => {
    deleteSchedule(args);
    return {};
  },
  ...Object.fromEntries(
    tableOperations.map((operation) => [
      `dynamodb:${operation}`,
      async ({ table }: Reached, args: Target, resource: string) => {
        const name = `${operation.charAt(0).toUpperCase()}${operation.slice(1)}`;
        try {
          return await table<Target>(`DynamoDB_20120810.${name}`, args);
        } catch (error) {
          if (!(error instanceof TableFault)) throw error;
          const prefix = resource.startsWith('aws-sdk:') ? 'DynamoDb' : 'DynamoDB';
          throw new ServiceError({ error: `${prefix}.${error.name}`, cause: error.message });
        }
      },
    ]),
  ),
};

const plain = (resource: string): string =>
  resource.replace(/^arn:aws:states:::/, '').replace(/^aws-sdk:/, '');

/** The services port of the engine: functions, bus, table, queues, topics and schedules of this runtime. */
export const createServices =
  (reached: () => Promise<Reached>): Services =>
  async (call: ServiceCall) => {
    const parts = await reached();
    const invocation = readInvocation(call.resource, call.arguments);
    if (invocation !== undefined) {
      const requestId = crypto.randomUUID();
      try {
        const answer = await parts.invoke(invocation.functionName, invocation.payload);
        return invocationResult(call.resource, answer, requestId);
      } catch (error) {
        if (error instanceof FunctionFailed) throw invocationFailure(error, requestId);
        throw error;
      }
    }
    const service = services[plain(call.resource)];
    if (service === undefined) throw new ServiceUnknown(unknown(call.resource));
    return service(parts, (call.arguments ?? {}) as Target, call.resource);
  };

const unknown = (resource: string): string =>
  `${resource} is no service of the local runtime; those are lambda:invoke, states:startExecution, ${Object.keys(services).join(', ')}`;

/**
 * Refuses a definition with a task that nothing here can carry out.
 *
 * @throws {ServiceUnknown} naming machine, state and resource
 */
export const checkServices = (machine: string, definition: unknown): void => {
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== 'object' || value === null) return;
    const { Type, Resource } = value as { Type?: unknown; Resource?: unknown };
    if (Type === 'Task' && typeof Resource === 'string') {
      const resource = plain(Resource).replace(/\.(sync(:2)?|waitForTaskToken)$/, '');
      const known =
        resource.startsWith('arn:') || ['lambda:invoke', 'states:startExecution'].includes(resource);
      if (!known && services[resource] === undefined)
        throw new ServiceUnknown(`${machine}, ${path}: ${unknown(Resource)}`);
    }
    for (const [key, inner] of Object.entries(value)) {
      visit(inner, key === 'States' ? path : path === '' ? key : `${path}/${key}`);
    }
  };
  visit(definition, '');
};

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { useClock } from '../functions/shared/clock.ts';
import { configKey } from '../functions/shared/keys.ts';
import { forgetPorts, useTable } from '../functions/shared/ports.ts';
import { messageOf, notificationOf } from '../functions/shared/rows.ts';
import type { StreamRecord } from '../functions/shared/table/records.ts';
import { createMemoryTable } from '../functions/shared/table/table-memory.ts';
import { forgetStepFunctions } from '../functions/workflow/answer.ts';
import { forgetBus } from '../functions/workflow/publish.ts';
import { handler as step } from '../functions/workflow/step.handler.ts';
import { handler as workflow } from '../functions/workflow/stream.handler.ts';
import type { Notification, OutgoingMessage } from '../schemas/message.ts';
import type { Pack } from '../schemas/pack.ts';
import { compile } from '../statemachines/compile/compile.ts';
import { packs } from '../statemachines/packs/index.ts';
import { createBus } from './bus/bus.ts';
import { createClock } from './clock.ts';
import { openState } from './state/state.ts';
import { createEngine } from './states/engine.ts';
import { invocationFailure, invocationResult, readInvocation } from './states/lambda-invoke.ts';
import { memoryStore } from './states/store-memory.ts';
import { sfnHandler } from './states/wire.ts';

const region = 'eu-central-1';
const account = '000000000000';
const prefix = 'voronka-world';

const environment = {
  TABLE_NAME: 'world',
  BUS_NAME: 'world',
  BUCKET_NAME: 'world',
  MACHINE_ARN_PREFIX: `arn:aws:states:${region}:${account}:stateMachine:${prefix}-`,
  MAIL_FROM: 'Voronka <crm@example.test>',
  MAIL_CONFIGURATION_SET: 'world',
  SCHEDULE_GROUP: 'world',
  SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/world',
  DELIVER_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:world-deliver',
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  LOG_LEVEL: process.env.LOG_LEVEL ?? 'silent',
};

/**
 * A company in this process: the real state machines on the states engine, the real step function and stream consumer,
 * the table's in-process adapter, time that stands until it is advanced. Milliseconds to start; nothing outlives it.
 *
 * @param options.at - the time it begins
 */
export const world = async (options: { at: string; packs?: readonly Pack[] }) => {
  const clock = createClock({ now: options.at });
  const table = createMemoryTable({ now: () => clock.now() });
  const engine = createEngine({
    clock,
    store: memoryStore(),
    region,
    account,
    services: async ({ resource, arguments: given }) => {
      const invocation = readInvocation(resource, given);
      if (invocation === undefined) throw new Error(`the world knows no ${resource}`);
      try {
        return invocationResult(resource, await step(invocation.payload), 'world');
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        throw invocationFailure({ errorType: name, errorMessage: message }, 'world');
      }
    },
  });
  const events: { type: string; detail: unknown }[] = [];
  const bus = createBus({
    clock,
    state: openState(undefined),
    deliver: async () => {},
    rules: [],
    buses: ['world'],
    place: { region, account },
    onEvent: (event) => void events.push({ type: event['detail-type'], detail: event.detail }),
  });
  const states = sfnHandler(engine);
  const server = createServer((request, response) => {
    const isStates = String(request.headers['x-amz-target']).startsWith('AWSStepFunctions');
    void (isStates ? states(request, response) : bus.handler(request, response));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const before = { ...process.env };
  Object.assign(process.env, environment, {
    AWS_ENDPOINT_URL_SFN: endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint,
  });
  forgetPorts();
  useClock(clock);
  useTable(table);

  for (const pack of options.packs ?? packs) {
    await table.batch([...pack.people.map((user) => ({ put: { ...configKey('user', user.id), ...user } }))]);
    for (const machine of pack.pipelines.flatMap(compile)) {
      const definition = JSON.stringify(machine.definition)
        .replaceAll('${Step}', 'step')
        .replaceAll('${Bus}', 'world');
      const { stateMachineVersionArn } = await engine.createStateMachine({
        name: `${prefix}-${machine.id}`,
        definition,
        publish: true,
      });
      await engine.putStateMachineAlias({
        name: 'live',
        stateMachineVersionArn: String(stateMachineVersionArn),
      });
    }
  }

  const stream: StreamRecord[] = [];
  table.changes((records) => void stream.push(...records));
  clock.onSettle(async () => {
    const batch = stream.splice(0, 25);
    if (batch.length === 0) return false;
    const { batchItemFailures } = await workflow({ Records: batch });
    const [failure] = batchItemFailures;
    if (failure !== undefined) {
      const from = batch.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === failure.itemIdentifier);
      throw new Error(
        `the workflow consumer failed at record ${from} of ${batch.length}; see its log with LOG_LEVEL=error`,
      );
    }
    return true;
  });

  const inbox = async (user: string): Promise<Notification[]> =>
    (await table.query({ pk: `INBOX#${user}` })).items.map(notificationOf);
  const letters = async (deal: string): Promise<OutgoingMessage[]> =>
    (await table.query({ index: 'g2', pk: `LETTERS#${deal}` })).items.map(messageOf);

  return {
    clock,
    table,
    engine,
    events,
    inbox,
    letters,
    async stop() {
      engine.close();
      forgetStepFunctions();
      forgetBus();
      forgetPorts();
      useClock({ now: () => new Date() });
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    },
  };
};
export type World = Awaited<ReturnType<typeof world>>;

import { existsSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import type { Table as TablePort } from '../functions/shared/table/port.ts';
import { createMemoryTable } from '../functions/shared/table/table-memory.ts';
import type { Pack } from '../schemas/pack.ts';
import { answer } from './aws/aws-json.ts';
import { createSecrets, type Secrets } from './aws/secrets.ts';
import { startStorage } from './aws/storage.ts';
import { createBus } from './bus/bus.ts';
import { createSchedules } from './bus/schedules.ts';
import type { Clock } from './clock.ts';
import { createFront } from './http/front.ts';
import { asyncDefaults, createAsyncInvocations } from './lambda/asynchronous.ts';
import { createDeliver, type Doors } from './lambda/deliver.ts';
import { enter, sharedEnvironment } from './lambda/environment.ts';
import { statusChange } from './lambda/execution-event.ts';
import type { Faults } from './lambda/faults.ts';
import { createHost, importSource } from './lambda/host.ts';
import { invokeHandler, isInvocation } from './lambda/invoke-wire.ts';
import { createLetters } from './lambda/letters.ts';
import { scopedClock } from './lambda/scope.ts';
import { createServices, type Reached } from './lambda/services.ts';
import { awsEnvironment, choosePorts, listen, type Ports } from './lambda/sockets.ts';
import { createInbound } from './mail/inbound.ts';
import { inboundPage } from './mail/inbound-page.ts';
import { type MailServer, startMail } from './mail/mail.ts';
import { demoSecrets } from './sandboxes/demo-secrets.ts';
import { hostSandboxes, sandboxEnvironment } from './sandboxes/host.ts';
import type { Sandboxes } from './sandboxes/index.ts';
import { type Person, startSignin } from './signin/signin.ts';
import { openState } from './state/state.ts';
import { createEngine, type Engine } from './states/engine.ts';
import { memoryStore } from './states/store-memory.ts';
import { sqliteStore } from './states/store-sqlite.ts';
import { sfnHandler } from './states/wire.ts';
import { createTable } from './table/create.ts';
import { listensEverywhere, startTable } from './table/process.ts';
import { type Pump, startPump } from './table/pump.ts';
import { startMemoryPump } from './table/pump-memory.ts';
import { createCall } from './table/wire.ts';
import { appOf } from './template/app.ts';
import { loadTemplate } from './template/load.ts';
import { deployMachines, machinesOf } from './template/machines.ts';
import { place } from './template/place.ts';
import { prefixTables } from './template/prefix.ts';

/** One thing that happened, for a person who watches. */
export type LiveLine = {
  at: string;
  kind: 'event' | 'run' | 'function' | 'letter' | 'warning';
  text: string;
  /** of an event on the bus: its detail, whole */
  detail?: unknown;
};

export type RuntimeOptions = {
  /** CloudFormation templates, as the CDK synthesizes them. */
  templates: readonly unknown[];
  clock: Clock;
  /** Keeps everything across restarts, also across `kill -9`; without it all is in memory. */
  dir?: string | undefined;
  /**
   * A DynamoDB Local that runs already, where the prefix keeps its tables apart from those of others; or `memory`: the table's
   * other adapter, in this process, for whom seconds count more than DynamoDB's own word. One of its own by default.
   */
  table?: { endpoint: string; prefix: string } | 'memory' | undefined;
  /** Those left out are free ones. A restart on the same ports keeps links and tokens alive. */
  ports?: Partial<Ports> | undefined;
  /** Who can sign in; the demo people of the packs by default. */
  people?: readonly Person[] | undefined;
  /** The folder that handlers are imported from; this repository by default. */
  root?: string | undefined;
  log?: ((line: LiveLine) => void) | undefined;
};

/** The template, running. */
export type Runtime = {
  urls: {
    api: string;
    mail: string;
    signin: string;
    sfn: string;
    events: string;
    scheduler: string;
    table: string;
    storage: string;
    sandboxes: string;
  };
  ports: Ports;
  clock: Clock;
  engine: Engine;
  /** The first table of the template. */
  table: TablePort;
  mail: MailServer;
  /** The other sides of providers; each takes commands: `sandboxes.robokassa.command({ fault: 'twice' })`. */
  sandboxes: Sandboxes;
  /** What an operator would have written for third parties; functions read a change once they are started anew, or after five minutes. */
  secrets: Secrets;
  /** Calls a function by name, logical id or ARN, as a synchronous invocation does. */
  invoke(function_: string, event: unknown): Promise<unknown>;
  /** Test hooks: make functions fail, hold or repeat what the table's stream delivers. */
  faults: Faults;
  stream: Pump['mapping'];
  tokenFor(userId: string): Promise<string>;
  /** The ARN of a state machine by its id, which its name ends with. */
  machineArn(id: string): string;
  /** How often each function was called since the start. */
  invocations: ReadonlyMap<string, number>;
  /** What the functions' environment says. */
  environment: Record<string, string>;
  onLine(listener: (line: LiveLine) => void): () => void;
  /** Milliseconds that the parts of the start took, in the order in which they were done. */
  phases: Record<string, number>;
  /** Finishes what is under way and stops; what waits stays on disk. */
  stop(): Promise<void>;
};

/**
 * Runs templates on this machine: DynamoDB Local, storage, mail and sign-in start beside each other while the functions
 * are imported; then the tables are made, the machines deployed, and everything that was left undone goes on.
 *
 * @throws {UnsupportedTemplate} with all that the templates say and the runtime cannot do
 */
export const startRuntime = async (options: RuntimeOptions): Promise<Runtime> => {
  const { dir, root = join(import.meta.dirname, '..') } = options;
  const clock = scopedClock(options.clock);
  const stops: (() => unknown)[] = [() => clock.release()];
  const phases: Record<string, number> = {};
  const invocations = new Map<string, number>();
  const began = performance.now();
  const timed = async <T>(name: string, work: Promise<T> | T): Promise<T> => {
    const since = performance.now();
    const result = await work;
    phases[name] = Math.round(performance.now() - since);
    return result;
  };

  const listeners = new Set<(line: LiveLine) => void>(options.log === undefined ? [] : [options.log]);
  const tell = (kind: LiveLine['kind'], text: string, detail?: unknown) => {
    const line = { at: clock.now().toISOString(), kind, text, ...(detail === undefined ? {} : { detail }) };
    for (const listener of listeners) listener(line);
  };
  const warn = (text: string) => tell('warning', text);

  const stop = async () => {
    for (const one of stops.splice(0).reverse()) await one();
  };

  const start = async (): Promise<Runtime> => {
    const { ports, release } = await choosePorts(options.ports ?? {});
    stops.push(release);
    const local = (port: number) => `http://127.0.0.1:${port}`;
    const shared = options.table === 'memory' ? undefined : options.table;
    const memory = options.table === 'memory' ? createMemoryTable({ now: () => clock.now() }) : undefined;
    if (memory !== undefined && dir !== undefined)
      throw new Error('a table in memory keeps nothing: leave `dir` out, or `table`');
    const tableEndpoint = shared?.endpoint ?? local(ports.table);
    const templates = prefixTables(options.templates, shared?.prefix ?? '');
    const template = loadTemplate(templates, { sqsOrigin: local(ports.storage) });
    const app = appOf(template);
    const machines = machinesOf(template);
    const host = createHost({
      functions: app.functions,
      root,
      onDone: ({ name, error }) => {
        invocations.set(name, (invocations.get(name) ?? 0) + 1);
        if (error !== undefined) tell('function', error.message);
        void letters?.drain();
      },
    });
    phases.template = Math.round(performance.now() - began);

    const state = openState(dir === undefined ? undefined : join(dir, 'runtime.sqlite'));
    stops.push(() => state.close());
    const authorizer = app.api.routes.find((route) => route.authorizer !== undefined)?.authorizer;
    const clientId = authorizer?.audience[0];
    // In the place of the user pool: known before it answers, since functions are told at import.
    const issuer = `http://localhost:${ports.signin}`;
    const environment: Record<string, string> = {
      ...relocated(sharedEnvironment(app.functions), authorizer?.issuer, issuer),
      PUBLIC_URL: local(ports.api),
    };
    // How much is logged is for the person at this machine to say; everything else is the template's.
    const { LOG_LEVEL = environment.LOG_LEVEL } = process.env;
    stops.push(
      enter({
        ...environment,
        LOG_LEVEL,
        ...awsEnvironment(ports, tableEndpoint),
        ...sandboxEnvironment(local(ports.sandboxes)),
      }),
    );
    await useHost(root, clock, memory);

    const { packs } = await import('../statemachines/packs/index.ts');
    const people = options.people ?? demoPeople(packs);
    const { SECRET_PREFIX = '' } = environment;
    const secrets = createSecrets(demoSecrets(SECRET_PREFIX, packs));
    const outer = hostSandboxes({
      clock,
      state,
      secret: (provider) => secrets.read(`${SECRET_PREFIX}/${provider}`),
      publicUrl: () => local(ports.api),
      url: () => local(ports.sandboxes),
    });
    const [, storage, mail, signin] = await together(stops, [
      timed(
        'table',
        options.table === undefined
          ? startTable({ port: ports.table, ...(dir === undefined ? {} : { dir: join(dir, 'table') }) })
          : undefined,
      ),
      timed(
        'storage',
        startStorage({
          port: ports.storage,
          region: place.region,
          dir: dir === undefined ? undefined : join(dir, 'storage'),
          buckets: app.buckets,
          queues: app.queues,
          topics: app.topics,
        }),
      ),
      timed(
        'mail',
        startMail({
          port: ports.mail,
          dir: dir === undefined ? undefined : join(dir, 'mail'),
          now: () => clock.now(),
          ...(app.mail.identities.length === 0 ? {} : { identities: app.mail.identities }),
        }),
      ),
      timed(
        'signin',
        startSignin({
          port: ports.signin,
          users: people,
          dir,
          ...(clientId === undefined ? {} : { clientId }),
        }),
      ),
      timed(
        'functions',
        host.load().then(() => undefined),
      ),
    ]);

    const call = createCall(tableEndpoint);
    stops.push(() => call.close());
    if (memory === undefined)
      await timed('tables', Promise.all(app.tables.map((table) => createTable(call, table))));

    const doors = Promise.withResolvers<Doors>();
    const reached = Promise.withResolvers<Reached>();
    const deliver = createDeliver(() => doors.promise);
    const send = (arn: string, input: unknown, attributes?: Record<string, string>) =>
      deliver({ arn, input, ...(attributes === undefined ? {} : { attributes }) });

    const engine = createEngine({
      clock,
      store: dir === undefined ? memoryStore() : sqliteStore(join(dir, 'states.sqlite')),
      services: createServices(() => reached.promise),
      nested: 'engine',
      ...place,
    });
    stops.push(() => engine.close());
    await timed('machines', deployMachines(engine, template, machines));

    const dropped = ({ owed, attempts, error }: { owed: { arn: string }; attempts: number; error: string }) =>
      warn(`${owed.arn}: an event was given up after ${attempts} attempts: ${error}`);
    const bus = createBus({
      clock,
      state,
      deliver,
      rules: app.rules,
      buses: app.buses,
      place,
      onEvent: (event) => tell('event', `${event.source} ${event['detail-type']}`, event.detail),
      onDropped: dropped,
    });
    engine.onEvent((event) => {
      tell('run', `${event.execution.name} ${event.status}`);
      bus.emit(statusChange(event));
    });
    const schedules = createSchedules({
      clock,
      state,
      deliver,
      schedules: app.schedules as never,
      rules: app.rules,
      groups: app.scheduleGroups,
      place,
      onDropped: dropped,
    });
    stops.push(() => schedules.stop());
    const asynchronous = createAsyncInvocations({
      clock,
      state,
      invoke: host.invoke,
      policyOf: (name) => app.functions.find((one) => one.name === name)?.asynchronous ?? asyncDefaults,
      arnOf: (name) => host.find(name).arn,
      send,
      log: warn,
    });
    stops.push(() => asynchronous.stop());
    const letters = createLetters({
      sent: mail.sent,
      emit: bus.emit,
      state,
      outcomes: app.mail.outcomes,
      onLetter: ({ to, subject }) => tell('letter', `to ${to.join(', ')}: ${subject}`),
    });

    const inbound = createInbound({
      rules: app.mail.receipts,
      put: (bucket, key, raw) => putObject(storage.endpoint, bucket, key, raw),
      accept: (arn, event) => asynchronous.accept(host.find(arn).name, event),
      now: () => clock.now(),
    });
    mail.takeIn(
      inboundPage({
        ...inbound,
        now: () => clock.now(),
        domain: app.mail.receipts.flatMap(({ recipients }) => recipients).join(', '),
      }),
    );

    doors.resolve({
      accept: (arn, event) => asynchronous.accept(host.find(arn).name, event),
      startExecution: (stateMachineArn, input) => engine.startExecution({ stateMachineArn, input }),
      sendToQueue: storage.send,
      publish: (TopicArn, Message) => publish(storage.endpoint, TopicArn, Message),
      putEvent: (entry) => bus.putEvents([entry]),
    });
    reached.resolve({
      invoke: host.invoke,
      table: call,
      putEvents: (entries) => bus.putEvents(entries as never),
      send: (arn, message) => send(arn, message),
      queueArnOf: (url) => storage.queueArn(url.split('/').at(-1) ?? url),
      createSchedule: (properties) => ({
        ScheduleArn: schedules.arnOf(schedules.create(properties).schedule),
      }),
      deleteSchedule: ({ GroupName = 'default', Name }) => schedules.remove(String(GroupName), String(Name)),
    });

    const front = createFront({
      api: {
        ...app.api,
        routes: app.api.routes.map((route) => ({
          ...route,
          authorizer: route.authorizer && { ...route.authorizer, issuer },
        })),
      },
      invoke: host.invoke,
      verify: signin.verify,
      now: () => clock.now(),
      onFault: ({ error, route }) =>
        warn(`${route}: ${error instanceof Error ? error.message : String(error)}`),
    });
    const states = sfnHandler(engine);
    const invocation = invokeHandler({
      invoke: host.invoke,
      accept: (name, event) => asynchronous.accept(host.find(name).name, event),
    });
    // For commands of other processes that look after this runtime.
    const found = awsEnvironment(ports, tableEndpoint);
    const aws: RequestListener = (req, res) => {
      const target = String(req.headers['x-amz-target'] ?? '');
      if (target.startsWith('AWSStepFunctions.')) void states(req, res);
      else if (target.startsWith('AWSEvents.')) void bus.handler(req, res);
      else if (secrets.isAsked(req)) void secrets.handler(req, res);
      else if (isInvocation(req)) void invocation(req, res);
      else if (req.method === 'GET' && req.url === '/environment')
        answer(res, 200, found, 'application/json');
      else void schedules.handler(req, res);
    };
    stops.push(await listen(ports.aws, aws));

    const carried = {
      mappings: app.mappings,
      clock,
      state,
      invoke: host.invoke,
      giveUp: send,
      log: warn,
    };
    const pump = await timed(
      'stream',
      memory === undefined
        ? startPump({ endpoint: tableEndpoint, ...carried })
        : startMemoryPump({ table: memory, ...carried }),
    );
    stops.push(() => pump.stop());
    const drains = [
      outer.drain,
      front.drain,
      pump.drain,
      bus.drain,
      schedules.drain,
      asynchronous.drain,
      letters.drain,
    ];
    for (const drain of drains) clock.onSettle(drain);
    stops.push(async () => {
      for (const drain of [front.drain, asynchronous.drain]) await drain();
    });
    stops.push(await listen(ports.api, front.listener));
    stops.push(await listen(ports.sandboxes, outer.listener));
    phases.total = Math.round(performance.now() - began);
    if (options.table === undefined) warn(listensEverywhere(tableEndpoint));

    const tableName = app.tables[0]?.TableName ?? '';
    const { createDynamoTable } = await import('../functions/shared/table/table-dynamo.ts');
    return {
      urls: {
        api: local(ports.api),
        mail: mail.url,
        signin: signin.issuer,
        sfn: local(ports.aws),
        events: local(ports.aws),
        scheduler: local(ports.aws),
        table: tableEndpoint,
        storage: storage.endpoint,
        sandboxes: local(ports.sandboxes),
      },
      ports,
      clock: options.clock,
      engine,
      table: memory ?? createDynamoTable({ name: tableName }),
      mail,
      sandboxes: outer.sandboxes,
      secrets,
      invoke: host.invoke,
      faults: host.faults,
      stream: pump.mapping,
      tokenFor: signin.tokenFor,
      machineArn: (id) => machineArnOf(machines, id),
      invocations,
      environment,
      onLine: (listener) => {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      phases,
      stop,
    };
  };

  try {
    return await start();
  } catch (error) {
    await stop();
    throw error;
  }
};

type Stopping = { stop(): unknown } | undefined;

/** Waits for all, so that what did start can be stopped when something else did not. */
const together = async <T extends readonly Promise<Stopping>[]>(
  stops: (() => unknown)[],
  work: readonly [...T],
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> => {
  const settled = await Promise.allSettled(work);
  for (const one of settled) {
    const part = one.status === 'fulfilled' ? one.value : undefined;
    if (part !== undefined) stops.push(() => part.stop());
  }
  const failed = settled.find((one): one is PromiseRejectedResult => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return (await Promise.all(work)) as { -readonly [K in keyof T]: Awaited<T[K]> };
};

/** Values that begin with the user pool's issuer begin with the local one's. */
const relocated = (
  values: Record<string, string>,
  pool: string | undefined,
  issuer: string,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      pool !== undefined && value.startsWith(pool) ? issuer + value.slice(pool.length) : value,
    ]),
  );

/** Gives the functions this runtime's time and table, and makes them forget an earlier runtime of the same process. */
const useHost = async (root: string, clock: Clock, table: TablePort | undefined): Promise<void> => {
  const load = (entry: string) => (existsSync(join(root, entry)) ? importSource(root, entry) : undefined);
  const [time, ports, secret] = await Promise.all([
    load('functions/shared/clock.ts'),
    load('functions/shared/ports.ts'),
    load('functions/shared/secret.ts'),
  ]);
  (time as { useClock?: (clock: Clock) => void } | undefined)?.useClock?.(clock);
  (secret as { forgetSecrets?: () => void } | undefined)?.forgetSecrets?.();
  const { forgetPorts, useTable } = (ports ?? {}) as {
    forgetPorts?: () => void;
    useTable?: (table: TablePort) => void;
  };
  forgetPorts?.();
  if (table !== undefined) useTable?.(table);
};

const demoPeople = (packs: readonly Pack[]): Person[] =>
  packs
    .flatMap(({ people }) => people)
    .map(({ id, name, email, roles }) => ({ id, name, email: email ?? '', groups: roles }));

const machineArnOf = (machines: readonly { name: string; arn: string }[], id: string): string => {
  const found = machines.find(({ name }) => name === id || name.endsWith(`-${id.replaceAll('/', '-')}`));
  if (found !== undefined) return found.arn;
  throw new Error(`no state machine ${id}; there are ${machines.map(({ name }) => name).join(', ')}`);
};

/** As SES puts a letter down: the storage of one machine asks nobody for a signature. */
const putObject = async (endpoint: string, bucket: string, key: string, body: Buffer): Promise<void> => {
  const answered = await fetch(`${endpoint}/${bucket}/${key}`, { method: 'PUT', body: new Uint8Array(body) });
  if (!answered.ok) throw new Error(`the storage answers ${answered.status} to a letter that came`);
};

const publish = async (endpoint: string, TopicArn: string, Message: string): Promise<void> => {
  const { PublishCommand, SNSClient } = await import('@aws-sdk/client-sns');
  const client = new SNSClient({ endpoint });
  await client.send(new PublishCommand({ TopicArn, Message })).finally(() => client.destroy());
};

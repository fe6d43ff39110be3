import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { arnVariable } from '../functions/calls/workers.ts';
import { changeFields } from '../functions/deals/change.ts';
import { clientLinks } from '../functions/deals/client-links.ts';
import { contextFor } from '../functions/deals/context.ts';
import { filled } from '../functions/deals/follow.ts';
import { bareCard, newDeal } from '../functions/deals/new-deal.ts';
import { handler as port } from '../functions/intake/port.handler.ts';
import { record } from '../functions/ledger/record.ts';
import { handler as sendLetter } from '../functions/notify/deliver.handler.ts';
import { forgetMail } from '../functions/notify/mail-ses.ts';
import { handler as reports } from '../functions/reports/stream.handler.ts';
import { useClock } from '../functions/shared/clock.ts';
import { log } from '../functions/shared/log.ts';
import { forgetScheduler } from '../functions/shared/one-time.ts';
import { useOutsidePatience } from '../functions/shared/outside.ts';
import { forgetPorts, theCompany, useTable } from '../functions/shared/ports.ts';
import { dealRow, ledgerRow } from '../functions/shared/rows.ts';
import { forgetSecrets } from '../functions/shared/secret.ts';
import type { Write } from '../functions/shared/table/port.ts';
import type { StreamRecord } from '../functions/shared/table/records.ts';
import { createMemoryTable } from '../functions/shared/table/table-memory.ts';
import { forgetSns } from '../functions/sms/sns.ts';
import { handler as alarm } from '../functions/workflow/alarm.handler.ts';
import { forgetStepFunctions } from '../functions/workflow/answer.ts';
import { handler as faults } from '../functions/workflow/faults.handler.ts';
import { forgetBus } from '../functions/workflow/publish.ts';
import { handler as step } from '../functions/workflow/step.handler.ts';
import { handler as workflow } from '../functions/workflow/stream.handler.ts';
import type { PortEvent } from '../schemas/event.ts';
import { DealId, UserId } from '../schemas/ids.ts';
import { LedgerEntry } from '../schemas/ledger.ts';
import type { Pack } from '../schemas/pack.ts';
import { compile, type Machine } from '../statemachines/compile/compile.ts';
import { industrial } from '../statemachines/packs/industrial/index.ts';
import { createSecrets } from './aws/secrets.ts';
import { createBus } from './bus/bus.ts';
import { createSchedules } from './bus/schedules.ts';
import { createClock } from './clock.ts';
import { demoSecrets } from './sandboxes/demo-secrets.ts';
import { hostSandboxes, sandboxEnvironment } from './sandboxes/host.ts';
import { openState } from './state/state.ts';
import { createEngine } from './states/engine.ts';
import { invocationFailure, invocationResult, readInvocation } from './states/lambda-invoke.ts';
import { memoryStore } from './states/store-memory.ts';
import { sfnHandler } from './states/wire.ts';
import { bucket } from './world/bucket.ts';
import { worldFront } from './world/front.ts';
import { furniture } from './world/furniture.ts';
import { inboundOf, type LetterIn } from './world/inbound.ts';
import { looksAt } from './world/looks.ts';
import { post } from './world/post.ts';
import { staffOf } from './world/staff.ts';
import { wallOf } from './world/wall.ts';
import { phonesRule, ruleOf, type Worker, workerArnIn, workers } from './world/workers.ts';

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
  MAIL_IN_DOMAIN: 'in.voronka.example',
  SCHEDULE_GROUP: 'world',
  SCHEDULE_ROLE_ARN: 'arn:aws:iam::000000000000:role/world',
  DELIVER_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:world-deliver',
  ALARM_ARN: 'arn:aws:lambda:eu-central-1:000000000000:function:world-alarm',
  SECRET_PREFIX: 'world',
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
};

/** Machines of a pack, compiled once a process: a world is to cost milliseconds. */
const machinesOf = new Map<Pack, Map<number | undefined, { id: string; definition: string }[]>>();
const printed = ({ id, definition }: Machine) => ({
  id,
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the machines' own placeholders
  definition: JSON.stringify(definition).replaceAll('${Step}', 'step').replaceAll('${Bus}', 'world'),
});
const compiled = (pack: Pack, patience: number | undefined): { id: string; definition: string }[] => {
  const ofPack = machinesOf.get(pack) ?? new Map<number | undefined, { id: string; definition: string }[]>();
  const known =
    ofPack.get(patience) ??
    pack.pipelines.flatMap((pipeline) => compile(pipeline, { patience })).map(printed);
  machinesOf.set(pack, ofPack.set(patience, known));
  return known;
};

/** What a test may put between the parts of a world. */
export type Between = {
  /** the batches that the consumers get instead of this one; in order and each once unless a test says otherwise */
  deliver: (batch: readonly StreamRecord[]) => readonly (readonly StreamRecord[])[];
  /** runs before each call of the step function */
  beforeStep: (payload: unknown) => Promise<void> | void;
  /** runs after each call of the step function, before its answer reaches the run */
  afterStep: (payload: unknown) => Promise<void> | void;
  /** runs before a single row is written */
  beforeWrite: (write: Write) => Promise<void> | void;
};

type Entering = {
  readonly pipeline?: string;
  /** `undefined`: nobody has it yet */
  readonly responsible?: string | undefined;
  readonly title?: string;
  /** whole units of the pack's currency already in the ledger */
  readonly paid?: number;
  /** the stage before */
  readonly cameFrom?: string;
};

/**
 * A company in this process: the real state machines on the states engine, the real functions, the table's in-process
 * adapter, time that stands until it is advanced. Milliseconds to start; nothing outlives it.
 *
 * Without packs it is the industrial company's. What a test does not name is of the first of its packs: the zone of its
 * wall clock, the currency, the first pipeline, the first person.
 *
 * @param options.at - the time it begins, on the company's wall clock: `2026-02-02 09:15`
 * @param options.mail - letters leave, to an SES of this process; without it they stay in the outbox
 * @param options.phones - messages to phones leave, by the gateways' sandboxes; as `mail` where absent
 * @param options.workers - workers of providers beside the product's own, by the names of their functions
 * @param options.patience - seconds after which waiting states ask again, as a deployment may set them
 */
export const world = async (options: {
  at: string;
  packs?: readonly Pack[];
  patience?: number;
  mail?: boolean;
  phones?: boolean;
  workers?: Readonly<Record<string, Worker>>;
}) => {
  const { packs = [industrial] } = options;
  const [first] = packs;
  if (first === undefined) throw new Error('a world without a pack: name one in `packs`');
  const wall = wallOf(first.zone);
  const clock = createClock({ now: wall.instantAt(options.at) });
  const memory = createMemoryTable({ now: () => clock.now() });
  const between: Between = {
    deliver: (batch) => [batch],
    beforeStep: () => {},
    afterStep: () => {},
    beforeWrite: () => {},
  };
  const table: typeof memory = {
    ...memory,
    calls: memory.calls,
    async write(write) {
      await between.beforeWrite(write);
      return memory.write(write);
    },
  };
  const engine = createEngine({
    clock,
    store: memoryStore(),
    region,
    account,
    services: async ({ resource, arguments: given }) => {
      const invocation = readInvocation(resource, given);
      if (invocation === undefined) throw new Error(`the world knows no ${resource}`);
      try {
        await between.beforeStep(invocation.payload);
        const answer = invocationResult(resource, await step(invocation.payload), 'world');
        await between.afterStep(invocation.payload);
        return answer;
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        throw invocationFailure({ errorType: name, errorMessage: message }, 'world');
      }
    },
  });
  const events: { type: string; detail: unknown }[] = [];
  const hands = { ...workers, ...options.workers };
  const byArn = new Map(Object.entries(hands).map(([name, { handler }]) => [workerArnIn(name), handler]));
  const bus = createBus({
    clock,
    state: openState(undefined),
    deliver: async ({ arn, input }) => void (await (byArn.get(arn) ?? sendLetter)(input)),
    rules: [
      ...Object.entries(hands).map(([name, worker]) => ruleOf(name, worker, 'world')),
      ...(options.mail === true
        ? [
            {
              name: 'deliver',
              busArn: 'world',
              pattern: { 'detail-type': ['message.queued'], detail: { data: { channel: ['email'] } } },
              state: 'ENABLED' as const,
              targets: [{ id: 'deliver', arn: environment.DELIVER_ARN }],
            },
          ]
        : []),
      ...((options.phones ?? options.mail) === true ? [phonesRule] : []),
    ],
    buses: ['world'],
    place: { region, account },
    onEvent: (event) => void events.push({ type: event['detail-type'], detail: event.detail }),
  });
  const schedules = createSchedules({
    clock,
    state: openState(undefined),
    deliver: async ({ arn, input }) => {
      if (arn === environment.ALARM_ARN) await alarm(input);
      if (arn === environment.DELIVER_ARN && options.mail === true) await sendLetter(input);
      await byArn.get(arn)?.(input);
    },
    schedules: [],
    groups: [environment.SCHEDULE_GROUP],
    place: { region, account },
  });
  const states = sfnHandler(engine);
  const objects = bucket();
  const mail = post();
  const secrets = createSecrets(demoSecrets(environment.SECRET_PREFIX, packs));
  const faulty: unknown[] = [];
  const front = worldFront(
    () => clock.now(),
    (error) => void faulty.push(error),
  );
  let endpoint = '';
  const outer = hostSandboxes({
    clock,
    secret: (provider) => secrets.read(`${environment.SECRET_PREFIX}/${provider}`),
    publicUrl: () => endpoint,
    url: () => `${endpoint}/sandboxes`,
  });
  const server = createServer((request, response) => {
    const target = String(request.headers['x-amz-target']);
    if (request.url?.startsWith('/v1/')) front.listener(request, response);
    else if (request.url?.startsWith('/sandboxes/')) {
      request.url = request.url.slice('/sandboxes'.length);
      outer.listener(request, response);
    } else if (secrets.isAsked(request)) void secrets.handler(request, response);
    else if (request.url?.startsWith('/world/')) void objects(request, response);
    else if (request.url === '/v2/email/outbound-emails') void mail.handler(request, response);
    else if (request.url?.startsWith('/schedules/')) void schedules.handler(request, response);
    else void (target.startsWith('AWSStepFunctions') ? states : bus.handler)(request, response);
  });
  for (const { drain } of [front, outer, schedules, bus]) clock.onSettle(drain);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const before = { ...process.env };
  Object.assign(process.env, environment, {
    AWS_ENDPOINT_URL_SFN: endpoint,
    AWS_ENDPOINT_URL_EVENTBRIDGE: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_ENDPOINT_URL_SCHEDULER: endpoint,
    AWS_ENDPOINT_URL_SESV2: endpoint,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: endpoint,
    PUBLIC_URL: endpoint,
    ...sandboxEnvironment(`${endpoint}/sandboxes`),
    ...Object.fromEntries(Object.keys(hands).map((name) => [arnVariable(name), workerArnIn(name)])),
  });
  const { level } = log;
  log.level = process.env.LOG_LEVEL ?? 'silent';
  forgetPorts();
  forgetSecrets();
  useClock(clock);
  useTable(table, packs);

  await table.batch(furniture(packs).map((put) => ({ put })));
  await Promise.all(
    packs
      .flatMap((pack) => compiled(pack, options.patience))
      .map(async ({ id, definition }) => {
        const name = `${prefix}-${id}`;
        const { stateMachineVersionArn } = await engine.createStateMachine({
          name,
          definition,
          publish: true,
        });
        await engine.putStateMachineAlias({
          name: 'live',
          stateMachineVersionArn: String(stateMachineVersionArn),
        });
      }),
  );

  const consume = async (Records: readonly StreamRecord[]) => {
    if (Records.length === 0) return;
    for (const consumer of [workflow, reports]) {
      const [failure] = (await consumer({ Records })).batchItemFailures;
      if (failure !== undefined)
        throw new Error(
          `a consumer failed at record ${failure.itemIdentifier}; see its log with LOG_LEVEL=error`,
        );
    }
  };
  const stream: StreamRecord[] = [];
  table.changes((records) => void stream.push(...records));
  clock.onSettle(async () => {
    const batch = stream.splice(0, 25);
    if (batch.length === 0) return false;
    for (const given of between.deliver(batch)) await consume(given);
    return true;
  });

  const badEnds: unknown[] = [];
  engine.onEvent(({ execution: { name, arn, input, status } }) => {
    if (status === 'FAILED' || status === 'TIMED_OUT')
      badEnds.push({
        detail: { name, executionArn: arn, status, input: JSON.stringify(input) },
      });
  });
  clock.onSettle(async () => {
    const end = badEnds.shift();
    if (end === undefined) return false;
    await faults(end);
    return true;
  });

  const inbound = inboundOf(() => endpoint, clock);
  const looks = looksAt(table, () => clock.now(), wall);
  let entered = 0;
  return {
    clock,
    table,
    engine,
    events,
    between,
    /** letters that have left, where the world sends any */
    mail,
    /** what an operator has written for third parties: `secrets.write('world/cdek', …)` */
    secrets: {
      ...secrets,
      /** writes one and has it read at once */
      write(name: string, value: unknown): void {
        secrets.write(name, value);
        forgetSecrets();
      },
    },
    /** the other sides of providers; each takes commands: `sandboxes.robokassa.command({ fault: 'twice' })` */
    sandboxes: outer.sandboxes,
    /** the origin of the HTTP API, as clients and providers call it */
    url: endpoint,
    /**
     * A request to the HTTP API by the wire, and all that follows from it at once.
     *
     * @param init.as - who holds the token; nobody where absent
     */
    async ask(
      path: string,
      { as: user, json, ...init }: RequestInit & { as?: string; json?: unknown } = {},
    ): Promise<{ status: number; headers: Headers; text: string }> {
      const headers = new Headers(init.headers);
      if (user !== undefined) headers.set('authorization', `Bearer ${user}`);
      if (json !== undefined) headers.set('content-type', 'application/json');
      const answer = await fetch(path.startsWith('/') ? endpoint + path : path, {
        redirect: 'manual',
        ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
        ...init,
        headers,
      });
      const text = await answer.text();
      await clock.settle();
      const [fault] = faulty.splice(0);
      if (fault !== undefined) throw fault;
      return { status: answer.status, headers: answer.headers, text };
    },
    /** gives the stream's consumers a batch that was held back */
    async deliver(batch: readonly StreamRecord[]): Promise<void> {
      await consume(batch);
      await clock.settle();
    },
    ...looks,
    /** somebody at work: `as('pavel').move(deal, 'contract')` */
    as: staffOf(clock, looks, first),
    /** lets time go by until the company's wall clock shows this: `2026-02-02 14:30` */
    advanceTo: (local: string) => clock.advanceTo(wall.instantAt(local)),
    /** a deal that has just come to a stage, whatever was before. @returns its id */
    async enter(
      stage: string,
      fields: Record<string, unknown> = {},
      {
        pipeline = String(first.pipelines[0]?.id),
        title = '12 bearings',
        paid,
        cameFrom,
        ...who
      }: Entering = {},
    ): Promise<string> {
      entered += 1;
      const responsible = 'responsible' in who ? who.responsible : first.people[0]?.id;
      const context = contextFor(pipeline, {
        now: clock.now(),
        by: { system: 'test' },
        reader: undefined,
        company: await theCompany(),
      });
      const fresh = newDeal(
        {
          id: DealId.parse(`d${entered}`),
          number: `D-${entered}`,
          title,
          ...(responsible === undefined ? {} : { responsible: UserId.parse(responsible) }),
        },
        context,
      );
      const { deal } = await filled(changeFields(bareCard(fresh), fields as never, context).deal, context);
      const came = { ...deal, stage, ...(cameFrom === undefined ? {} : { cameFrom }) };
      const entry =
        paid === undefined
          ? undefined
          : LedgerEntry.parse({
              id: `${deal.id}-paid`,
              deal: deal.id,
              pipeline,
              kind: 'payment',
              amount: { amount: paid * 100, currency: first.currency },
              day: '2026-01-12',
              source: 'test',
              at: deal.createdAt,
              by: { system: 'test' },
            });
      const card = entry === undefined ? bareCard(came) : record(bareCard(came), entry, context);
      await table.transact([
        { put: dealRow(card.deal) },
        ...card.ledger.map((one) => ({ put: ledgerRow(one) })),
        ...clientLinks(undefined, card.deal, context.pipeline),
      ]);
      await clock.settle();
      return deal.id;
    },
    /** runs under way, of one deal or of all, by execution name */
    runs: (deal?: string): string[] =>
      engine
        .listStateMachines()
        .flatMap(({ arn }) => engine.listExecutions({ stateMachineArn: arn, status: 'RUNNING' }))
        .map(({ name }) => name)
        .filter((name) => deal === undefined || name.startsWith(`${deal}-`))
        .sort(),
    /** a letter comes, as SES takes it in. @returns the id under which it did */
    async mailIn(
      raw: string | Buffer,
      { to, from = 'anna@client.example', verdicts }: LetterIn,
    ): Promise<string> {
      const id = await inbound.receive(Buffer.from(raw), {
        from,
        to: [to].flat(),
        ...(verdicts === undefined ? {} : { verdicts }),
      });
      await clock.settle();
      return id;
    },
    /** an adapter of an outside system says something */
    async says(adapter: string, event: PortEvent): Promise<void> {
      await port({
        source: `voronka.port.${adapter}`,
        'detail-type': event.type,
        detail: event,
      } as Parameters<typeof port>[0]);
      await clock.settle();
    },
    async stop() {
      engine.close();
      schedules.stop();
      forgetScheduler();
      forgetStepFunctions();
      forgetBus();
      forgetMail();
      forgetSecrets();
      forgetSns();
      useOutsidePatience(undefined);
      forgetPorts();
      useClock({ now: () => new Date() });
      log.level = level;
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
    },
  };
};
export type World = Awaited<ReturnType<typeof world>>;

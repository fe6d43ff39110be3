import * as z from 'zod';
import { compileMachine } from './definition.ts';
import type { Engine } from './engine.ts';
import { ApiError } from './errors.ts';
import type { Execution } from './frame.ts';
import type { Resolved } from './machines.ts';
import { whyNotRedrivable } from './redrive.ts';

/** Dates go over the wire as epoch seconds. */
const seconds = (at: Date | number): number => (typeof at === 'number' ? at : at.getTime()) / 1000;

const dated = <T extends Record<string, unknown>>(answer: T): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(answer).map(([key, value]) => [key, value instanceof Date ? seconds(value) : value]),
  );

const arn = z.string().min(1).max(256);
const page = { maxResults: z.int().min(0).max(1000).optional(), nextToken: z.string().optional() };
const status = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);

const offsetOf = (nextToken: string | undefined): number => {
  if (nextToken === undefined) return 0;
  const offset = Number(Buffer.from(nextToken, 'base64url').toString());
  if (!Number.isInteger(offset) || offset <= 0)
    throw new ApiError('ValidationException', `Invalid Token: '${nextToken}'`);
  return offset;
};

const paged = <T>(
  list: readonly T[],
  request: { maxResults?: number | undefined; nextToken?: string | undefined },
) => {
  const from = offsetOf(request.nextToken);
  const to = from + (request.maxResults || 100);
  const more = to < list.length ? { nextToken: Buffer.from(String(to)).toString('base64url') } : {};
  return { part: list.slice(from, to), more };
};

const included = { included: true };

const qualified = ({ machine, qualifier }: Execution) => {
  if (qualifier === undefined) return {};
  return /^\d+$/.test(qualifier)
    ? { stateMachineVersionArn: `${machine}:${qualifier}` }
    : { stateMachineAliasArn: `${machine}:${qualifier}` };
};

const described = (execution: Execution, now: number) => {
  const { input, output, error, cause, startedAt, stoppedAt } = execution;
  const why = whyNotRedrivable(execution, now);
  const redriveStatus =
    why === undefined
      ? { redriveStatus: 'REDRIVABLE' }
      : { redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason: why };
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machine,
    ...qualified(execution),
    name: execution.name,
    status: execution.status,
    startDate: seconds(startedAt),
    ...(stoppedAt === undefined ? {} : { stopDate: seconds(stoppedAt) }),
    input: JSON.stringify(input),
    inputDetails: included,
    ...(output === undefined ? {} : { output: JSON.stringify(output), outputDetails: included }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    redriveCount: execution.redrives ?? 0,
    ...(execution.redrivenAt === undefined ? {} : { redriveDate: seconds(execution.redrivenAt) }),
    ...redriveStatus,
  };
};

const listed = (execution: Execution, now: number) => {
  const {
    input: _,
    inputDetails: __,
    output: ___,
    outputDetails: ____,
    error: _e,
    cause: _c,
    ...rest
  } = {
    output: undefined,
    outputDetails: undefined,
    error: undefined,
    cause: undefined,
    ...described(execution, now),
  };
  return rest;
};

const machineOf = ({ machine, revision }: Resolved, stateMachineArn: string) => ({
  stateMachineArn,
  name: machine.name,
  status: 'ACTIVE',
  definition: revision.definition,
  roleArn: revision.role || `arn:aws:iam::${machine.arn.split(':')[4]}:role/${machine.name}`,
  type: machine.type,
  creationDate: seconds(machine.createdAt),
  revisionId: revision.id,
});

const aliasOf = (engine: Engine, stateMachineAliasArn: string) => {
  const { machine, qualifier = '' } = engine.describeStateMachine(stateMachineAliasArn);
  const alias = machine.aliases[qualifier];
  if (!alias) throw new ApiError('ResourceNotFound', `Resource not found: '${stateMachineAliasArn}'`);
  return {
    stateMachineAliasArn,
    name: qualifier,
    ...(alias.description === undefined ? {} : { description: alias.description }),
    routingConfiguration: [{ stateMachineVersionArn: `${machine.arn}:${alias.version}`, weight: 100 }],
    creationDate: seconds(alias.at),
    updateDate: seconds(alias.at),
  };
};

const routing = z
  .array(z.object({ stateMachineVersionArn: arn, weight: z.int() }))
  .min(1)
  .max(2);

const target = (routes: z.infer<typeof routing>): string => {
  const [only, second] = routes;
  if (!only || second || only.weight !== 100) {
    throw new ApiError(
      'ValidationException',
      'an alias points at one version with weight 100 here: weighted routing is not run locally',
    );
  }
  return only.stateMachineVersionArn;
};

type Handler = (engine: Engine, body: unknown) => unknown;

const call =
  <S extends z.ZodType>(shape: S, handle: (engine: Engine, request: z.infer<S>) => unknown): Handler =>
  (engine, body) => {
    const parsed = shape.safeParse(body);
    if (!parsed.success) {
      const what = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'body'}: ${issue.message}`);
      throw new ApiError(
        'ValidationException',
        `${what.length} validation error detected: ${what.join('; ')}`,
      );
    }
    return handle(engine, parsed.data);
  };

const without = <T extends object>(request: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(request).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };

/** Every call of the Step Functions API that is answered here, by the name in `X-Amz-Target`. */
export const CALLS: Record<string, Handler> = {
  CreateStateMachine: call(
    z.object({
      name: z.string(),
      definition: z.string().min(1).max(1_048_576),
      roleArn: z.string().optional(),
      type: z.enum(['STANDARD', 'EXPRESS']).optional(),
      publish: z.boolean().optional(),
      versionDescription: z.string().optional(),
    }),
    async (engine, request) => {
      if (request.type === 'EXPRESS')
        throw new ApiError('ValidationException', 'only STANDARD machines run here, not EXPRESS');
      const { type: _, ...rest } = without(request);
      return dated(await engine.createStateMachine(rest as Parameters<Engine['createStateMachine']>[0]));
    },
  ),
  UpdateStateMachine: call(
    z.object({
      stateMachineArn: arn,
      definition: z.string().optional(),
      roleArn: z.string().optional(),
      publish: z.boolean().optional(),
      versionDescription: z.string().optional(),
    }),
    async (engine, request) =>
      dated(await engine.updateStateMachine(without(request) as Parameters<Engine['updateStateMachine']>[0])),
  ),
  DeleteStateMachine: call(z.object({ stateMachineArn: arn }), async (engine, { stateMachineArn }) => {
    await engine.deleteStateMachine(stateMachineArn);
    return {};
  }),
  DescribeStateMachine: call(z.object({ stateMachineArn: arn }), (engine, { stateMachineArn }) =>
    machineOf(engine.describeStateMachine(stateMachineArn), stateMachineArn),
  ),
  DescribeStateMachineForExecution: call(z.object({ executionArn: arn }), (engine, { executionArn }) => {
    const execution = engine.describeExecution(executionArn);
    const found = engine.describeStateMachine(execution.machine);
    const revision = found.machine.revisions[execution.revision - 1] ?? found.revision;
    const {
      creationDate,
      status: _,
      type: __,
      ...rest
    } = machineOf({ ...found, revision }, execution.machine);
    return { ...rest, updateDate: creationDate };
  }),
  ListStateMachines: call(z.object(page), (engine, request) => {
    const { part, more } = paged(engine.listStateMachines(), request);
    const stateMachines = part.map((machine) => ({
      stateMachineArn: machine.arn,
      name: machine.name,
      type: machine.type,
      creationDate: seconds(machine.createdAt),
    }));
    return { stateMachines, ...more };
  }),
  ValidateStateMachineDefinition: call(
    z.object({ definition: z.string(), type: z.string().optional() }),
    (_, request) => {
      try {
        compileMachine(request.definition);
        return { result: 'OK', diagnostics: [], truncated: false };
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        const diagnostic = { severity: 'ERROR', code: 'SCHEMA_VALIDATION_FAILED', message: error.message };
        return { result: 'FAIL', diagnostics: [diagnostic], truncated: false };
      }
    },
  ),
  PublishStateMachineVersion: call(
    z.object({ stateMachineArn: arn, description: z.string().optional() }),
    async (engine, request) =>
      dated(
        await engine.publishStateMachineVersion(
          without(request) as { stateMachineArn: string; description?: string },
        ),
      ),
  ),
  ListStateMachineVersions: call(z.object({ stateMachineArn: arn, ...page }), (engine, request) => {
    const { machine } = engine.describeStateMachine(request.stateMachineArn);
    const versions = Object.entries(machine.versions).reverse();
    const { part, more } = paged(versions, request);
    const stateMachineVersions = part.map(([version, { at }]) => ({
      stateMachineVersionArn: `${machine.arn}:${version}`,
      creationDate: seconds(at),
    }));
    return { stateMachineVersions, ...more };
  }),
  CreateStateMachineAlias: call(
    z.object({ name: z.string(), description: z.string().optional(), routingConfiguration: routing }),
    async (engine, { name, description, routingConfiguration }) => {
      const stateMachineVersionArn = target(routingConfiguration);
      const { machine } = engine.describeStateMachine(stateMachineVersionArn);
      const known = machine.aliases[name];
      if (known && `${machine.arn}:${known.version}` !== stateMachineVersionArn) {
        throw new ApiError(
          'ConflictException',
          `the alias ${name} exists already and points elsewhere; update it instead`,
        );
      }
      const { stateMachineAliasArn, creationDate } = await engine.putStateMachineAlias({
        name,
        stateMachineVersionArn,
        ...(description === undefined ? {} : { description }),
      });
      return dated({ stateMachineAliasArn, creationDate });
    },
  ),
  UpdateStateMachineAlias: call(
    z.object({
      stateMachineAliasArn: arn,
      description: z.string().optional(),
      routingConfiguration: routing.optional(),
    }),
    async (engine, { stateMachineAliasArn, description, routingConfiguration }) => {
      const known = aliasOf(engine, stateMachineAliasArn);
      const version = target(routingConfiguration ?? known.routingConfiguration);
      const said = description ?? known.description;
      const { updateDate } = await engine.putStateMachineAlias({
        name: known.name,
        stateMachineVersionArn: version,
        ...(said === undefined ? {} : { description: said }),
      });
      return dated({ updateDate });
    },
  ),
  DescribeStateMachineAlias: call(z.object({ stateMachineAliasArn: arn }), (engine, request) =>
    aliasOf(engine, request.stateMachineAliasArn),
  ),
  ListStateMachineAliases: call(z.object({ stateMachineArn: arn, ...page }), (engine, request) => {
    const { machine } = engine.describeStateMachine(request.stateMachineArn);
    const { part, more } = paged(Object.entries(machine.aliases), request);
    const stateMachineAliases = part.map(([name, { at }]) => ({
      stateMachineAliasArn: `${machine.arn}:${name}`,
      creationDate: seconds(at),
    }));
    return { stateMachineAliases, ...more };
  }),
  StartExecution: call(
    z.object({
      stateMachineArn: arn,
      name: z.string().optional(),
      input: z.string().optional(),
      traceHeader: z.string().optional(),
    }),
    async (engine, { stateMachineArn, name, input }) =>
      dated(await engine.startExecution({ stateMachineArn, name, input })),
  ),
  StopExecution: call(
    z.object({ executionArn: arn, error: z.string().optional(), cause: z.string().optional() }),
    async (engine, request) =>
      dated(
        await engine.stopExecution(
          without(request) as { executionArn: string; error?: string; cause?: string },
        ),
      ),
  ),
  RedriveExecution: call(
    z.object({ executionArn: arn, clientToken: z.string().optional() }),
    async (engine, { executionArn }) => dated(await engine.redriveExecution({ executionArn })),
  ),
  DescribeExecution: call(
    z.object({ executionArn: arn, includedData: z.string().optional() }),
    (engine, request) =>
      described(engine.describeExecution(request.executionArn), engine.clock.now().getTime()),
  ),
  GetExecutionHistory: call(
    z.object({
      executionArn: arn,
      reverseOrder: z.boolean().optional(),
      includeExecutionData: z.boolean().optional(),
      ...page,
    }),
    (engine, request) => {
      const from = offsetOf(request.nextToken);
      const to = from + (request.maxResults || 100);
      const { executionArn, reverseOrder = false } = request;
      const events = engine
        .getExecutionHistory(executionArn, { from, to, reverseOrder })
        .map((event) => ({ ...event, timestamp: seconds(event.timestamp) }));
      const more = to < engine.describeExecution(executionArn).events;
      return { events, ...(more ? { nextToken: Buffer.from(String(to)).toString('base64url') } : {}) };
    },
  ),
  ListExecutions: call(
    z.object({ stateMachineArn: arn, statusFilter: status.optional(), ...page }),
    (engine, request) => {
      const { stateMachineArn, statusFilter } = request;
      const { part, more } = paged(engine.listExecutions({ stateMachineArn, status: statusFilter }), request);
      const now = engine.clock.now().getTime();
      return { executions: part.map((one) => listed(one, now)), ...more };
    },
  ),
  SendTaskSuccess: call(
    z.object({ taskToken: z.string().min(1), output: z.string() }),
    async (engine, request) => {
      await engine.sendTaskSuccess(request);
      return {};
    },
  ),
  SendTaskFailure: call(
    z.object({
      taskToken: z.string().min(1),
      error: z.string().max(256).optional(),
      cause: z.string().max(32_768).optional(),
    }),
    async (engine, request) => {
      await engine.sendTaskFailure(request);
      return {};
    },
  ),
  SendTaskHeartbeat: call(z.object({ taskToken: z.string().min(1) }), async (engine, request) => {
    await engine.sendTaskHeartbeat(request);
    return {};
  }),
};

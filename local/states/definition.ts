import { ApiError } from './errors.ts';
import { expressionText } from './expression.ts';
import type { Json, JsonObject } from './json.ts';
import { compileTemplate, compileTyped, type Report, type Template } from './template.ts';

/** Output and variables, as a state, a choice rule and a catcher give them. */
export type Yield = {
  readonly output?: Template;
  readonly assign?: readonly (readonly [string, Template])[];
};

export type Retrier = {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly jitter: boolean;
};

export type Catcher = Yield & { readonly errors: readonly string[]; readonly next: string };

export type Rule = Yield & { readonly condition: Template; readonly next: string };

/** How a Task reaches its service and how its events are called. */
export type Resource = {
  readonly arn: string;
  /** As handed to the services port: `lambda:invoke`, or the ARN of a function. */
  readonly call: string;
  readonly resource: string;
  readonly resourceType: string;
  readonly events: 'Task' | 'LambdaFunction';
  /** Whether the task ends by its token, not by the service's answer. */
  readonly token: boolean;
};

export type StateNode = Yield & {
  readonly name: string;
  readonly type: 'Task' | 'Pass' | 'Wait' | 'Choice' | 'Parallel' | 'Map' | 'Succeed' | 'Fail';
  readonly next?: string;
  readonly retry: readonly Retrier[];
  readonly catch: readonly Catcher[];
  readonly arguments?: Template;
  readonly resource?: Resource;
  readonly timeoutSeconds?: Template;
  readonly heartbeatSeconds?: Template;
  readonly seconds?: Template;
  readonly timestamp?: Template;
  readonly rules?: readonly Rule[];
  readonly error?: Template;
  readonly cause?: Template;
  /** Keys of the branches of a Parallel, or of the one processor of a Map. */
  readonly branches?: readonly string[];
  readonly items?: Template;
  readonly itemSelector?: Template;
  readonly maxConcurrency?: Template;
  readonly tolerated?: readonly Template[];
};

export type Branch = { readonly startAt: string; readonly states: ReadonlyMap<string, StateNode> };

/** A compiled machine: the top level has the key `''`, nested branches `Parallel name/0`, `Map name/`. */
export type Program = {
  readonly branches: ReadonlyMap<string, Branch>;
  readonly timeoutSeconds: number | undefined;
};

const COMMON = ['Type', 'Comment', 'QueryLanguage'];
const FLOW = ['Next', 'End', 'Output', 'Assign'];
const FIELDS: Record<StateNode['type'], readonly string[]> = {
  Task: [
    ...FLOW,
    'Arguments',
    'Resource',
    'Retry',
    'Catch',
    'TimeoutSeconds',
    'HeartbeatSeconds',
    'Credentials',
  ],
  Pass: FLOW,
  Wait: [...FLOW, 'Seconds', 'Timestamp'],
  Choice: ['Choices', 'Default', 'Output', 'Assign'],
  Parallel: [...FLOW, 'Arguments', 'Branches', 'Retry', 'Catch'],
  Map: [
    ...FLOW,
    'Items',
    'ItemSelector',
    'ItemProcessor',
    'MaxConcurrency',
    'Retry',
    'Catch',
    'ToleratedFailureCount',
    'ToleratedFailurePercentage',
  ],
  Succeed: ['Output'],
  Fail: ['Error', 'Cause'],
};
const MACHINE_FIELDS = ['StartAt', 'States', 'Comment', 'QueryLanguage', 'TimeoutSeconds', 'Version'];
/** Fields of the parts of a state. */
const PARTS = {
  rule: ['Condition', 'Next', 'Assign', 'Output', 'Comment'],
  catcher: ['ErrorEquals', 'Next', 'Assign', 'Output', 'Comment'],
  retrier: [
    'ErrorEquals',
    'IntervalSeconds',
    'MaxAttempts',
    'BackoffRate',
    'MaxDelaySeconds',
    'JitterStrategy',
    'Comment',
  ],
  branch: ['StartAt', 'States', 'Comment', 'QueryLanguage', 'ProcessorConfig'],
} as const;
const LAMBDA_ARN = /^arn:aws[\w-]*:lambda:[^:]*:[^:]*:function:/;
const INTEGRATION =
  /^arn:aws[\w-]*:states:[^:]*:[^:]*:((?:aws-sdk:)?[\w-]+):([\w-]+?)(\.waitForTaskToken|\.sync(?::2)?)?$/;

const object = (value: unknown): JsonObject | undefined =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : undefined;

const parseResource = (arn: string): Resource | undefined => {
  if (LAMBDA_ARN.test(arn)) {
    return { arn, call: arn, resource: arn, resourceType: 'lambda', events: 'LambdaFunction', token: false };
  }
  const [, service, action, pattern = ''] = INTEGRATION.exec(arn) ?? [];
  if (!service || !action) return undefined;
  return {
    arn,
    call: `${service}:${action}`,
    resource: `${action}${pattern}`,
    resourceType: service,
    events: 'Task',
    token: pattern !== '',
  };
};

/**
 * Checks and compiles a definition once for all its executions.
 *
 * @throws {ApiError} InvalidDefinition, with every problem and where it is; a field this engine does not
 * know is a problem, since leaving it out silently would run another machine than the cloud
 */
export const compileMachine = (text: string): Program => {
  const problems: string[] = [];
  const branches = new Map<string, Branch>();
  let definition: JsonObject | undefined;
  try {
    definition = object(JSON.parse(text));
  } catch (error) {
    throw new ApiError(
      'InvalidDefinition',
      `Invalid State Machine Definition: 'INVALID_JSON_DESCRIPTION: ${(error as Error).message}'`,
    );
  }

  const checkPart = (fields: JsonObject, part: keyof typeof PARTS, at: string): void => {
    for (const field of Object.keys(fields)) {
      if (!(PARTS[part] as readonly string[]).includes(field)) {
        problems.push(`${at}/${field}: a ${part} takes no ${field}; it takes ${PARTS[part].join(', ')}`);
      }
    }
  };

  const compileBranch = (value: Json | undefined, key: string, where: string, language: string): void => {
    const branch = object(value);
    const states = object(branch?.States);
    const startAt = branch?.StartAt;
    if (!branch || !states || typeof startAt !== 'string') {
      problems.push(`${where || '/'}: needs StartAt and States`);
      return;
    }
    if (where !== '') checkPart(branch, 'branch', where);
    const nodes = new Map<string, StateNode>();
    branches.set(key, { startAt, states: nodes });
    const target = (name: Json | undefined, field: string): string => {
      if (typeof name !== 'string' || !Object.hasOwn(states, name)) {
        problems.push(
          `${field}: ${JSON.stringify(name) ?? 'nothing'} is no state here; states are ${Object.keys(states).join(', ')}`,
        );
      }
      return String(name);
    };
    target(startAt, `${where}/StartAt`);
    for (const [name, state] of Object.entries(states)) {
      const at = `${where}/States/${name}`;
      const fields = object(state);
      if (!fields) problems.push(`${at}: a state is an object, not ${JSON.stringify(state)}`);
      else nodes.set(name, compileState(name, fields, key, at, language, target) as StateNode);
    }
  };

  const compileYield = (fields: JsonObject, prefix: string, report: Report): Yield => ({
    ...(fields.Output === undefined
      ? {}
      : { output: compileTemplate(fields.Output, `${prefix}Output`, report) }),
    ...(fields.Assign === undefined
      ? {}
      : {
          assign: Object.entries(object(fields.Assign) ?? {}).map(([name, value]) => {
            if (name === 'states' || !/^[\p{L}_$][\p{L}\p{N}_$]{0,79}$/u.test(name))
              report(`${prefix}Assign/${name}`, 'is no name for a variable');
            return [name, compileTemplate(value, `${prefix}Assign/${name}`, report)] as const;
          }),
        }),
  });

  const errorsOf = (fields: JsonObject, at: string, last: boolean): string[] => {
    const errors = fields.ErrorEquals;
    if (!Array.isArray(errors) || errors.length === 0 || !errors.every((e) => typeof e === 'string')) {
      problems.push(`${at}: ErrorEquals is a list of error names, not ${JSON.stringify(errors)}`);
      return [];
    }
    if (errors.includes('States.ALL') && (errors.length > 1 || !last)) {
      problems.push(`${at}: States.ALL stands alone, in the last entry`);
    }
    return errors as string[];
  };

  const numberOf = (
    fields: JsonObject,
    field: string,
    fallback: number,
    least: number,
    at: string,
  ): number => {
    const value = fields[field] ?? fallback;
    if (typeof value !== 'number' || value < least) {
      problems.push(`${at}/${field}: ${JSON.stringify(value)} is no number from ${least}`);
      return fallback;
    }
    return value;
  };

  const compileRetry = (value: Json | undefined, at: string): Retrier[] =>
    (Array.isArray(value) ? value : []).map((entry, n, list) => {
      const fields = object(entry) ?? {};
      const here = `${at}/Retry[${n}]`;
      checkPart(fields, 'retrier', here);
      return {
        errors: errorsOf(fields, here, n === list.length - 1),
        intervalSeconds: numberOf(fields, 'IntervalSeconds', 1, 1, here),
        maxAttempts: numberOf(fields, 'MaxAttempts', 3, 0, here),
        backoffRate: numberOf(fields, 'BackoffRate', 2, 1, here),
        maxDelaySeconds: numberOf(fields, 'MaxDelaySeconds', Number.MAX_SAFE_INTEGER, 1, here),
        jitter: fields.JitterStrategy === 'FULL',
      };
    });

  const compileState = (
    name: string,
    fields: JsonObject,
    key: string,
    at: string,
    outer: string,
    target: (name: Json | undefined, field: string) => string,
  ): StateNode | undefined => {
    const report: Report = (location, problem) => problems.push(`${at}/${location}: ${problem}`);
    const type = fields.Type as StateNode['type'];
    if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) {
      problems.push(
        `${at}/Type: ${JSON.stringify(type)} is no type of state; types are ${Object.keys(FIELDS).join(', ')}`,
      );
      return undefined;
    }
    if ((fields.QueryLanguage ?? outer) !== 'JSONata') {
      problems.push(
        `${at}/QueryLanguage: only JSONata runs here, not ${JSON.stringify(fields.QueryLanguage ?? outer)}; set "QueryLanguage": "JSONata" on the machine`,
      );
      return undefined;
    }
    for (const field of Object.keys(fields)) {
      if (![...COMMON, ...FIELDS[type]].includes(field)) {
        problems.push(
          `${at}/${field}: a ${type} state takes no ${field}; it takes ${FIELDS[type].join(', ')}`,
        );
      }
    }
    if (fields.Credentials !== undefined)
      problems.push(`${at}/Credentials: other accounts' roles do not exist locally`);
    const typed = (field: string, kind: string): Template | undefined =>
      fields[field] === undefined ? undefined : compileTyped(fields[field], kind, field, report);
    const plainNumber = (field: string): Template | undefined => {
      const value = fields[field];
      if (value !== undefined && typeof value !== 'number' && expressionText(value) === undefined) {
        problems.push(`${at}/${field}: ${JSON.stringify(value)} is neither a number nor an expression`);
      }
      return typed(field, 'number');
    };
    const node: Record<string, unknown> = {
      name,
      type,
      retry: compileRetry(fields.Retry, at),
      catch: (Array.isArray(fields.Catch) ? fields.Catch : []).map((entry, n, list) => {
        const catcher = object(entry) ?? {};
        checkPart(catcher, 'catcher', `${at}/Catch[${n}]`);
        return {
          errors: errorsOf(catcher, `${at}/Catch[${n}]`, n === list.length - 1),
          next: target(catcher.Next, `${at}/Catch[${n}]/Next`),
          ...compileYield(catcher, `Catch[${n}]/`, report),
        };
      }),
      ...compileYield(fields, '', report),
    };
    const set = (field: string, value: unknown) => {
      if (value !== undefined) node[field] = value;
    };
    if (!['Choice', 'Succeed', 'Fail'].includes(type)) {
      if (fields.End !== true) set('next', target(fields.Next, `${at}/Next`));
      else if (fields.Next !== undefined) problems.push(`${at}: Next and End exclude each other`);
    }
    if (fields.Arguments !== undefined)
      set('arguments', compileTemplate(fields.Arguments, 'Arguments', report));
    switch (type) {
      case 'Task': {
        const resource = typeof fields.Resource === 'string' ? parseResource(fields.Resource) : undefined;
        if (!resource) {
          problems.push(
            `${at}/Resource: ${JSON.stringify(fields.Resource)} is neither a function's ARN nor arn:aws:states:::service:action`,
          );
        }
        if (resource?.resource.includes('.sync') && resource.call !== 'states:startExecution') {
          problems.push(
            `${at}/Resource: .sync is known for states:startExecution only, not for ${resource.call}`,
          );
        }
        set('resource', resource);
        set('timeoutSeconds', plainNumber('TimeoutSeconds'));
        set('heartbeatSeconds', plainNumber('HeartbeatSeconds'));
        break;
      }
      case 'Wait':
        set('seconds', plainNumber('Seconds'));
        set('timestamp', typed('Timestamp', 'string'));
        if ((fields.Seconds === undefined) === (fields.Timestamp === undefined)) {
          problems.push(`${at}: a Wait needs Seconds or Timestamp, and only one of them`);
        }
        break;
      case 'Choice':
        if (fields.Default !== undefined) set('next', target(fields.Default, `${at}/Default`));
        if (!Array.isArray(fields.Choices) || fields.Choices.length === 0)
          problems.push(`${at}/Choices: a Choice needs at least one rule`);
        set(
          'rules',
          (Array.isArray(fields.Choices) ? fields.Choices : []).map((entry, n) => {
            const rule = object(entry) ?? {};
            checkPart(rule, 'rule', `${at}/Choices[${n}]`);
            const condition = rule.Condition;
            if (
              condition === undefined ||
              (typeof condition !== 'boolean' && expressionText(condition) === undefined)
            ) {
              problems.push(
                `${at}/Choices[${n}]/Condition: ${JSON.stringify(condition)} is no {% expression %}`,
              );
            }
            return {
              condition: compileTyped(condition ?? false, 'boolean', `Choices[${n}]/Condition`, report),
              next: target(rule.Next, `${at}/Choices[${n}]/Next`),
              ...compileYield(rule, `Choices[${n}]/`, report),
            };
          }),
        );
        break;
      case 'Parallel': {
        const list = Array.isArray(fields.Branches) ? fields.Branches : [];
        if (list.length === 0) problems.push(`${at}/Branches: a Parallel needs at least one branch`);
        const keys = list.map((_, n) => `${key}${key && '/'}${name}/${n}`);
        list.forEach((branch, n) => {
          compileBranch(branch, keys[n] as string, `${at}/Branches[${n}]`, 'JSONata');
        });
        set('branches', keys);
        break;
      }
      case 'Map': {
        const processor = object(fields.ItemProcessor);
        const mode = object(processor?.ProcessorConfig)?.Mode ?? 'INLINE';
        if (mode !== 'INLINE')
          problems.push(
            `${at}/ItemProcessor/ProcessorConfig/Mode: only INLINE runs here, not ${JSON.stringify(mode)}`,
          );
        const branch = `${key}${key && '/'}${name}/`;
        compileBranch(fields.ItemProcessor, branch, `${at}/ItemProcessor`, 'JSONata');
        set('branches', [branch]);
        if (fields.Items !== undefined) set('items', compileTyped(fields.Items, 'array', 'Items', report));
        if (fields.ItemSelector !== undefined)
          set('itemSelector', compileTemplate(fields.ItemSelector, 'ItemSelector', report));
        set('maxConcurrency', plainNumber('MaxConcurrency'));
        set(
          'tolerated',
          ['ToleratedFailureCount', 'ToleratedFailurePercentage'].map(plainNumber).filter(Boolean),
        );
        break;
      }
      case 'Fail':
        set('error', typed('Error', 'string'));
        set('cause', typed('Cause', 'string'));
        break;
      case 'Pass':
      case 'Succeed':
        break;
      default:
        return type satisfies never;
    }
    return node as StateNode;
  };

  for (const field of Object.keys(definition ?? {})) {
    if (!MACHINE_FIELDS.includes(field))
      problems.push(`/${field}: a machine takes no ${field}; it takes ${MACHINE_FIELDS.join(', ')}`);
  }
  compileBranch(definition, '', '', String(definition?.QueryLanguage ?? 'JSONPath'));
  if (problems.length > 0) {
    throw new ApiError(
      'InvalidDefinition',
      `Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: ${problems.join('; ')}'`,
    );
  }
  const limit = definition?.TimeoutSeconds;
  return { branches, timeoutSeconds: typeof limit === 'number' ? limit : undefined };
};

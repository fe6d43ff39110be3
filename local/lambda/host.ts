import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createFaults, type Faults } from './faults.ts';

/** A function of the template. */
export type HostedFunction = {
  name: string;
  arn: string;
  /** The source file from the root of the repository, and the name it exports the handler under. */
  entry: string;
  handler: string;
  timeoutSeconds: number;
};

/** What a function threw, in the form in which Lambda reports it to a caller. */
export class FunctionFailed extends Error {
  override readonly name = 'FunctionFailed';
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: string[];

  constructor(
    functionName: string,
    error: { errorType: string; errorMessage: string; stackTrace: string[] },
    cause: unknown,
  ) {
    super(`${functionName}: ${error.errorType}: ${error.errorMessage}`, { cause });
    this.errorType = error.errorType;
    this.errorMessage = error.errorMessage;
    this.stackTrace = error.stackTrace;
  }
}

/** The template names sources that are not there, or a function that is not in the template. */
export class FunctionMissing extends Error {
  override readonly name = 'FunctionMissing';
}

type Handler = (event: unknown, context: object) => unknown;

/** Runs the template's functions in this process. */
export type Host = {
  /** Imports every handler, so that the first event of each is as fast as the next. */
  load(): Promise<void>;
  /**
   * Calls a function by name, logical id or ARN, as a synchronous invocation does.
   *
   * @throws {FunctionFailed} for what it threw, or when its time was up
   */
  invoke(function_: string, event: unknown): Promise<unknown>;
  find(function_: string): HostedFunction;
  faults: Faults;
};

/**
 * Makes a host for functions whose sources are all there.
 *
 * @param options.root - the folder that entries are counted from
 * @param options.onDone - told after each invocation; `error` is undefined when it went well
 * @throws {FunctionMissing} with every entry that is not a file
 */
export const createHost = (options: {
  functions: readonly (HostedFunction & { logicalId?: string })[];
  root: string;
  onDone?: (done: { name: string; milliseconds: number; error: FunctionFailed | undefined }) => void;
}): Host => {
  const { functions, root, onDone } = options;
  const missing = functions.filter(({ entry }) => !existsSync(join(root, entry)));
  if (missing.length > 0) {
    const list = missing.map(({ name, entry }) => `${name}: ${entry}`).join(', ');
    throw new FunctionMissing(
      `no source for ${missing.length} functions in ${root}: ${list}; write them, or take them from the app`,
    );
  }
  const byName = new Map(
    functions.flatMap((hosted) => [
      [hosted.name, hosted] as const,
      [hosted.arn, hosted] as const,
      ...(hosted.logicalId === undefined ? [] : [[hosted.logicalId, hosted] as const]),
    ]),
  );
  const handlers = new Map<string, Promise<Handler>>();
  const faults = createFaults();

  const find = (function_: string): HostedFunction => {
    // A version or alias is the source as it is now.
    const found =
      byName.get(function_) ?? byName.get(function_.replace(/^(arn:aws:lambda:.*:function:[^:]+):.*$/, '$1'));
    if (found !== undefined) return found;
    const names = functions.map(({ name }) => name).join(', ');
    throw new FunctionMissing(`${function_} is no function of the template; functions are ${names}`);
  };

  const handlerOf = ({ name, entry, handler }: HostedFunction): Promise<Handler> => {
    const known = handlers.get(name);
    if (known !== undefined) return known;
    const imported = importSource(root, entry).then((module) => {
      const exported = module[handler];
      if (typeof exported === 'function') return exported as Handler;
      throw new FunctionMissing(
        `${entry} exports no function "${handler}"; it exports ${Object.keys(module).sort().join(', ')}`,
      );
    });
    handlers.set(name, imported);
    return imported;
  };

  const run = async (hosted: HostedFunction, event: unknown): Promise<unknown> => {
    const fault = faults.take(hosted.name, event);
    if (fault?.when === 'before') throw fault.error;
    const handler = await handlerOf(hosted);
    const { context, late, stop } = createContext(hosted);
    try {
      // Through JSON both ways, as over the wire: a function shares no object with its caller.
      const answer = await Promise.race([handler(throughJson(event), context), late]);
      if (fault?.when === 'after') throw fault.error;
      return throughJson(answer);
    } finally {
      stop();
    }
  };

  return {
    load: async () => {
      await Promise.all(functions.map(handlerOf));
    },
    find,
    faults,
    invoke: async (function_, event) => {
      const hosted = find(function_);
      const since = performance.now();
      let failed: FunctionFailed | undefined;
      try {
        return await run(hosted, event);
      } catch (error) {
        failed = new FunctionFailed(hosted.name, reported(error), error);
        throw failed;
      } finally {
        onDone?.({ name: hosted.name, milliseconds: performance.now() - since, error: failed });
      }
    },
  };
};

/** Imports a source file of the repository; the same file is the same module as for everyone who imports it. */
export const importSource = (root: string, entry: string): Promise<Record<string, unknown>> =>
  import(/* @vite-ignore */ pathToFileURL(join(root, entry)).href) as Promise<Record<string, unknown>>;

const throughJson = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value) ?? 'null');

const reported = (error: unknown): { errorType: string; errorMessage: string; stackTrace: string[] } =>
  error instanceof Error
    ? {
        errorType: error.name,
        errorMessage: error.message,
        stackTrace: (error.stack ?? '')
          .split('\n')
          .slice(1)
          .map((line) => line.trim()),
      }
    : { errorType: typeof error, errorMessage: String(error), stackTrace: [] };

/** The context object, and a promise that rejects when the function's real time is up. */
const createContext = ({ name, arn, timeoutSeconds }: HostedFunction) => {
  const requestId = crypto.randomUUID();
  const deadline = performance.now() + timeoutSeconds * 1000;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const error = new Error(
        `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      );
      error.name = 'Sandbox.Timedout';
      reject(error);
    }, timeoutSeconds * 1000);
    timer.unref();
  });
  const context = {
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: '256',
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - performance.now()),
  };
  return { context, late, stop: () => clearTimeout(timer) };
};

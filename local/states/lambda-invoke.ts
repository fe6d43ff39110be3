import { ServiceError } from './errors.ts';

/** One invocation of a function, as the service sees it, whichever of the two forms of a Task asked for it. */
export type Invocation = { functionName: string; qualifier?: string; payload: unknown };

/** What a function threw, in the form its runtime reports it. */
export type FunctionError = { errorType: string; errorMessage: string; stackTrace?: string[] };

const FUNCTION = /^(?:arn:aws[\w-]*:lambda:[^:]*:[^:]*:function:)?([\w-]+)(?::([\w$-]+))?$/;

/** Reads a `lambda:invoke` task, or one whose resource is the function's ARN; `undefined` for any other task. */
export const readInvocation = (resource: string, args: unknown): Invocation | undefined => {
  if (resource !== 'lambda:invoke') {
    const [, name, qualifier] = resource.startsWith('arn:') ? (FUNCTION.exec(resource) ?? []) : [];
    return name ? { functionName: name, ...(qualifier ? { qualifier } : {}), payload: args } : undefined;
  }
  const { FunctionName, Payload, Qualifier } = (args ?? {}) as { [key: string]: unknown };
  const [, name, inName] = FUNCTION.exec(String(FunctionName)) ?? [];
  if (!name)
    throw new ServiceError({
      error: 'Lambda.InvalidParameterValueException',
      cause: `no function is called ${FunctionName}`,
    });
  const qualifier = typeof Qualifier === 'string' ? Qualifier : inName;
  return { functionName: name, ...(qualifier ? { qualifier } : {}), payload: rawBody(Payload) };
};

/** A string payload is the raw body of the request: `"0.0"` reaches the function as the number 0. */
const rawBody = (payload: unknown): unknown => {
  if (payload === undefined) return {};
  if (typeof payload !== 'string') return payload;
  try {
    return JSON.parse(payload);
  } catch (error) {
    throw new ServiceError({
      error: 'Lambda.InvalidRequestContentException',
      cause: `Could not parse request body into json: ${(error as Error).message} (Service: AWSLambda; Status Code: 400; Error Code: InvalidRequestContentException)`,
    });
  }
};

/** The result of the task: the bare return value for a function's ARN, the service's answer for `lambda:invoke`. */
export const invocationResult = (resource: string, returned: unknown, requestId: string): unknown => {
  const payload = returned === undefined ? null : returned;
  if (resource !== 'lambda:invoke') return payload;
  return {
    ExecutedVersion: '$LATEST',
    Payload: payload,
    SdkHttpMetadata: { HttpStatusCode: 200 },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
};

/** The failure of the task when the function threw: its type is the error, the runtime's report the cause. */
export const invocationFailure = (
  { errorType, errorMessage, stackTrace = [] }: FunctionError,
  requestId: string,
): ServiceError =>
  new ServiceError({
    error: errorType,
    cause: JSON.stringify({ errorMessage, errorType, requestId, stackTrace }),
  });

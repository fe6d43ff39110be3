import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsFault, answer, answerFault, jsonOf, readBody } from '../aws/aws-json.ts';
import { FunctionFailed, FunctionMissing } from './host.ts';

const TYPE = 'application/json';
const path = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/;
/** The most that a synchronous call takes. */
const bytes = 6 * 1024 * 1024;

/** Whether a request is one that calls a function. */
export const isInvocation = (req: IncomingMessage): boolean =>
  path.test(new URL(req.url ?? '/', 'http://localhost').pathname);

type Invoking = {
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** takes an event for a function, to be called with when there is time */
  accept(functionName: string, event: unknown): void;
};

/** Answers Lambda's `Invoke`: a function's answer, or what it threw, as the service puts it; or, for `Event`, at once. */
export const invokeHandler =
  ({ invoke, accept }: Invoking) =>
  async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    try {
      const { pathname } = new URL(req.url ?? '/', 'http://localhost');
      const name = decodeURIComponent(path.exec(pathname)?.[1] ?? '');
      const event = jsonOf(await readBody(req, bytes));
      if (req.headers['x-amz-invocation-type'] === 'Event') {
        accept(name, event);
        res.writeHead(202).end();
        return;
      }
      res.setHeader('x-amz-executed-version', '$LATEST');
      answer(res, 200, await invoke(name, event), TYPE);
    } catch (error) {
      if (error instanceof FunctionFailed) {
        res.setHeader('x-amz-function-error', 'Unhandled');
        const { errorType, errorMessage, stackTrace: trace } = error;
        answer(res, 200, { errorType, errorMessage, trace }, TYPE);
        return;
      }
      answerFault(
        res,
        error instanceof FunctionMissing
          ? new AwsFault('ResourceNotFoundException', error.message, 404)
          : error,
        TYPE,
      );
    }
  };

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from './engine.ts';
import { ApiError } from './errors.ts';
import { CALLS } from './wire-calls.ts';

const PREFIX = 'AWSStepFunctions.';

/** The service takes definitions of 1 MiB; their JSON string may be longer. */
const BODY_LIMIT = 4 * 1_048_576;

const read = async (request: IncomingMessage): Promise<unknown> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT)
      throw new ApiError('ValidationException', `the body is larger than ${BODY_LIMIT} bytes`);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch (error) {
    throw new ApiError('ValidationException', `the body is no JSON: ${(error as Error).message}`);
  }
};

const answer = (response: ServerResponse, status: number, body: unknown, type?: string): void => {
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': crypto.randomUUID(),
    ...(type ? { 'x-amzn-errortype': type } : {}),
  });
  response.end(JSON.stringify(body));
};

/**
 * Answers the Step Functions wire protocol (AWS JSON 1.0) for an engine. Signatures are not checked: the
 * endpoint is for this machine only, so bind it to the loopback.
 */
export const sfnHandler =
  (engine: Engine) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    try {
      const target = String(request.headers['x-amz-target'] ?? '');
      const name = target.startsWith(PREFIX) ? target.slice(PREFIX.length) : '';
      const body = await read(request);
      const call = Object.hasOwn(CALLS, name) ? CALLS[name] : undefined;
      if (request.method !== 'POST' || !call) {
        const known = Object.keys(CALLS).join(', ');
        throw new ApiError(
          'UnknownOperationException',
          `${request.method} "${target}" is not answered here; calls are ${known}`,
        );
      }
      answer(response, 200, await call(engine, body));
    } catch (error) {
      if (error instanceof ApiError) {
        answer(
          response,
          400,
          { __type: `com.amazonaws.states#${error.name}`, message: error.message },
          error.name,
        );
        return;
      }
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      answer(
        response,
        500,
        { __type: 'com.amazonaws.states#InternalServerException', message },
        'InternalServerException',
      );
    }
  };

/** Serves an engine on the loopback; port 0 takes a free one. */
export const serveStates = async (
  engine: Engine,
  port = 0,
): Promise<{ url: string; close(): Promise<void> }> => {
  const handle = sfnHandler(engine);
  const server: Server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', listening);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
};

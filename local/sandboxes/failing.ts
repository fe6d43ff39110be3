import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FaultPlan } from './faults.ts';

/** Faults of a connection, which every provider can have; each sandbox adds those of its own protocol. */
export const connectionFaults = {
  down: 'the connection is cut before anything is read',
  slow: 'the request is taken and never answered',
  html: 'a page of a gateway in the place of the answer, with 502',
  malformed: 'an answer that breaks off in the middle',
} as const;

/** Fails a request if one of these faults is planned. @returns whether it did, so that nothing more is to be answered */
export const failsAsPlanned = (
  faults: FaultPlan,
  request: IncomingMessage,
  response: ServerResponse,
): boolean => {
  const fault = faults.take(...Object.keys(connectionFaults)) as keyof typeof connectionFaults | undefined;
  if (fault === undefined) return false;
  switch (fault) {
    case 'down':
      request.socket.destroy();
      break;
    case 'slow':
      request.resume(); // whoever asked hangs up
      break;
    case 'html':
      request.resume();
      response
        .writeHead(502, { 'content-type': 'text/html' })
        .end('<html><body><h1>502 Bad Gateway</h1></body></html>');
      break;
    case 'malformed':
      request.resume();
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"answer": [1, 2');
      break;
    default:
      fault satisfies never;
  }
  return true;
};

import { type IncomingMessage, request, type ServerResponse } from 'node:http';

/** Hands a request on to another server, and its answer back. */
export const passOn = (from: IncomingMessage, back: ServerResponse, endpoint: string): void => {
  const { hostname, port } = new URL(endpoint);
  const on = request(
    { hostname, port, method: from.method, path: from.url, headers: from.headers },
    (answer) => {
      back.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(back);
    },
  );
  on.once('error', () => back.destroy());
  from.pipe(on);
};

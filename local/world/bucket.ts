import type { IncomingMessage, ServerResponse } from 'node:http';

/** Objects in this process: PUT and GET by path, which is all that documents of a world need of S3. */
export const bucket = () => {
  const objects = new Map<string, Buffer>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(String(request.url), 'http://localhost');
    if (request.method === 'PUT') {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      objects.set(pathname, Buffer.concat(chunks));
      response.writeHead(200).end();
      return;
    }
    const found = objects.get(pathname);
    response.writeHead(found === undefined ? 404 : 200).end(found);
  };
};

import type { IncomingMessage, ServerResponse } from 'node:http';

type Kept = { readonly type: string; readonly bytes: Buffer };

/** Objects in this process: PUT (of bytes or of another object), GET, HEAD and DELETE by path, which is all that files of a world need of S3. */
export const bucket = () => {
  const objects = new Map<string, Kept>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname } = new URL(String(request.url), 'http://localhost');
    if (request.method === 'PUT') {
      const source = objects.get(String(request.headers['x-amz-copy-source'] ?? ''));
      if (source !== undefined) {
        objects.set(pathname, source);
        response.writeHead(200).end();
        return;
      }
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      objects.set(pathname, {
        type: request.headers['content-type'] ?? 'binary/octet-stream',
        bytes: Buffer.concat(chunks),
      });
      response.writeHead(200).end();
      return;
    }
    if (request.method === 'DELETE') {
      objects.delete(pathname);
      response.writeHead(204).end();
      return;
    }
    const found = objects.get(pathname);
    if (found === undefined) response.writeHead(404).end();
    else
      response
        .writeHead(200, { 'content-type': found.type, 'content-length': found.bytes.length })
        .end(request.method === 'HEAD' ? undefined : found.bytes);
  };
};

import { Agent, request } from 'node:http';

/** An answer of DynamoDB that is not a success; `name` is the service's own. */
export class TableFault extends Error {
  override readonly name: string;

  constructor(name: string, message: string) {
    super(message);
    this.name = name;
  }
}

/**
 * One call of DynamoDB's JSON protocol, unsigned: DynamoDB Local checks no signature.
 *
 * The runtime reads the stream through this and not through the SDK, because attribute values then arrive as the
 * JSON that a function's event carries, and because an empty read costs half as much.
 */
export type Call = <T>(operation: string, body: object) => Promise<T>;

export const createCall = (endpoint: string): Call & { close(): void } => {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(endpoint);
  const call = <T>(operation: string, body: object) =>
    new Promise<T>((resolve, reject) => {
      const text = JSON.stringify(body);
      const sent = request(
        {
          agent,
          hostname,
          port,
          method: 'POST',
          headers: {
            'x-amz-target': operation,
            'content-type': 'application/x-amz-json-1.0',
            'content-length': Buffer.byteLength(text),
            authorization: `AWS4-HMAC-SHA256 Credential=local/20260101/eu-central-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.once('error', reject);
          response.once('end', () => {
            const answer: unknown = JSON.parse(Buffer.concat(chunks).toString());
            if (response.statusCode === 200) resolve(answer as T);
            else reject(faultOf(answer));
          });
        },
      );
      sent.once('error', reject);
      sent.end(text);
    });
  return Object.assign(call, { close: () => agent.destroy() });
};

const faultOf = (answer: unknown): TableFault => {
  const { __type = 'UnknownFault', message, Message } = answer as Record<string, string | undefined>;
  return new TableFault(__type.split('#').at(-1) ?? __type, message ?? Message ?? JSON.stringify(answer));
};

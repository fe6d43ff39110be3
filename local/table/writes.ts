import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

/** What this process has written to the table. */
export type Writes = {
  /** Changes with every write sent and every write answered; equal marks with none in flight mean: nothing new. */
  mark(): number;
  readonly inFlight: number;
  /** Resolves when a write is answered; with none in flight at once. */
  answered(): Promise<void>;
  close(): void;
};

const reads = /^DynamoDBStreams_|\.(GetItem|BatchGetItem|TransactGetItems|Query|Scan|Describe\w+|List\w+)$/;

/**
 * Watches the requests that this process sends to DynamoDB Local, by Node's own channel for outgoing requests.
 *
 * Functions run in this process, so this tells for nothing whether there can be news on the stream, and when to look.
 *
 * @param onWritten - called when a write is answered, so its records are already on the stream
 */
export const watchWrites = (endpoint: string, onWritten: () => void): Writes => {
  const { port } = new URL(endpoint);
  let started = 0;
  let answered = 0;
  let told = Promise.withResolvers<void>();

  const onStart = (message: unknown) => {
    const { request } = message as { request: ClientRequest };
    const target = request.getHeader('x-amz-target');
    if (typeof target !== 'string' || reads.test(target)) return;
    if (!String(request.getHeader('host')).endsWith(`:${port}`)) return;
    started += 1;
    let open = true;
    const close = () => {
      if (!open) return;
      open = false;
      answered += 1;
      onWritten();
      told.resolve();
      told = Promise.withResolvers();
    };
    // Prepended: the pump has to know of the write before the code that awaits its answer goes on.
    request.prependOnceListener('response', close);
    request.once('close', close);
  };
  subscribe('http.client.request.start', onStart);

  return {
    mark: () => started + answered,
    get inFlight() {
      return started - answered;
    },
    answered: () => (started === answered ? Promise.resolve() : told.promise),
    close: () => unsubscribe('http.client.request.start', onStart),
  };
};

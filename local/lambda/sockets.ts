import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocketServer } from 'node:net';

/** Ports of the runtime's parts. */
export type Ports = {
  api: number;
  table: number;
  storage: number;
  mail: number;
  signin: number;
  aws: number;
  sandboxes: number;
};

/**
 * Free ports stay with the process: SDK clients that functions keep go on finding the services when one runtime
 * follows another, as in a file of tests.
 */
let kept: Ports | undefined;
let keptInUse = false;

/** The ports that were asked for, and free ones for the rest; they are known before anything listens on them. */
export const choosePorts = async (asked: Partial<Ports>): Promise<{ ports: Ports; release(): void }> => {
  const mine = !keptInUse;
  if (mine) keptInUse = true;
  const free = mine ? await keptPorts() : await freePorts();
  return {
    ports: { ...free, ...asked },
    release: () => {
      if (mine) keptInUse = false;
    },
  };
};

const keptPorts = async (): Promise<Ports> => {
  kept ??= await freePorts();
  return kept;
};

const freePorts = async (): Promise<Ports> => {
  const names = ['api', 'table', 'storage', 'mail', 'signin', 'aws', 'sandboxes'] as const;
  // All are held at once, so that no two of them are the same.
  const held = await Promise.all(names.map(hold));
  await Promise.all(held.map((one) => one.free()));
  return Object.fromEntries(names.map((name, index) => [name, held[index]?.port])) as Ports;
};

const hold = (): Promise<{ port: number; free(): Promise<void> }> =>
  new Promise((resolve, reject) => {
    const server = createSocketServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ port, free: () => new Promise((freed) => server.close(() => freed())) });
    });
  });

/** Listens on the loopback; resolves to what stops it. */
export const listen = async (port: number, listener: RequestListener): Promise<() => Promise<void>> => {
  const server = createServer(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
};

/** What the AWS SDK reads to find the runtime's services instead of the cloud's. */
export const awsEnvironment = (ports: Ports, tableEndpoint: string): Record<string, string | undefined> => {
  const local = (port: number) => `http://127.0.0.1:${port}`;
  return {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // What the person's own shell says must not reach the functions: it could lead them to a real account.
    AWS_SESSION_TOKEN: undefined,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL: undefined,
    AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: undefined,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL_DYNAMODB: tableEndpoint,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: tableEndpoint,
    AWS_ENDPOINT_URL_SFN: local(ports.aws),
    AWS_ENDPOINT_URL_LAMBDA: local(ports.aws),
    AWS_ENDPOINT_URL_EVENTBRIDGE: local(ports.aws),
    AWS_ENDPOINT_URL_SCHEDULER: local(ports.aws),
    AWS_ENDPOINT_URL_SECRETS_MANAGER: local(ports.aws),
    AWS_ENDPOINT_URL_SESV2: local(ports.mail),
    AWS_ENDPOINT_URL_S3: local(ports.storage),
    AWS_ENDPOINT_URL_SQS: local(ports.storage),
    AWS_ENDPOINT_URL_SNS: local(ports.storage),
  };
};

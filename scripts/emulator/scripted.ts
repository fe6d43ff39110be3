import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

/** The emulator as it is measured: one address for all services, and the region that it is in. */
export type Emulator = { readonly url: string; readonly environment: Readonly<Record<string, string>> };

/** What a function is told to do, after so many seconds: answer, or fail. */
export type Deed = { readonly after?: number } & (
  | { readonly return: unknown }
  | { readonly raise: { errorType: string; errorMessage: string } }
);

/** What a function does at a call, given the number of calls before it. */
export type Decide = (event: unknown, before: number) => Deed;

export type Call = { readonly event: unknown; readonly at: number };

/** Functions that live in the emulator and do what this process says at each call. */
export type Scripted = {
  /** Makes functions of these names in an account; `decide` is asked at each call, with the number of calls before it. */
  make(account: string, functions: Readonly<Record<string, Decide>>): Promise<void>;
  /** The calls of an account's function so far. */
  callsOf(account: string, name: string): readonly Call[];
  close(): Promise<void>;
};

/** An event that makes the emulator start a function's process and is not counted as a call. */
const warming = 'a process before the first call';

const source = (url: string): string => `
exports.handler = async (event) => {
  if (event && event.warm === ${JSON.stringify(warming)}) return;
  const response = await fetch(${JSON.stringify(url)}, { method: 'POST', body: JSON.stringify({ event: event ?? null }) });
  const deed = await response.json();
  if (deed.raise) throw Object.assign(new Error(deed.raise.errorMessage), { name: deed.raise.errorType });
  return deed.return;
};`;

/** Credentials of an account of the emulator: it takes a key of twelve digits for the account's number. */
export const clientOf = (emulator: Emulator, account: string) => ({
  endpoint: emulator.url,
  region: emulator.environment.AWS_REGION ?? 'eu-central-1',
  credentials: { accessKeyId: account, secretAccessKey: 'test' },
});

/** Deploys a stack and waits until it stands; fails with the emulator's reason. */
export const deployed = async (
  emulator: Emulator,
  account: string,
  name: string,
  template: object,
  seconds = 60,
): Promise<void> => {
  const s3 = new S3Client({ ...clientOf(emulator, account), forcePathStyle: true });
  const client = new CloudFormationClient(clientOf(emulator, account));
  try {
    // By way of a bucket: a template handed over in the call may have 51,200 bytes.
    await s3.send(new CreateBucketCommand({ Bucket: `templates-${account}` }));
    await s3.send(
      new PutObjectCommand({ Bucket: `templates-${account}`, Key: name, Body: JSON.stringify(template) }),
    );
    await client.send(
      new CreateStackCommand({
        StackName: name,
        TemplateURL: `${emulator.url}/templates-${account}/${name}`,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        OnFailure: 'DO_NOTHING',
      }),
    );
    for (let polls = 0; polls < seconds * 10; polls += 1) {
      const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
      const { StackStatus, StackStatusReason } = Stacks[0] ?? {};
      if (StackStatus === 'CREATE_COMPLETE') return;
      if (StackStatus?.endsWith('FAILED') || StackStatus?.startsWith('ROLLBACK')) {
        throw new Error(`${name}: ${StackStatus}: ${StackStatusReason}`);
      }
      await pause(100);
    }
    throw new Error(`${name}: not there after ${seconds} seconds`);
  } finally {
    s3.destroy();
    client.destroy();
  }
};

export const scripted = async (emulator: Emulator): Promise<Scripted> => {
  const decisions = new Map<string, Decide>();
  const calls = new Map<string, Call[]>();
  const server = createServer((request, response) => {
    const key = request.url ?? '';
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { event } = JSON.parse(Buffer.concat(chunks).toString()) as { event: unknown };
      const list = calls.get(key) ?? [];
      calls.set(key, [...list, { event, at: performance.now() / 1000 }]);
      const deed = decisions.get(key)?.(event, list.length) ?? {
        raise: { errorType: 'NoFunction', errorMessage: key },
      };
      await pause((deed.after ?? 0) * 1000);
      response.end(JSON.stringify(deed));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const keyOf = (account: string, name: string): string => `/${account}/${encodeURIComponent(name)}`;

  /** The first process of a function ends now and then before it answers; what comes after is to be measured, not that. */
  const warm = async (account: string, name: string): Promise<void> => {
    const lambda = new LambdaClient(clientOf(emulator, account));
    const Payload = JSON.stringify({ warm: warming });
    for (let tries = 0; tries < 10; tries += 1) {
      const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: name, Payload }));
      if (FunctionError === undefined) return lambda.destroy();
    }
    throw new Error(`the emulator does not run the function ${name}`);
  };

  return {
    async make(account, functions) {
      const Resources: Record<string, object> = {};
      for (const [name, decide] of Object.entries(functions)) {
        decisions.set(keyOf(account, name), decide);
        Resources[`F${Object.keys(Resources).length}`] = {
          Type: 'AWS::Lambda::Function',
          Properties: {
            FunctionName: name,
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            Timeout: 30,
            Role: `arn:aws:iam::${account}:role/scripted`,
            Code: { ZipFile: source(`http://127.0.0.1:${port}${keyOf(account, name)}`) },
          },
        };
      }
      await deployed(emulator, account, 'scripted', { Resources });
      await Promise.all(Object.keys(functions).map((name) => warm(account, name)));
    },
    callsOf: (account, name) => calls.get(keyOf(account, name)) ?? [],
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
};

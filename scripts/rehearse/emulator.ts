import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pythonTool, pythonTools } from '../python.ts';

const root = join(import.meta.dirname, '..', '..');

/** The emulator as a rehearsal sees it: one address for all services. */
export type Emulator = {
  readonly url: string;
  readonly port: number;
  readonly version: string;
  /** what it keeps, and what is deployed to it */
  readonly folder: string;
  /** where it writes what it does */
  readonly log: string;
  /** what programs need to reach it */
  readonly environment: Readonly<Record<string, string>>;
  /** ends it, and starts it again on what it had kept; it keeps nothing when it is killed */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export const region = 'eu-central-1';
export const account = '000000000000';

const freePort = (): Promise<number> =>
  new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => found(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const credentials = {
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
};

/** How a client of the SDK reaches it. */
export const clientOf = ({ url }: Pick<Emulator, 'url'>) => ({
  region,
  endpoint: url,
  credentials: {
    accessKeyId: credentials.AWS_ACCESS_KEY_ID,
    secretAccessKey: credentials.AWS_SECRET_ACCESS_KEY,
  },
});

const isUp = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/_ministack/health`, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false; // not yet
  }
};

/** Waits for a process to answer; a process that ends before it does has said why in its log. */
const answering = async (url: string, child: ChildProcess, log: string): Promise<void> => {
  for (let attempt = 0; attempt < 150; attempt += 1) {
    if (child.exitCode !== null) throw new Error(`the emulator ended with ${child.exitCode}; see ${log}`);
    if (await isUp(url)) return;
    await pause(200);
  }
  throw new Error(`the emulator did not answer at ${url} within 30 seconds; see ${log}`);
};

const ended = (child: ChildProcess): Promise<void> =>
  child.exitCode !== null || child.signalCode !== null
    ? Promise.resolve()
    : new Promise((done) => child.once('exit', () => done()));

/**
 * The shell stands between this process and the emulator, and waits for the end of a pipe that only this process holds: on
 * Ctrl+C or `kill -9` of this process it ends the whole group, functions included. A TERM is the emulator's own to obey,
 * which then writes down what it keeps; the shell ends as it ends.
 */
const untilPipeEnds = [
  'exec 3<&0',
  'trap : TERM',
  '"$@" </dev/null 3<&- & child=$!',
  "(trap '' TERM; exec >&- 2>&-; read -r word <&3; kill -9 0) & guard=$!",
  'exec >&- 2>&- 3<&-',
  'wait "$child"; code=$?',
  'while kill -0 "$child"; do wait "$child"; code=$?; done',
  'kill -9 "$guard"',
  'exit "$code"',
].join('\n');

/** Starts MiniStack on loopback, its state and its log in a folder. It ends with this process, however that ends. */
export const startEmulator = async (given: string): Promise<Emulator> => {
  const tool = await pythonTool('ministack');
  const folder = resolve(given);
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary, { recursive: true });
  // It unpacks functions here and runs them by a CommonJS script, whatever a package.json further up says.
  writeFileSync(join(temporary, 'package.json'), '{"type":"commonjs"}\n');
  const log = join(folder, 'emulator.log');
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const out = createWriteStream(log, { flags: 'a' });

  const start = async (): Promise<ChildProcess> => {
    const child = spawn('/bin/sh', ['-c', untilPipeEnds, 'emulator', tool], {
      // Its own group: the functions it starts are ended with it.
      detached: true,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        // The functions run on the Node that is deployed to, not on whichever one the machine has.
        PATH: [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
        HOME: folder,
        TMPDIR: temporary,
        ...credentials,
        BIND_HOST: '127.0.0.1',
        MINISTACK_HOST: '127.0.0.1',
        GATEWAY_PORT: String(port),
        MINISTACK_REGION: region,
        AWS_ENDPOINT_URL: url,
        LAMBDA_EXECUTOR: 'local',
        // A failed call of nobody who waits is repeated after one and two seconds, not after one and two minutes.
        LAMBDA_ASYNC_RETRY_BASE_SECONDS: '1',
        // Neither is asked for, and both would listen beyond this machine.
        IOT_MTLS_ENABLED: '0',
        SFTP_ENABLED: '0',
        PERSIST_STATE: '1',
        STATE_DIR: join(folder, 'state'),
        LOG_LEVEL: 'INFO',
      },
    });
    child.stdout?.pipe(out, { end: false });
    child.stderr?.pipe(out, { end: false });
    await answering(url, child, log);
    return child;
  };
  const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.pid !== undefined && child.exitCode === null) {
      try {
        process.kill(-child.pid, signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
    await ended(child);
  };

  let child = await start();
  return {
    url,
    port,
    folder,
    version: `MiniStack ${pythonTools.ministack}`,
    log,
    environment: { ...credentials, AWS_ENDPOINT_URL: url, AWS_ENDPOINT_URL_S3: url },
    async restart() {
      await end(child, 'SIGTERM');
      child = await start();
    },
    async stop() {
      await end(child, 'SIGTERM');
      out.end();
    },
  };
};

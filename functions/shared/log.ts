import { AsyncLocalStorage } from 'node:async_hooks';
import { jsonLines } from './json-lines.ts';

/** What a line is about; ids alone, so that a line says where to look and nothing of a person. */
export type About = {
  readonly function?: string | undefined;
  /** the invocation's id */
  readonly request?: string | undefined;
  /** the gateway's id of the request, which the access log has too */
  readonly call?: string | undefined;
  readonly route?: string | undefined;
  readonly deal?: string | undefined;
  /** the execution's name, as the Step Functions console shows it */
  readonly run?: string | undefined;
  readonly step?: string | undefined;
  /** of X-Ray, where the call is traced */
  readonly trace?: string | undefined;
};

const scope = new AsyncLocalStorage<About>();

/** Does some work whose every line says what it is about, beside what the work around it is about. */
export const about = <T>(what: About, work: () => T): T => scope.run({ ...scope.getStore(), ...what }, work);

/** Addresses and long rows of digits, such as phones and accounts, that a message of a library may quote. */
const personal = /[\p{L}\d._%+-]+@[\p{L}\d.-]+|\+?\d(?:[\s()-]{0,2}\d){8,}/gu;

const messageOf = (error: Error): string => error.message.replaceAll(personal, '…').slice(0, 1000);

/** An error as a line shows it: its own members may hold what a person entered, so that none is taken over. */
const described = (error: unknown): unknown =>
  error instanceof Error
    ? {
        name: error.name,
        message: messageOf(error),
        // The stack begins with the message, which was cleaned above.
        stack: error.stack?.split('\n').filter((line) => line.startsWith('    at ')),
        ...(error.cause === undefined ? {} : { cause: described(error.cause) }),
      }
    : typeof error;

const toOutput = (line: string): void => void process.stdout.write(line);
let write = toOutput;

/** Hands lines to somebody else than the process's output, for a test that reads them; nobody: back to the output. */
export const useLogSink = (sink?: (line: string) => void): void => {
  write = sink ?? toOutput;
};

/** Puts a line of other making among those of the log. */
export const writeLine = (line: string): void => write(`${line}\n`);

/** Structured lines for CloudWatch: ids of deals and runs, never names, addresses or texts of people. */
export const log = jsonLines({
  level: process.env.LOG_LEVEL ?? 'info',
  around: () => scope.getStore() ?? {},
  shown: { error: described },
  write: (line) => write(line), // CloudWatch keeps when it came
});

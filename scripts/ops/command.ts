import { parseArgs } from 'node:util';

/** What an operator asked for. */
export type Command =
  | { readonly do: 'help' }
  | { readonly do: 'queues' }
  | { readonly do: 'redrive'; readonly queue: string }
  | { readonly do: 'recount' }
  | { readonly do: 'runs'; readonly deal: string }
  | { readonly do: 'restart'; readonly deal: string; readonly thread: string; readonly anew: boolean };

export type Words = {
  readonly stage: string;
  /** where a runtime of this machine answers */
  readonly at?: string;
  readonly command: Command;
};

/** The words could not be read; the message says what would do. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export const usage = `npm run ops -- <command> [--stage dev]
Looks after a running Voronka: what it could not process, and the runs of its deals.

  queues                     what waits in each dead-letter queue, and since when
  redrive <queue>            gives what waits in a queue to its function again; what is taken then leaves the queue
  runs <deal>                every run of a deal, by its number or id, and how it stands
  restart <deal>             lets the run of a deal's present stage go on where it stopped
    --thread <name>          one of the stage's threads instead of its main run
    --anew                   by a new execution, from the first step, by the definition that is deployed now
  recount                    counts the reports anew from the rows of the table

  --stage <name>             which installation (default dev)
  --at <address>             one on this machine, by the address of its states that npm start prints

The AWS SDK's own settings say which account: AWS_PROFILE, AWS_REGION, or AWS_ENDPOINT_URL of an emulator.
Ends with 0 if all was done, 1 if something remains, 2 if the words could not be read.`;

const options = {
  help: { type: 'boolean', default: false },
  stage: { type: 'string', default: 'dev' },
  at: { type: 'string' },
  thread: { type: 'string' },
  anew: { type: 'boolean', default: false },
} as const;

const read = (argv: readonly string[]) => {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new Unreadable(error instanceof Error ? error.message : String(error));
  }
};

/** The words of a command line. @throws {Unreadable} */
export const commandOf = (argv: readonly string[]): Words => {
  const { values, positionals } = read(argv);
  const [word, ...of] = positionals;
  const { stage, at, thread, anew } = values;
  const where = at === undefined ? { stage } : { stage, at };
  if (values.help || word === undefined) return { ...where, command: { do: 'help' } };
  if (word !== 'restart' && (thread !== undefined || anew))
    throw new Unreadable(`${word}: --thread and --anew are for restart`);
  const one = (what: string): string => {
    const [given, ...more] = of;
    if (given === undefined || more.length > 0)
      throw new Unreadable(`${word}: give one ${what}, given ${of.length === 0 ? 'none' : of.join(' ')}`);
    return given;
  };
  const none = (): void => {
    if (of.length > 0) throw new Unreadable(`${word}: nothing more is asked for, given ${of.join(' ')}`);
  };
  switch (word) {
    case 'queues':
    case 'recount':
      none();
      return { ...where, command: { do: word } };
    case 'redrive':
      return { ...where, command: { do: 'redrive', queue: one('queue, such as workflow-failed') } };
    case 'runs':
      return { ...where, command: { do: 'runs', deal: one('deal, by its number or id') } };
    case 'restart':
      return {
        ...where,
        command: { do: 'restart', deal: one('deal, by its number or id'), thread: thread ?? 'main', anew },
      };
    default:
      throw new Unreadable(`no command "${word}"; commands are queues, redrive, runs, restart, recount`);
  }
};

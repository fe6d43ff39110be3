import { refresh } from '../functions/reports/rebuild.ts';
import { definitionsOf } from '../functions/reports/worth.ts';
import { createDynamoTable } from '../functions/shared/table/table-dynamo.ts';
import { packs } from '../statemachines/packs/index.ts';
import { FunctionThrew } from './ops/call.ts';
import { type Command, commandOf, Unreadable, usage } from './ops/command.ts';
import { CannotDo, lookAt, type Place, placeOf } from './ops/place.ts';
import { showQueues } from './ops/queues.ts';
import { redrive } from './ops/redrive.ts';
import { restart } from './ops/restart.ts';
import { showRuns } from './ops/runs.ts';

const recount = async ({ prefix, print }: Place): Promise<boolean> => {
  await refresh(createDynamoTable({ name: prefix }), definitionsOf(packs));
  print('the reports are counted anew from the table');
  return true;
};

const carryOut = (command: Exclude<Command, { do: 'help' }>, place: Place): Promise<boolean> => {
  switch (command.do) {
    case 'queues':
      return showQueues(place);
    case 'redrive':
      return redrive(place, command.queue);
    case 'recount':
      return recount(place);
    case 'runs':
      return showRuns(place, command.deal);
    case 'restart':
      return restart(place, { deal: command.deal, thread: command.thread, anew: command.anew });
    default:
      return command satisfies never;
  }
};

/** Carries out one command line. @returns the exit code: 0 all done, 1 something remains, 2 not understood */
export const ops = async (argv: readonly string[], print: (line: string) => void): Promise<0 | 1 | 2> => {
  let place: Place | undefined;
  try {
    const { stage, at, command } = commandOf(argv);
    if (command.do === 'help') {
      print(usage);
      return 0;
    }
    if (at !== undefined) await lookAt(at);
    place = placeOf(stage, print);
    return (await carryOut(command, place)) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error instanceof Unreadable) {
      print(`${error.message}\n\n${usage}`);
      return 2;
    }
    const mends = mendsOf(error);
    if (mends === undefined) throw error;
    print(mends);
    return 1;
  } finally {
    place?.close();
  }
};

const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'ETIMEDOUT']);

/** One line for what the person at the keyboard can mend; nothing for a fault of this program. */
const mendsOf = (error: Error): string | undefined => {
  if (error instanceof CannotDo || error instanceof FunctionThrew) return error.message;
  if (error.name === 'CredentialsProviderError' || error.name === 'ExpiredTokenException')
    return `no credentials of AWS (${error.message}); sign in, and name the account by AWS_PROFILE`;
  if (/Region is missing/.test(error.message))
    return 'no region; name it by AWS_REGION, such as eu-central-1';
  if (error.name.startsWith('AccessDenied')) return `this account's role may not do it: ${error.message}`;
  if ('code' in error && unreachable.has(String(error.code)))
    return `no AWS answers where AWS_REGION, or AWS_ENDPOINT_URL, says: ${error.message}`;
  if (error.name === 'ResourceNotFoundException')
    return `${error.message}; name the stage that is deployed there by --stage`;
  return undefined;
};

if (import.meta.main) process.exitCode = await ops(process.argv.slice(2), (line) => console.log(line));

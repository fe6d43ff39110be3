import { refresh } from '../functions/reports/rebuild.ts';
import { definitionsOf } from '../functions/reports/worth.ts';
import { createDynamoTable } from '../functions/shared/table/table-dynamo.ts';
import { packs } from '../statemachines/packs/index.ts';
import { awsTrouble } from './aws-trouble.ts';
import { FunctionThrew } from './ops/call.ts';
import { type Command, commandOf, Unreadable, usage } from './ops/command.ts';
import { CannotDo, lookAt, named, type Place, placeOf } from './ops/place.ts';
import { showQueues } from './ops/queues.ts';
import { redrive } from './ops/redrive.ts';
import { restart } from './ops/restart.ts';
import { showRuns } from './ops/runs.ts';

const recount = async ({ tableName, print }: Place): Promise<boolean> => {
  await refresh(createDynamoTable({ name: await tableName() }), definitionsOf(packs));
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
    place = placeOf(stage, print, at !== undefined);
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

/** One line for what the person at the keyboard can mend; nothing for a fault of this program. */
const mendsOf = (error: Error): string | undefined => {
  if (error instanceof CannotDo || error instanceof FunctionThrew) return error.message;
  if (error.name === 'ResourceNotFoundException') return `${error.message}; ${named}`;
  return awsTrouble(error);
};

if (import.meta.main) process.exitCode = await ops(process.argv.slice(2), (line) => console.log(line));

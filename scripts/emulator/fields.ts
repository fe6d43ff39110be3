import {
  CreateStateMachineAliasCommand,
  DescribeExecutionCommand,
  PublishStateMachineVersionCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import type { Finding } from '../../local/template/emulator.ts';
import { type Probe, probes } from './probes.ts';
import { ended, isLost, machine, start, tried } from './run.ts';
import { clientOf, type Emulator, type Scripted } from './scripted.ts';

const pause = (seconds: number) => new Promise((done) => setTimeout(done, seconds * 1000));

const probed = async (
  emulator: Emulator,
  functions: Scripted,
  account: string,
  probe: Probe,
): Promise<Finding | 'lost'> => {
  const sfn = new SFNClient(clientOf(emulator, account));
  const answers = [...(probe.answers ?? [])];
  const answered: Promise<string | undefined>[] = [];
  await functions.make(account, {
    f: (event, n) => {
      const answer = answers.shift();
      if (answer !== undefined) {
        // Told by the first token; one that has timed out meanwhile is answered under the newest.
        answered.push(
          pause(answer.after).then(() => {
            const newest = functions.callsOf(account, 'f').at(-1)?.event as { token: string };
            const taskToken = newest.token;
            const sent =
              answer.failure === undefined
                ? sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(answer.success) }))
                : sfn.send(new SendTaskFailureCommand({ taskToken, ...answer.failure }));
            return sent.then(
              () => undefined,
              (error: Error) => `the answer to the token is refused: ${error.message}`,
            );
          }),
        );
      }
      return probe.f?.(event, n) ?? { return: event };
    },
  });
  try {
    const definition = {
      Comment: 'a probe',
      QueryLanguage: 'JSONata',
      StartAt: 'Start',
      States: probe.states,
    };
    const run = await start(sfn, await machine(sfn, definition), probe.input ?? {});
    const seen = await ended(sfn, run, 14);
    if (isLost(seen.cause)) return 'lost';
    const refused = (await Promise.all(answered)).find((one) => one !== undefined);
    if (refused !== undefined) return refused;
    const calls = functions.callsOf(account, 'f');
    const first = calls[0]?.at ?? 0;
    return (
      probe.wrong({
        ...seen,
        status: seen.status,
        calls: calls.map(({ at }) => at - first),
        events: calls.map(({ event }) => event),
      }) ?? true
    );
  } catch (error) {
    return `refused: ${(error as Error).message}`;
  } finally {
    sfn.destroy();
  }
};

/** Versions, aliases and the calls that a deployment and an operator make. */
const calls = async (emulator: Emulator, account: string): Promise<Record<string, Finding>> => {
  const sfn = new SFNClient(clientOf(emulator, account));
  const giving = (output: unknown) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'Start',
    States: { Start: { Type: 'Pass', Output: output, End: true } },
  });
  const stateMachineArn = await machine(sfn, giving('old'));
  const { stateMachineVersionArn } = await sfn.send(
    new PublishStateMachineVersionCommand({ stateMachineArn }),
  );
  const { stateMachineAliasArn = '' } = await sfn.send(
    new CreateStateMachineAliasCommand({
      name: 'live',
      routingConfiguration: [{ stateMachineVersionArn, weight: 100 }],
    }),
  );
  await sfn.send(
    new UpdateStateMachineCommand({ stateMachineArn, definition: JSON.stringify(giving('new')) }),
  );
  const byAlias = await ended(sfn, await start(sfn, stateMachineAliasArn, {}), 5);

  const waiting = await machine(
    sfn,
    {
      QueryLanguage: 'JSONata',
      StartAt: 'Start',
      States: { Start: { Type: 'Wait', Seconds: 20, End: true } },
    },
    'waiting',
  );
  const again = async (input: string): Promise<string> => {
    const command = new StartExecutionCommand({ stateMachineArn: waiting, name: 'once', input });
    return await sfn.send(command).then(
      ({ executionArn = '' }) => executionArn,
      (error: Error) => error.name,
    );
  };
  const [first, second, other] = [await again('{}'), await again('{}'), await again('{"a":1}')];
  await sfn.send(new StopExecutionCommand({ executionArn: first, error: 'Moved' }));
  const stopped = await sfn.send(new DescribeExecutionCommand({ executionArn: first }));
  sfn.destroy();
  return {
    'a version and an alias keep the definition they were made with':
      byAlias.output === 'old' ||
      `a run by the alias gives ${JSON.stringify(byAlias.output)}, the definition of now`,
    'StartExecution twice, same name and input': first === second || `answers ${second}`,
    'StartExecution twice, same name and other input':
      other === 'ExecutionAlreadyExists' || `answers ${other}, not ExecutionAlreadyExists`,
    StopExecution: stopped.status === 'ABORTED' || `the execution is ${stopped.status}`,
  };
};

/**
 * What the emulator makes of each field, a gap being what was seen three times in a row; a field shown by several probes needs all of them. */
export const fields = async (
  emulator: Emulator,
  functions: Scripted,
  accountOf: (n: number) => string,
): Promise<Record<string, Finding>> => {
  const found: Record<string, Finding> = {};
  const queue = [...probes];
  let accounts = 0;
  const measured = (probe: Probe): Promise<Finding> =>
    tried<Finding>(
      () => probed(emulator, functions, accountOf(accounts++), probe),
      (finding) => finding === true,
    );
  const worker = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const finding = await measured(one);
      for (const key of one.shows) {
        const before = found[key];
        found[key] = before === undefined || before === true ? finding : before;
      }
    }
  };
  // Few at a time: waits are measured, and each function is a process of the emulator's.
  await Promise.all([1, 2, 3].map(worker));
  const all = { ...found, ...(await calls(emulator, accountOf(accounts))) };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
};

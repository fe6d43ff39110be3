import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { NotSeen, see } from '../../walkthroughs/scenario.ts';
import type { Cloud } from '../cloud.ts';
import { command, commanded } from '../command.ts';
import { eventually, person, type Scene, takenUp } from './scene.ts';

/** Has the readers of the stream begin anew: their places outlive the restart, the stream's records do not. */
const readAnew = async ({ clients: { lambda } }: Cloud): Promise<void> => {
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  for (const { UUID, EventSourceArn, FunctionArn, BatchSize, FilterCriteria } of EventSourceMappings) {
    await lambda.send(new DeleteEventSourceMappingCommand({ UUID }));
    await lambda.send(
      new CreateEventSourceMappingCommand({
        EventSourceArn,
        FunctionName: FunctionArn,
        BatchSize,
        FilterCriteria,
        StartingPosition: 'TRIM_HORIZON',
      }),
    );
  }
};

export const restarted: Scene = {
  name: 'the emulator goes down with deals under way, and an operator restarts a run',
  async play(cloud) {
    const pavel = person(cloud, 'pavel');
    const deal = await takenUp(cloud, 'Under way when it went down');
    const before = await pavel.work(deal);

    await cloud.emulator.restart();
    await readAnew(cloud);

    const after = await eventually('the deal after the restart', async () => {
      try {
        return await pavel.work(deal);
      } catch (error) {
        if (error instanceof NotSeen) throw error;
        return undefined; // not up yet
      }
    });
    see('work after the restart', after, before);
    const { text: runs } = await command(cloud.emulator, 'ops', ['runs', deal, '--stage', 'rehearsal']);
    if (!/FAILED/.test(runs)) throw new NotSeen(`ops runs says of a run that the emulator gave up: ${runs}`);

    await commanded(cloud.emulator, 'ops', ['restart', deal, '--anew', '--stage', 'rehearsal']);
    see('work after the run was restarted', await pavel.work(deal), before);
    await pavel.complete(deal, 'express-identification', { caseComplexity: 'simple', dealTotal: 100_000 });
    await pavel.move(deal, 'invoice-quote');
    await eventually('the work of the next stage', async () =>
      (await pavel.openTasks(deal)).some(({ step }) => step === 'send-quote') ? true : undefined,
    );
    return 'same task, same due; restarted, done, and on to the next stage';
  },
};

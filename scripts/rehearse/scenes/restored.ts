import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { DealView } from '../../../schemas/api/index.ts';
import { see } from '../../walkthroughs/scenario.ts';
import { asked, yes } from '../cloud.ts';
import { commanded } from '../command.ts';
import { eventually, person, type Scene, takenUp } from './scene.ts';

const table = 'restored-rehearsal';

export const restored: Scene = {
  name: 'the table is restored from its backup, and the stage goes on with it',
  async play(cloud) {
    const { emulator, clients } = cloud;
    const deal = await takenUp(cloud, 'There before the restore');

    await commanded(emulator, 'restore', ['--stage', 'rehearsal', '--table', table]);
    const more = Object.entries(asked(cloud.providers.url)).flatMap(([name, value]) => [
      '--context',
      `${name}=${value}`,
    ]);
    await commanded(emulator, 'deploy', [...yes, '--table', table, ...more]);

    const admin = person(cloud, 'admin');
    const before = await eventually(
      'the deal in the restored table',
      async () => (await admin.ok<{ deal: DealView }>('GET', `/v1/deals/${deal}`)).deal,
    );
    see('its stage', before.stage, 'express-identification');
    const after = await takenUp(cloud, 'Came after the restore');
    const { Item } = await clients.dynamo.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: `D#${after}` }, sk: { S: '9#DEAL' } } }),
    );
    see('the new deal is written to', Item?.title?.S, 'Came after the restore');
    // Asked for by the stage alone: the operator's commands find the table that it works on now.
    const runs = await commanded(emulator, 'ops', ['runs', after, '--stage', 'rehearsal']);
    see('its run', / RUNNING /.test(runs), true);
    return `the old deal is there, a new one is written to ${table} and gets its task`;
  },
};

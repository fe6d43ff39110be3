import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { see } from '../../walkthroughs/scenario.ts';
import { person, type Scene, takenUp } from './scene.ts';

export const poison: Scene = {
  name: 'a row that nobody can read does not stop those behind it',
  async play(cloud) {
    const { dynamo } = cloud.clients;
    // Of a deal it has the name alone: both readers of the stream fail on it.
    const row = { row: 'deal', stage: 'nowhere', seq: 'first', title: 'Poison' };
    const Item = Object.fromEntries(Object.entries(row).map(([name, text]) => [name, { S: text }]));
    await dynamo.send(
      new PutItemCommand({
        TableName: cloud.table,
        Item: { pk: { S: 'D#poison' }, sk: { S: '9#DEAL' }, ...Item },
      }),
    );

    const deal = await takenUp(cloud, 'Right behind the poison');

    const steps = (await person(cloud, 'pavel').openTasks(deal)).map(({ step }) => step);
    see('work of the next deal', steps, ['express-identification']);
    return 'the next deal got its task';
  },
};

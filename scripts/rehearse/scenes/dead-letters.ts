import { GetFunctionConfigurationCommand, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import type { CardView } from '../../../schemas/api/index.ts';
import { see } from '../../walkthroughs/scenario.ts';
import type { Cloud } from '../cloud.ts';
import { command, commanded, lastLine } from '../command.ts';
import { prefix } from '../stage.ts';
import { eventually, person, type Scene, takenUp } from './scene.ts';

const FunctionName = `${prefix}-port`;

/** Puts a value into the environment of the function that hears outside systems. @returns the value before */
const setting = async ({ clients: { lambda } }: Cloud, name: string, value: string): Promise<string> => {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const before = Environment?.Variables?.[name] ?? '';
  const Variables = { ...Environment?.Variables, [name]: value };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
  return before;
};

export const deadLetters: Scene = {
  name: 'a function that fails fills its dead-letter queue, and is redriven',
  async play(cloud) {
    const pavel = person(cloud, 'pavel');
    const deal = await takenUp(cloud, 'Paid while nobody could hear');
    const detail = {
      type: 'payment.received',
      externalId: 'rehearsal-1',
      deal,
      amount: { amount: 1_234_500, currency: 'RUB' },
      day: '2026-03-24',
      account: 'bank',
    };
    const table = await setting(cloud, 'TABLE_NAME', 'no-such-table');
    await cloud.callAsBusDoes('port', { source: 'voronka.port.bank', 'detail-type': detail.type, detail });
    await eventually(
      'the payment among the dead letters',
      async () => {
        const { text } = await command(cloud.emulator, 'ops', ['queues', '--stage', 'rehearsal']);
        return /port\S*\s+1\b/.test(text) ? text : undefined;
      },
      60,
    );

    await setting(cloud, 'TABLE_NAME', table);
    const said = await commanded(cloud.emulator, 'ops', ['redrive', 'port', '--stage', 'rehearsal']);
    const paid = async () => (await pavel.ok<CardView>('GET', `/v1/deals/${deal}`)).deal.facts.paidTotal;
    see('paid', await paid(), 1_234_500);

    // Said once more by the bank: it is the same payment.
    await cloud.putEvent({ source: 'voronka.port.bank', type: detail.type, detail, bus: prefix });
    see('paid after a repeat', await paid(), 1_234_500);
    const { code } = await command(cloud.emulator, 'ops', ['queues', '--stage', 'rehearsal']);
    see('ops queues, all empty', code, 0);
    return lastLine(said);
  },
};

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { see } from '../walkthroughs/scenario.ts';
import { type Cloud, prefix } from './cloud.ts';
import { region } from './emulator.ts';

/** Looks for anything of the app that a removal left behind. */
export const cleared = async ({ emulator, clients: { dynamo, lambda, sfn } }: Cloud): Promise<string> => {
  const cloudFormation = new CloudFormationClient({
    region,
    endpoint: emulator.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  cloudFormation.destroy();
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({ maxResults: 1000 }));
  const names = [
    ...Stacks.flatMap(({ StackName = '', StackStatus }) =>
      StackStatus === 'DELETE_COMPLETE' ? [] : [StackName],
    ),
    ...TableNames,
    ...Functions.map(({ FunctionName = '' }) => FunctionName),
    ...stateMachines.map(({ name = '' }) => name),
  ];
  const left = names.filter((name) => name.startsWith(prefix));
  see('left behind', left, []);
  return 'no stack, table, function or machine is left';
};

import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { see } from '../walkthroughs/scenario.ts';
import type { Cloud } from './cloud.ts';
import { clientOf } from './emulator.ts';
import { machinesOn } from './machines.ts';
import { prefix } from './stage.ts';

/** Looks for anything of the app that a removal left behind. */
export const cleared = async ({ emulator, clients: { dynamo, lambda, sfn } }: Cloud): Promise<string> => {
  const cloudFormation = new CloudFormationClient(clientOf(emulator));
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  cloudFormation.destroy();
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const names = [
    ...Stacks.flatMap(({ StackName = '', StackStatus }) =>
      StackStatus === 'DELETE_COMPLETE' ? [] : [StackName],
    ),
    ...TableNames,
    ...Functions.map(({ FunctionName = '' }) => FunctionName),
    ...(await machinesOn(sfn)).map(({ name }) => name),
  ];
  const left = names.filter((name) => name.startsWith(prefix));
  see('left behind', left, []);
  return 'no stack, table, function or machine is left';
};

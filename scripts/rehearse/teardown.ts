import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { see } from '../walkthroughs/scenario.ts';
import { type Cloud, prefix } from './cloud.ts';

/** Looks for anything of the app that a removal left behind. */
export const cleared = async ({ clients: { dynamo, lambda, sfn } }: Cloud): Promise<string> => {
  const { TableNames = [] } = await dynamo.send(new ListTablesCommand({}));
  const { Functions = [] } = await lambda.send(new ListFunctionsCommand({}));
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({ maxResults: 1000 }));
  const names = [
    ...TableNames,
    ...Functions.map(({ FunctionName = '' }) => FunctionName),
    ...stateMachines.map(({ name = '' }) => name),
  ];
  const left = names.filter((name) => name.startsWith(prefix));
  see('left behind', left, []);
  return 'no table, function or machine is left';
};

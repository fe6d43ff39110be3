import {
  ConflictException,
  CreateStateMachineAliasCommand,
  DescribeStateMachineCommand,
  type ExecutionListItem,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  ListStateMachinesCommand,
  PublishStateMachineVersionCommand,
  type SFNClient,
  UpdateStateMachineAliasCommand,
  UpdateStateMachineCommand,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { prefix } from './stage.ts';

/** The app's state machines, as they stand on the emulator. */
export const machinesOn = async (sfn: SFNClient): Promise<{ arn: string; name: string }[]> => {
  const { stateMachines = [] } = await sfn.send(new ListStateMachinesCommand({ maxResults: 1000 }));
  return stateMachines.flatMap(({ stateMachineArn: arn = '', name = '' }) =>
    name.startsWith(`${prefix}-`) ? [{ arn, name }] : [],
  );
};

/** Executions of all machines of the app. */
export const executionsOn = async (
  sfn: SFNClient,
  filter: Pick<ListExecutionsCommandInput, 'statusFilter' | 'maxResults'>,
): Promise<ExecutionListItem[]> => {
  const listed = await Promise.all(
    (await machinesOn(sfn)).map(({ arn }) =>
      sfn.send(new ListExecutionsCommand({ stateMachineArn: arn, ...filter })),
    ),
  );
  return listed.flatMap(({ executions = [] }) => executions);
};

const Machine = z.looseObject({
  States: z.record(z.string(), z.looseObject({ Type: z.string(), Next: z.string().optional() })),
});

/**
 * A machine whose joins do what their `Output` says, as a state behind each: the emulator gives the next state the results
 * of all branches. The same text where there is no such join.
 */
export const withJoins = (definition: string): string => {
  const machine = Machine.parse(JSON.parse(definition));
  const joins = Object.entries(machine.States).flatMap(([name, { Type, Output, Next }]) =>
    Type === 'Parallel' && Output !== undefined && Next !== undefined ? [{ name, Next }] : [],
  );
  if (joins.length === 0) return definition;
  const States = { ...machine.States };
  for (const { name, Next } of joins) {
    States[name] = { ...machine.States[name], Type: 'Parallel', Output: undefined, Next: `${name}: join` };
    States[`${name}: join`] = { Type: 'Pass', Output: '{% $states.input[0] %}', Next };
  }
  return JSON.stringify({ ...machine, States });
};

/** Puts the alias `live` before the present definition of each machine, where the emulator's CloudFormation does not. */
export const putAliases = async (sfn: SFNClient): Promise<void> => {
  for (const { arn: stateMachineArn } of await machinesOn(sfn)) {
    const { definition = '{}' } = await sfn.send(new DescribeStateMachineCommand({ stateMachineArn }));
    const joined = withJoins(definition);
    if (joined !== definition)
      await sfn.send(new UpdateStateMachineCommand({ stateMachineArn, definition: joined }));
    const { stateMachineVersionArn } = await sfn.send(
      new PublishStateMachineVersionCommand({ stateMachineArn }),
    );
    const routingConfiguration = [{ stateMachineVersionArn, weight: 100 }];
    try {
      await sfn.send(new CreateStateMachineAliasCommand({ name: 'live', routingConfiguration }));
    } catch (error) {
      if (!(error instanceof ConflictException)) throw error; // there since an earlier deployment
      const stateMachineAliasArn = `${stateMachineArn}:live`;
      await sfn.send(new UpdateStateMachineAliasCommand({ stateMachineAliasArn, routingConfiguration }));
    }
  }
};

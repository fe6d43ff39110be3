import {
  CloudFormationClient,
  DeleteStackCommand,
  DescribeStacksCommand,
  ListStackResourcesCommand,
  UpdateTerminationProtectionCommand,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { type Outputs, withoutHash } from './cdk.ts';
import type { Settings } from './settings.ts';

/** A stack as it stands in the account. */
export type Deployed = { readonly status: string; readonly outputs: Outputs; readonly settings: Settings };

/** Whose credentials these are. */
export type Caller = { readonly account: string; readonly arn: string };

/** The account behind the credentials; asks once, and says what AWS answered where it refuses. */
export const callerOf = async (region: string): Promise<Caller> => {
  const client = new STSClient({ region, maxAttempts: 2 });
  try {
    const { Account = '', Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, arn: Arn };
  } finally {
    client.destroy();
  }
};

/** What the stack remembers of its last deployment: see `infra/stage.ts`. */
const Remembered = z.record(z.string(), z.string());

/** The stack of that name; `undefined` where there is none. */
export const deployedStack = async (name: string, region: string): Promise<Deployed | undefined> => {
  const client = new CloudFormationClient({ region, maxAttempts: 4 });
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    const [stack] = Stacks;
    if (stack === undefined) return undefined;
    const outputs = withoutHash(
      Object.fromEntries(
        (stack.Outputs ?? []).flatMap(({ OutputKey, OutputValue }) =>
          OutputKey === undefined || OutputValue === undefined ? [] : [[OutputKey, OutputValue]],
        ),
      ),
    );
    const said = outputs.DeployedWith;
    return {
      status: stack.StackStatus ?? 'unknown',
      outputs,
      settings: said === undefined ? {} : Remembered.parse(JSON.parse(said)),
    };
  } catch (error) {
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  } finally {
    client.destroy();
  }
};

/** A stack that the machines of a pack stand in. */
export type PackStack = { readonly name: string; readonly status: string };

/** The stacks of a stage's packs as they stand in the account, those of packs that are no longer deployed among them. */
export const packStacks = async (stage: string, region: string): Promise<PackStack[]> => {
  const client = new CloudFormationClient({ region, maxAttempts: 4 });
  const main = `voronka-${stage}`;
  const found: PackStack[] = [];
  try {
    let token: string | undefined;
    do {
      const page = await client.send(
        new DescribeStacksCommand(token === undefined ? {} : { NextToken: token }),
      );
      for (const { StackName = '', StackStatus = 'unknown', Tags = [] } of page.Stacks ?? []) {
        // By its tag as well: the stage `eu` and a stage `eu-west` begin alike.
        const isOfStage = Tags.some(({ Key, Value }) => Key === 'stage' && Value === stage);
        if (StackName.startsWith(`${main}-`) && isOfStage && StackStatus !== 'DELETE_COMPLETE')
          found.push({ name: StackName, status: StackStatus });
      }
      token = page.NextToken;
    } while (token !== undefined);
    return found;
  } finally {
    client.destroy();
  }
};

/** Removes a stack that the app does not know any more, and waits until it is gone. */
export const removeStack = async (name: string, region: string): Promise<void> => {
  const client = new CloudFormationClient({ region, maxAttempts: 4 });
  try {
    await client.send(new DeleteStackCommand({ StackName: name }));
    await waitUntilStackDeleteComplete({ client, maxWaitTime: 1800 }, { StackName: name });
  } finally {
    client.destroy();
  }
};

/** Physical ids of the stack's resources of one type. */
export const resourcesOfType = async (stack: string, type: string, region: string): Promise<string[]> => {
  const client = new CloudFormationClient({ region, maxAttempts: 4 });
  const found: string[] = [];
  try {
    let token: string | undefined;
    do {
      const page = await client.send(
        new ListStackResourcesCommand({
          StackName: stack,
          ...(token === undefined ? {} : { NextToken: token }),
        }),
      );
      for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? [])
        if (ResourceType === type && PhysicalResourceId !== undefined) found.push(PhysicalResourceId);
      token = page.NextToken;
    } while (token !== undefined);
    return found;
  } finally {
    client.destroy();
  }
};

/** Lets a stack that protects itself be removed. */
export const unprotect = async (stack: string, region: string): Promise<void> => {
  const client = new CloudFormationClient({ region, maxAttempts: 4 });
  try {
    await client.send(
      new UpdateTerminationProtectionCommand({ StackName: stack, EnableTerminationProtection: false }),
    );
  } finally {
    client.destroy();
  }
};

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { ListStateMachinesCommand, SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';

/** Something an operator has to mend before the command can do its work; told in one line. */
export class CannotDo extends Error {
  override readonly name = 'CannotDo';
}

/** One installation, and how to reach what it is made of. Where it is, the SDK's own settings say. */
export type Place = {
  /** `voronka-<stage>`: what every name of it begins with */
  readonly prefix: string;
  readonly sqs: SQSClient;
  readonly lambda: LambdaClient;
  readonly table: DynamoDBClient;
  readonly streams: DynamoDBStreamsClient;
  readonly states: SFNClient;
  readonly print: (line: string) => void;
  close(): void;
};

export const placeOf = (stage: string, print: (line: string) => void): Place => {
  const clients = {
    sqs: new SQSClient({}),
    lambda: new LambdaClient({}),
    table: new DynamoDBClient({}),
    streams: new DynamoDBStreamsClient({}),
    states: new SFNClient({}),
  };
  return {
    prefix: `voronka-${stage}`,
    ...clients,
    print,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
};

/** Points the SDK at a runtime of this machine, which knows where its parts listen. @throws {CannotDo} */
export const lookAt = async (address: string): Promise<void> => {
  try {
    const found: unknown = await (await fetch(new URL('/environment', address))).json();
    Object.assign(process.env, z.record(z.string(), z.string()).parse(found));
  } catch (cause) {
    throw new CannotDo(
      `no Voronka answers at ${address}; start one with npm start, and give the address of its states, such as --at http://localhost:4004`,
      { cause },
    );
  }
};

/** `arn:…:stateMachine:voronka-<stage>-`, which account and region are part of. @throws {CannotDo} if nothing is there */
export const machineArnPrefix = async ({ states, prefix }: Place): Promise<string> => {
  let nextToken: string | undefined;
  do {
    const page = await states.send(
      new ListStateMachinesCommand({
        maxResults: 1000,
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
    );
    for (const { name = '', stateMachineArn = '' } of page.stateMachines ?? [])
      if (name.startsWith(`${prefix}-`)) return `${stateMachineArn.slice(0, -name.length)}${prefix}-`;
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  throw new CannotDo(
    `no state machine is called ${prefix}-…; name the stage that is deployed there by --stage, and the account by AWS_PROFILE and AWS_REGION`,
  );
};

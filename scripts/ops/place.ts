import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  ResourceNotFoundException,
} from '@aws-sdk/client-lambda';
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
  /** The table it works on: its own, or one that was restored. @throws {CannotDo} if nothing is there */
  readonly tableName: () => Promise<string>;
  readonly streams: DynamoDBStreamsClient;
  readonly states: SFNClient;
  readonly print: (line: string) => void;
  close(): void;
};

/** What mends that nothing is there by that name. */
export const named =
  'name the stage that is deployed there by --stage, and the account by AWS_PROFILE and AWS_REGION';

/** What the functions themselves are told. */
const toldTable = async (lambda: LambdaClient, prefix: string): Promise<string> => {
  try {
    const { Environment } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: `${prefix}-workflow` }),
    );
    const name = Environment?.Variables?.TABLE_NAME;
    if (name === undefined)
      throw new CannotDo(`${prefix}-workflow is told no TABLE_NAME; deploy the stage anew, and look again`);
    return name;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
    throw new CannotDo(`no function is called ${prefix}-workflow; ${named}`, { cause: error });
  }
};

/** @param isHere - a runtime of this machine, whose table is always its own */
export const placeOf = (stage: string, print: (line: string) => void, isHere: boolean): Place => {
  const prefix = `voronka-${stage}`;
  let told: Promise<string> | undefined;
  const clients = {
    sqs: new SQSClient({}),
    lambda: new LambdaClient({}),
    table: new DynamoDBClient({}),
    streams: new DynamoDBStreamsClient({}),
    states: new SFNClient({}),
  };
  return {
    prefix,
    ...clients,
    tableName: () => {
      told ??= isHere ? Promise.resolve(prefix) : toldTable(clients.lambda, prefix);
      return told;
    },
    print,
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
};

/** What a runtime says of itself; the API's own address, a port lower, answers something else. */
const Environment = z.object({ AWS_REGION: z.string() }).catchall(z.string());

/** Points the SDK at a runtime of this machine, which knows where its parts listen. @throws {CannotDo} */
export const lookAt = async (address: string): Promise<void> => {
  try {
    const found: unknown = await (await fetch(new URL('/environment', address))).json();
    Object.assign(process.env, Environment.parse(found));
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
  throw new CannotDo(`no state machine is called ${prefix}-…; ${named}`);
};

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { packStacks, removeStack } from './stack.ts';

const region = 'eu-central-1';
const before = { ...process.env };
let stop = async (): Promise<void> => {};
afterEach(async () => {
  await stop();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
});

type Standing = { readonly name: string; readonly stage?: string };

/** CloudFormation over its own protocol, with one stack a page; a deleted stack is gone. */
const cloudFormation = async (standing: readonly Standing[]) => {
  let stacks = [...standing];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += String(chunk);
    const asked = new URLSearchParams(text);
    const answer = (status: number, xml: string) => {
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(xml);
    };
    const name = asked.get('StackName');
    if (asked.get('Action') === 'DeleteStack') {
      stacks = stacks.filter((one) => one.name !== name);
      return answer(200, '<DeleteStackResponse/>');
    }
    if (name !== null && !stacks.some((one) => one.name === name))
      return answer(
        400,
        `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${name} does not exist</Message></Error></ErrorResponse>`,
      );
    const at = Number(asked.get('NextToken') ?? 0);
    const one = stacks[at];
    const tag =
      one?.stage === undefined
        ? ''
        : `<member><Key>stage</Key><Value>${one.stage}</Value></member><member><Key>product</Key><Value>voronka</Value></member>`;
    const member =
      one === undefined
        ? ''
        : `<member><StackName>${one.name}</StackName><StackStatus>UPDATE_COMPLETE</StackStatus><CreationTime>2026-11-22T10:00:00Z</CreationTime><Tags>${tag}</Tags></member>`;
    const next = at + 1 < stacks.length ? `<NextToken>${at + 1}</NextToken>` : '';
    return answer(
      200,
      `<DescribeStacksResponse><DescribeStacksResult><Stacks>${member}</Stacks>${next}</DescribeStacksResult></DescribeStacksResponse>`,
    );
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  stop = async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });
  return { names: () => stacks.map(({ name }) => name) };
};

test('the stacks of a stage’s packs are found on every page, and none of another stage', async () => {
  await cloudFormation([
    { name: 'voronka-eu', stage: 'eu' },
    { name: 'voronka-eu-industrial', stage: 'eu' },
    { name: 'voronka-eu-west', stage: 'eu-west' },
    { name: 'voronka-eu-west-industrial', stage: 'eu-west' },
    { name: 'voronka-eu-mirror' },
    { name: 'CDKToolkit' },
    { name: 'voronka-eu-tourism', stage: 'eu' },
  ]);

  expect(await packStacks('eu', region)).toEqual([
    { name: 'voronka-eu-industrial', status: 'UPDATE_COMPLETE' },
    { name: 'voronka-eu-tourism', status: 'UPDATE_COMPLETE' },
  ]);
});

test('a stack of a pack that has left the app is removed, and is gone then', async () => {
  const { names } = await cloudFormation([
    { name: 'voronka-eu', stage: 'eu' },
    { name: 'voronka-eu-tourism', stage: 'eu' },
  ]);

  await removeStack('voronka-eu-tourism', region);

  expect(names()).toEqual(['voronka-eu']);
});

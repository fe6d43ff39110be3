import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from '../../aws/aws-json.ts';
import { connectionFaults, failsAsPlanned } from '../failing.ts';
import { faultPlan } from '../faults.ts';
import { type Sandbox, type SandboxContext, withFaults } from '../sandbox.ts';
import { createNetwork, decided } from './network.ts';

const faults = {
  ...connectionFaults,
  unauthorised: 'the function may not publish',
  throttled: 'too many messages at once',
  'opted-out': 'the number has told AWS that it wants no messages',
  'lost-answer': 'the message is taken, and the connection is cut before the answer',
} as const;

const errors = {
  unauthorised: { status: 403, code: 'AuthorizationError' },
  throttled: { status: 429, code: 'Throttled' },
  'opted-out': { status: 400, code: 'OptedOut' },
} as const;

const space = 'xmlns="http://sns.amazonaws.com/doc/2010-03-31/"';

/** Amazon SNS as far as messages to phones go: its query protocol, `Publish` to a number. */
export const createSns = (on: SandboxContext): Sandbox => {
  const plan = faultPlan(faults);
  const network = createNetwork(on.clock, () => {}); // it calls nobody back
  let last = 0;

  const xml = (response: ServerResponse, status: number, body: string): void => {
    response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
  };
  const error = (response: ServerResponse, { status, code }: { status: number; code: string }): void =>
    xml(
      response,
      status,
      `<ErrorResponse ${space}><Error><Type>Sender</Type><Code>${code}</Code><Message>${code}</Message></Error></ErrorResponse>`,
    );

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (failsAsPlanned(plan, request, response)) return;
    const asked = new URLSearchParams((await readBody(request, 65_536)).toString('utf8'));
    const fault = plan.take(...Object.keys(errors)) as keyof typeof errors | undefined;
    if (fault !== undefined) return error(response, errors[fault]);
    const number = asked.get('PhoneNumber') ?? '';
    const text = asked.get('Message') ?? '';
    if (
      asked.get('Action') !== 'Publish' ||
      asked.has('TopicArn') ||
      !/^\+[1-9]\d{6,14}$/.test(number) ||
      text === ''
    )
      return error(response, { status: 400, code: 'InvalidParameter' });
    const attributes = new Map(
      [1, 2, 3, 4].map((n) => [
        asked.get(`MessageAttributes.entry.${n}.Name`),
        asked.get(`MessageAttributes.entry.${n}.Value.StringValue`),
      ]),
    );
    last += 1;
    const id = `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;
    network.take({ id, number, text, from: attributes.get('AWS.SNS.SMS.SenderID') ?? 'NOTICE' });
    if (plan.take('lost-answer') !== undefined) return void request.socket.destroy();
    xml(
      response,
      200,
      `<PublishResponse ${space}><PublishResult><MessageId>${id}</MessageId></PublishResult></PublishResponse>`,
    );
  };

  return {
    name: 'sns',
    title: 'Amazon SNS (messages to phones)',
    faults: plan,
    handler: (request, response) => {
      serve(request, response).catch(() => error(response, { status: 400, code: 'InvalidParameter' }));
    },
    holds: network.held,
    command: withFaults(plan, decided(network)),
  };
};

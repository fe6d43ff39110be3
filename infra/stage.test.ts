import { afterEach, expect, test } from 'vitest';
import { synthesize } from './synthesize.ts';
import { aPack, ofType, type Resource } from './testing.ts';

/** The template under a context, which the CDK hands to an app by its environment. */
const templateWith = async (context: Record<string, string>, nag = false) => {
  process.env.CDK_CONTEXT_JSON = JSON.stringify(context);
  const { templates, warnings } = await synthesize({ bundle: false, nag, made: aPack });
  expect(warnings).toEqual([]);
  return templates[0] as {
    Resources: Readonly<Record<string, Resource>>;
    Outputs: Readonly<Record<string, { Value: unknown }>>;
  };
};

afterEach(() => {
  delete process.env.CDK_CONTEXT_JSON;
});

const certificate = 'arn:aws:acm:eu-central-1:111111111111:certificate/1';
const stream = 'arn:aws:dynamodb:eu-central-1:111111111111:table/voronka-prod-back/stream/1';

test('alarms and the bill go to the address that is given', async () => {
  const { Resources } = await templateWith({ alarmMail: 'ops@example.com', budget: '50' }, true);

  expect(ofType(Resources, 'AWS::SNS::Subscription').map(([, { Properties }]) => Properties)).toMatchObject([
    { Endpoint: 'ops@example.com', Protocol: 'email' },
  ]);
  const [[, budget] = []] = ofType(Resources, 'AWS::Budgets::Budget');
  expect(budget?.Properties).toMatchObject({
    Budget: { BudgetLimit: { Amount: 50, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
    NotificationsWithSubscribers: [
      { Notification: { NotificationType: 'ACTUAL', Threshold: 80 } },
      { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
    ],
  });
});

test('a name of its own waits for the stage that it leads to', async () => {
  const { Resources, Outputs } = await templateWith({ domain: 'api.example.com', certificate }, true);

  const [[stage] = []] = ofType(Resources, 'AWS::ApiGatewayV2::Stage');
  expect(ofType(Resources, 'AWS::ApiGatewayV2::ApiMapping')).toMatchObject([
    [expect.any(String), { DependsOn: [stage], Properties: { Stage: '$default' } }],
  ]);
  expect(Object.keys(Outputs).some((name) => name.startsWith('DomainTarget'))).toBe(true);
});

test('a restored table takes the place of the own one, for every function and both readers', async () => {
  const { Resources } = await templateWith({ table: 'voronka-prod-back', tableStream: stream });

  expect(ofType(Resources, 'AWS::DynamoDB::Table')).toEqual([]);
  const names = ofType(Resources, 'AWS::Lambda::Function').map(([, { Properties }]) =>
    JSON.stringify(
      (Properties.Environment as { Variables: Record<string, unknown> } | undefined)?.Variables.TABLE_NAME,
    ),
  );
  expect(new Set(names)).toEqual(new Set(['"voronka-prod-back"']));
  const read = ofType(Resources, 'AWS::Lambda::EventSourceMapping').map(
    ([, { Properties }]) => Properties.EventSourceArn,
  );
  expect(new Set(read)).toEqual(new Set([stream]));
  const policies = JSON.stringify(ofType(Resources, 'AWS::IAM::Role'));
  expect(policies).toContain('table/voronka-prod-back/index/');
});

test('the stack remembers what it was deployed with, and nothing where nothing was said', async () => {
  const said = { mailDomain: 'crm.example.com', alarmMail: 'ops@example.com' };

  const { Outputs } = await templateWith(said);
  expect(JSON.parse(String(Outputs.DeployedWith?.Value))).toEqual(said);

  expect((await templateWith({})).Outputs.DeployedWith).toBeUndefined();
});

test.each([
  [{ domain: 'api.example.com' }, /context domain: given without certificate/],
  [{ table: 'other' }, /context table: given without tableStream/],
  [{ budget: '50' }, /context budget: nobody to tell/],
  [{ budget: 'much', alarmMail: 'ops@example.com' }, /context budget: "much" is no sum/],
])('half a setting is refused: %o', async (context, message) => {
  await expect(templateWith(context)).rejects.toThrow(message);
});

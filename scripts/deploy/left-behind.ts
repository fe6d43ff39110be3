/** What stays in the account when a stage is removed, and how somebody takes it away who means to. */
export type Left = { readonly what: string; readonly types: readonly string[]; readonly mend: string };

const deleteTable = (table: string): string =>
  `aws dynamodb update-table --table-name ${table} --no-deletion-protection-enabled && aws dynamodb delete-table --table-name ${table}`;

/** What prod leaves; a test holds the types against the template. */
export const leftByProd = (stack: string): readonly Left[] => [
  { what: 'table', types: ['AWS::DynamoDB::Table'], mend: deleteTable(stack) },
  {
    what: 'files',
    types: ['AWS::S3::Bucket'],
    mend: `the bucket whose name begins with ${stack}-`,
  },
  { what: 'people', types: ['AWS::Cognito::UserPool'], mend: `the user pool ${stack}` },
  {
    what: 'secrets',
    types: ['AWS::SecretsManager::Secret'],
    mend: `aws secretsmanager delete-secret --secret-id ${stack}/robokassa, and /cdek, /sms, /telegram`,
  },
  {
    what: 'events',
    types: ['AWS::Events::Archive', 'AWS::Events::EventBus'],
    mend: `aws events delete-archive --archive-name ${stack} && aws events delete-event-bus --name ${stack}`,
  },
  {
    what: 'mail',
    types: ['AWS::SES::EmailIdentity'],
    mend: 'aws sesv2 delete-email-identity --email-identity <the mail domain>, and its DNS records',
  },
  {
    what: 'logs',
    types: ['AWS::Logs::LogGroup'],
    mend: `the groups /aws/lambda/${stack}-…, /aws/vendedlogs/api/${stack} and /aws/vendedlogs/states/${stack}-…`,
  },
];

/** What to say after a removal; nothing where nothing stays. @param restored - a table the stage worked on instead of its own */
export const leftBehind = (stack: string, prod: boolean, restored: string | undefined): string[] => {
  const lines = [
    ...(prod ? leftByProd(stack) : []),
    ...(restored === undefined ? [] : [{ what: 'table', mend: deleteTable(restored) }]),
  ].map(({ what, mend }) => `  ${what.padEnd(12)}${mend}`);
  return lines.length === 0
    ? []
    : ['Left behind, since it is data; remove it by hand when nobody needs it:', ...lines];
};

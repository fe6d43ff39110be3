import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  type AttributeType,
  CognitoIdentityProviderClient,
} from '@aws-sdk/client-cognito-identity-provider';
import { configKey } from '../../functions/shared/keys.ts';
import { newId } from '../../functions/shared/new-id.ts';
import { ConditionFailed, type Table } from '../../functions/shared/table/port.ts';
import { User } from '../../schemas/people.ts';
import { instantOf } from '../../schemas/time.ts';

export type Founding = {
  /** of the sign-in: the stack's output `AccessIssuer` */
  readonly issuer: string;
  readonly table: Table;
  readonly now: Date;
  readonly admin: {
    readonly email: string;
    readonly name?: string | undefined;
    readonly language?: 'ru' | 'en';
  };
  readonly region: string;
};

export type Founded = { readonly id: string; readonly invited: boolean; readonly stored: boolean };

const subjectIn = (attributes: readonly AttributeType[] | undefined, email: string): string => {
  const subject = attributes?.find(({ Name }) => Name === 'sub')?.Value;
  if (subject === undefined) throw new Error(`the user pool gave ${email} no subject`);
  return subject;
};

/** The person in the user pool, invited by mail if nobody of that address is there. */
const invite = async (
  client: CognitoIdentityProviderClient,
  pool: string,
  email: string,
): Promise<{ id: string; invited: boolean }> => {
  try {
    const { User: made } = await client.send(
      new AdminCreateUserCommand({
        UserPoolId: pool,
        Username: email,
        DesiredDeliveryMediums: ['EMAIL'],
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    return { id: subjectIn(made?.Attributes, email), invited: true };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'UsernameExistsException') throw error;
    const known = await client.send(new AdminGetUserCommand({ UserPoolId: pool, Username: email }));
    return { id: subjectIn(known.UserAttributes, email), invited: false };
  }
};

/** The person's row, whose id is the subject of their tokens, and a line of the audit beside it. */
const store = async (table: Table, user: User, now: Date): Promise<boolean> => {
  const at = instantOf(now);
  try {
    await table.transact([
      { put: { ...configKey('user', user.id), row: 'user', ...user }, if: { absent: true } },
      {
        put: {
          pk: 'AUDIT',
          sk: `${at}#${newId()}`,
          row: 'audit',
          at,
          by: { system: 'deployment' },
          what: 'user',
          id: user.id,
          after: user,
        },
        if: { absent: true },
      },
    ]);
    return true;
  } catch (error) {
    if (error instanceof ConditionFailed) return false; // there before: what an administrator made of it stays
    throw error;
  }
};

/**
 * Makes the first administrator of a company: invited into the user pool, in its group `administrators`, and known to the
 * company with the role `admin`. Done again it changes nothing. Roles, settings, directories and pipelines need no first
 * rows: they come with the packs, and the table holds only what administrators change.
 */
export const found = async ({ issuer, table, now, admin, region }: Founding): Promise<Founded> => {
  const pool = issuer.split('/').at(-1) ?? '';
  const client = new CognitoIdentityProviderClient({ region, maxAttempts: 4 });
  try {
    const { id, invited } = await invite(client, pool, admin.email);
    await client.send(
      new AdminAddUserToGroupCommand({
        UserPoolId: pool,
        Username: admin.email,
        GroupName: 'administrators',
      }),
    );
    const user = User.parse({
      id,
      name: admin.name ?? admin.email,
      email: admin.email,
      roles: ['admin'],
      channels: ['app', 'email'],
      ...(admin.language === undefined ? {} : { language: admin.language }),
    });
    return { id, invited, stored: await store(table, user, now) };
  } finally {
    client.destroy();
  }
};

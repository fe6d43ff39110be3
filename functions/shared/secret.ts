import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type * as z from 'zod';
import { wallMs } from './clock.ts';
import { environment } from './environment.ts';
import { VoronkaError } from './errors.ts';

/** Whose secret: each is one document, keyed by pack where a pack has an account of its own. */
export type SecretOf = 'robokassa' | 'cdek' | 'sms' | 'links';

/** A third party's keys were never put into the deployment, or not all of them. An operator mends it. */
export class NotConfigured extends VoronkaError {
  readonly name = 'NotConfigured';
  readonly type = 'not-configured';
  readonly title = 'This connection is not set up yet';
  readonly status = 503;
  readonly mends = 'us';
}

/** How long a value is believed: one that was changed holds everywhere after this. */
const believedMs = 5 * 60_000;

let client: SecretsManagerClient | undefined;
const known = new Map<SecretOf, { value: Promise<string>; until: number }>();

/** Reads every secret anew at the next need, for a host that runs one system after another in a process. */
export const forgetSecrets = (): void => {
  client?.destroy();
  client = undefined;
  known.clear();
};

const missing = (name: string, why: string, cause?: unknown): NotConfigured =>
  new NotConfigured(
    `secret ${name}: ${why}; write it with "aws secretsmanager put-secret-value --secret-id ${name}", docs/integrations says what goes into it`,
    cause === undefined ? {} : { cause },
  );

const read = async (name: string): Promise<string> => {
  client ??= new SecretsManagerClient({});
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: name }));
    if (SecretString.trim() === '') throw missing(name, 'nothing is in it');
    return SecretString;
  } catch (error) {
    // So it is answered too for a secret that was made and never given a value.
    if (error instanceof ResourceNotFoundException) throw missing(name, 'it has no value');
    throw error;
  }
};

const jsonOf = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The cause would quote what is in it.
    throw missing(name, 'it is not JSON');
  }
};

/**
 * The keys of a third party, read from Secrets Manager and believed for five minutes.
 *
 * @throws {NotConfigured} where it is missing, empty or not of the shape; names the members at fault and no value
 */
export const secretOf = async <Shape extends z.ZodType>(
  provider: SecretOf,
  shape: Shape,
): Promise<z.output<Shape>> => {
  const name = `${environment().SECRET_PREFIX}/${provider}`;
  const now = wallMs();
  let kept = known.get(provider);
  if (kept === undefined || now >= kept.until) {
    kept = { value: read(name), until: now + believedMs };
    known.set(provider, kept);
    const { value } = kept;
    // A failed read is not kept.
    value.catch(() => {
      if (known.get(provider)?.value === value) known.delete(provider);
    });
  }
  const parsed = shape.safeParse(jsonOf(await kept.value, name));
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path, code }) => `${path.join('.') || 'the whole'} (${code})`);
  throw missing(name, `of another form than wanted at ${places.join(', ')}`);
};

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, type JWK } from 'jose';

/** What the issuer signs with: one RSA key, and the secret of its cookies. */
export type IssuerKeys = { signing: JWK & { kid: string }; cookie: string };

/**
 * The issuer's keys, made the first time and kept in `dir` for the owner's eyes alone, so that tokens survive a restart.
 *
 * @param dir - undefined makes keys for this process alone
 */
export const issuerKeys = async (dir: string | undefined): Promise<IssuerKeys> => {
  const file = dir === undefined ? undefined : join(dir, 'signin-keys.json');
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as IssuerKeys;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomBytes(8).toString('hex');
  const keys: IssuerKeys = {
    signing: { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' },
    cookie: randomBytes(24).toString('base64url'),
  };
  if (dir !== undefined && file !== undefined) {
    mkdirSync(dir, { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(keys), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return keys;
};

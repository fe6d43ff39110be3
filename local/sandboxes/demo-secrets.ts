import { createHash } from 'node:crypto';
import { noticeCertificate } from './robokassa/theirs.ts';

/** Letters and digits that are the same on every start, and differ by what they are for. */
const word = (...of: readonly string[]): string =>
  createHash('sha256').update(JSON.stringify(of)).digest('base64url').replaceAll(/[-_]/g, 'x').slice(0, 24);

/** What an operator would have written for each pack; the sandboxes know the same, as the other side of the contract. */
const ofPack = {
  robokassa: (pack: string) => ({
    merchantLogin: `${pack}-shop`,
    password1: word(pack, 'password1'),
    password2: word(pack, 'password2'),
    password3: word(pack, 'password3'),
    test: { password1: word(pack, 'test', 'password1'), password2: word(pack, 'test', 'password2') },
    algorithm: 'sha256',
    // Made when it is asked for: most hosts never need it.
    get certificate() {
      return noticeCertificate();
    },
  }),
  cdek: (pack: string) => ({
    account: word(pack, 'account'),
    password: word(pack, 'secure password'),
    webhookToken: word(pack, 'webhook').toLowerCase(),
  }),
  sms: (pack: string) => ({
    smsaero: { email: `sms@${pack}.example`, apiKey: word(pack, 'api key'), sign: 'SMS Aero' },
    smsc: { apikey: word(pack, 'apikey'), callbackPassword: word(pack, 'callback') },
    sns: { senderId: 'VORONKA' },
    callbackToken: word(pack, 'sms callback').toLowerCase(),
  }),
} as const;

/** The secrets of a deployment of these packs on this machine, by name. No value of them is any company's. */
export const demoSecrets = (
  prefix: string,
  packs: readonly { readonly id: string }[],
): Record<string, unknown> => ({
  [`${prefix}/links`]: { key: word('links', 'one') + word('links', 'two') },
  ...Object.fromEntries(
    Object.entries(ofPack).map(([provider, entry]) => [
      `${prefix}/${provider}`,
      Object.fromEntries(packs.map(({ id }) => [id, entry(id)])),
    ]),
  ),
});

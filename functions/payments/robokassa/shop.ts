import * as z from 'zod';
import { NotConfigured, secretOf } from '../../shared/secret.ts';
import { Algorithm } from './sign.ts';

const Password = z.string().min(1).max(200);

/** What Robokassa's cabinet gives a shop; the secret holds one for each pack that takes payments. */
export const ShopKeys = z.object({
  merchantLogin: z
    .string()
    .min(1)
    .max(100)
    .regex(/^[^:\s]+$/),
  password1: Password,
  password2: Password,
  /** for refunds, given on request */
  password3: Password.optional(),
  /** the pair that test payments are signed with */
  test: z.object({ password1: Password, password2: Password }).optional(),
  algorithm: Algorithm.default('sha256'),
  /** PEM of the certificate that signed notifications are checked by */
  certificate: z.string().includes('-----BEGIN').optional(),
});
export type ShopKeys = z.infer<typeof ShopKeys>;

const Secret = z.record(z.string(), ShopKeys);

/** A shop as it signs: its passwords are those of test payments where `test` says so. */
export type Shop = Omit<ShopKeys, 'test'> & { readonly test: boolean };

/** The shop of these keys, for payments or for tests of them. @throws {NotConfigured} if it has no passwords for tests */
export const shopFrom = ({ test: forTests, ...keys }: ShopKeys, test: boolean): Shop => {
  if (!test) return { ...keys, test };
  if (forTests === undefined)
    throw new NotConfigured(
      `Robokassa's shop ${keys.merchantLogin} is to take test payments and has no passwords for them: an operator puts "test" into its secret, docs/integrations/robokassa.md`,
    );
  return { ...keys, ...forTests, test };
};

/** The shop of a pack. @throws {NotConfigured} if the secret has none, or not in the form wanted */
export const shopOf = async (pack: string, test: boolean): Promise<Shop> => {
  const shops = await secretOf('robokassa', Secret);
  const keys = Object.hasOwn(shops, pack) ? shops[pack] : undefined;
  if (keys === undefined)
    throw new NotConfigured(
      `Robokassa has no shop for the pack ${pack}: an operator puts its keys into the secret, docs/integrations/robokassa.md; it has ${Object.keys(shops).join(', ') || 'none'}`,
    );
  return shopFrom(keys, test);
};

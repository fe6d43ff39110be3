import * as z from 'zod';
import { secretOf } from '../../shared/secret.ts';

/** One company's account at CDEK, as the secret `cdek` keeps it under the pack's id. */
export const CdekAccount = z.object({
  /** "Account" of the integration keys in CDEK's cabinet */
  account: z.string().min(1),
  /** "Secure password" beside it */
  password: z.string().min(1),
  /** the keys are those of CDEK's test host, where no parcel moves */
  test: z.literal(true).optional(),
  /** the unguessable last part of the address CDEK calls */
  webhookToken: z.string().min(20),
});
export type CdekAccount = z.infer<typeof CdekAccount>;

/** The whole secret: the accounts of all packs that ship by CDEK. */
export const CdekSecret = z.record(z.string(), CdekAccount);

/** The account of a pack; nothing where the pack has none. */
export const accountOf = async (pack: string): Promise<CdekAccount | undefined> =>
  (await secretOf('cdek', CdekSecret))[pack];

/** Every pack that has an account, with it: who is called by a webhook, who is asked once a day. */
export const accounts = async (): Promise<ReadonlyMap<string, CdekAccount>> =>
  new Map(Object.entries(await secretOf('cdek', CdekSecret)));

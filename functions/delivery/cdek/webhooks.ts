import * as z from 'zod';
import { idOf } from '../../shared/new-id.ts';
import { Accepted, type Cdek, segment, uuidOf } from './client.ts';
import { CdekRefused } from './errors.ts';
import { CdekInstant } from './instants.ts';

/** What we have CDEK tell us of: two subscriptions, as many as an account may have. */
export const subscribedTo = ['ORDER_STATUS', 'PRINT_FORM'] as const;

const Subscription = z.object({ uuid: z.string(), type: z.string(), url: z.string() });

/** The subscriptions of the account, whoever made them. */
export const subscriptions = async (cdek: Cdek): Promise<readonly z.infer<typeof Subscription>[]> => {
  try {
    return await cdek.ask({ method: 'GET', path: '/webhooks', shape: z.array(Subscription) });
  } catch (error) {
    if (error instanceof CdekRefused && error.isMissing) return [];
    throw error;
  }
};

/**
 * Makes the subscriptions that are missing: CDEK switches off all of an address that did not answer for an hour or a day, and
 * says so to nobody. Answers the types that were made.
 */
export const keepSubscribed = async (
  cdek: Cdek,
  url: string,
  types: readonly string[] = subscribedTo,
): Promise<readonly string[]> => {
  const there = new Set((await subscriptions(cdek)).filter((one) => one.url === url).map(({ type }) => type));
  const missing = types.filter((type) => !there.has(type));
  for (const type of missing)
    uuidOf(await cdek.ask({ method: 'POST', path: '/webhooks', body: { url, type }, shape: Accepted }));
  return missing;
};

/** Ends a subscription. */
export const unsubscribe = async (cdek: Cdek, uuid: string): Promise<void> => {
  await cdek.ask({ method: 'DELETE', path: `/webhooks/${segment(uuid)}`, shape: z.unknown() });
};

const Uuid = z.string().regex(/^[A-Za-z0-9-]{1,64}$/, 'no id of CDEK');

/** That an order's status changed: a hint to ask for the order, nothing more, since nothing signs it. */
export const StatusEvent = z.object({
  type: z.literal('ORDER_STATUS'),
  date_time: CdekInstant,
  uuid: Uuid,
  attributes: z.object({
    is_return: z.boolean().nullish(),
    is_reverse: z.boolean().nullish(),
    is_client_return: z.boolean().nullish(),
    cdek_number: z.coerce.string().max(50).nullish(),
    number: z.string().max(100).nullish(),
    code: z.string().min(1).max(100),
    status_code: z.coerce.string().nullish(),
    status_reason_code: z.coerce.string().nullish(),
    status_date_time: CdekInstant,
    city_name: z.string().nullish(),
    city_code: z.coerce.string().nullish(),
    deleted: z.boolean().nullish(),
    related_entities: z
      .array(z.object({ type: z.string(), cdek_number: z.coerce.string().nullish(), uuid: Uuid }))
      .nullish(),
  }),
});
export type StatusEvent = z.infer<typeof StatusEvent>;

/** That a form is ready. */
export const FormEvent = z.object({
  type: z.literal('PRINT_FORM'),
  date_time: CdekInstant,
  uuid: Uuid,
  attributes: z.object({ type: z.string(), url: z.string().nullish() }),
});
export type FormEvent = z.infer<typeof FormEvent>;

/** Whatever else CDEK tells of: kept, and done nothing about. */
const OtherEvent = z
  .object({
    type: z
      .string()
      .min(1)
      .max(60)
      .regex(/^(?!ORDER_STATUS$|PRINT_FORM$)[A-Z_]+$/),
    date_time: CdekInstant.nullish(),
    uuid: Uuid,
  })
  .transform(({ type, uuid, date_time }) => ({
    type: 'OTHER' as const,
    of: type,
    uuid,
    ...(date_time ? { date_time } : {}),
  }));

/** The body of a callback. */
export const CdekEvent = z.union([StatusEvent, FormEvent, OtherEvent]);
export type CdekEvent = z.infer<typeof CdekEvent>;

/** What makes two callbacks the same one, however often CDEK sends it. */
export const eventKey = (event: CdekEvent): string => {
  switch (event.type) {
    case 'ORDER_STATUS': {
      const { code, status_date_time, deleted } = event.attributes;
      return idOf(event.uuid, event.type, code, status_date_time, String(deleted === true));
    }
    case 'PRINT_FORM':
      return idOf(event.uuid, event.type, event.attributes.type, event.date_time);
    case 'OTHER':
      return idOf(event.uuid, event.of, event.date_time ?? '');
    default:
      return event satisfies never;
  }
};

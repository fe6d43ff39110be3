import * as z from 'zod';
import { Refused } from '../../shared/errors.ts';
import { Accepted, type Cdek, CdekRequest, segment, uuidOf } from './client.ts';
import { checkDraft, type Draft, draftBody } from './draft.ts';
import { alreadyHad, CdekAway, CdekRefused, isPassing, type Reason, reasonsOf } from './errors.ts';
import { CdekDay, CdekInstant } from './instants.ts';
import { toKopecks } from './rubles.ts';
import { bucketOf, type HeardStatus } from './statuses.ts';

const Status = z.object({
  code: z.string().min(1).max(100),
  name: z.string().nullish(),
  date_time: CdekInstant,
  reason_code: z.coerce.string().nullish(),
  city: z.string().nullish(),
  deleted: z.boolean().nullish(),
});

const Detail = z.object({
  date: z.string().nullish(),
  payment_sum: z.number().nullish(),
  delivery_sum: z.number().nullish(),
  total_sum: z.number().nullish(),
  payment_info: z.array(z.object({ type: z.string(), sum: z.number() })).nullish(),
});

const Entity = z.object({
  uuid: z.string().min(1),
  cdek_number: z.coerce.string().nullish(),
  number: z.string().nullish(),
  tariff_code: z.int().nullish(),
  is_return: z.boolean().nullish(),
  is_reverse: z.boolean().nullish(),
  is_client_return: z.boolean().nullish(),
  statuses: z.array(Status).nullish(),
  delivery_detail: Detail.nullish(),
  delivery_problem: z
    .array(z.object({ code: z.coerce.string().nullish(), create_date: z.string().nullish() }))
    .nullish(),
  planned_delivery_date: CdekDay.nullish(),
  keep_free_until: z.string().nullish(),
  transacted_payment: z.boolean().nullish(),
});

const Related = z.object({
  type: z.string(),
  uuid: z.string(),
  url: z.string().nullish(),
  cdek_number: z.coerce.string().nullish(),
});

const Answer = z.object({
  entity: Entity.nullish(),
  requests: z.array(CdekRequest).nullish(),
  related_entities: z.array(Related).nullish(),
});

/** An order as CDEK has it. */
export type CdekOrder = {
  readonly uuid: string;
  /** the track number, once the order is registered */
  readonly track?: string;
  readonly number?: string;
  readonly tariff?: number;
  /** whether it brings something back: it has a life of its own beside the order it belongs to */
  readonly back: boolean;
  readonly statuses: readonly HeardStatus[];
  readonly plannedDay?: string;
  /** the last day it is kept at the point for free */
  readonly keptUntil?: string;
  /** what the client paid on delivery was paid out to us */
  readonly paidOut?: true;
  /** what the client paid on delivery, in kopecks, once that is known */
  readonly paid?: number;
  /** what the delivery cost by what was weighed and measured, in kopecks, once that is known */
  readonly cost?: number;
  readonly problems: readonly string[];
  /** orders and forms that belong to it */
  readonly related: readonly { readonly type: string; readonly uuid: string; readonly track?: string }[];
  readonly registered: 'yes' | 'under way' | 'no';
  /** why not, where it is not */
  readonly reasons: readonly Reason[];
};

/** Of the requests of an order, later changes among them, what became of its making. */
const registered = (
  requests: readonly CdekRequest[],
  track: string | undefined,
): Pick<CdekOrder, 'registered' | 'reasons'> => {
  const made = requests.findLast(({ type }) => type === 'CREATE');
  // Old orders have lost their requests; a track number is given to none but registered ones.
  if (made === undefined) return { registered: track === undefined ? 'under way' : 'yes', reasons: [] };
  switch (made.state) {
    case 'INVALID':
      return { registered: 'no', reasons: reasonsOf(made.errors ?? []) };
    case 'SUCCESSFUL':
      return { registered: 'yes', reasons: [] };
    case 'ACCEPTED':
    case 'WAITING':
      return { registered: 'under way', reasons: [] };
    default:
      return made.state satisfies never;
  }
};

const orderOf = ({ entity, requests, related_entities }: z.infer<typeof Answer>): CdekOrder | undefined => {
  if (!entity) return undefined;
  const track = entity.cdek_number || undefined;
  const detail = entity.delivery_detail;
  return {
    uuid: entity.uuid,
    ...(track === undefined ? {} : { track }),
    ...(entity.number ? { number: entity.number } : {}),
    ...(typeof entity.tariff_code === 'number' ? { tariff: entity.tariff_code } : {}),
    back: entity.is_return === true || entity.is_reverse === true || entity.is_client_return === true,
    statuses: (entity.statuses ?? []).map((status) => ({
      code: status.code,
      at: status.date_time,
      ...(status.city ? { city: status.city } : {}),
      ...(status.reason_code ? { reason: status.reason_code } : {}),
      ...(status.deleted === true ? { deleted: true } : {}),
    })),
    ...(entity.planned_delivery_date ? { plannedDay: entity.planned_delivery_date } : {}),
    ...(entity.keep_free_until ? { keptUntil: entity.keep_free_until.slice(0, 10) } : {}),
    ...(entity.transacted_payment === true ? { paidOut: true as const } : {}),
    ...(typeof detail?.payment_sum === 'number' ? { paid: toKopecks(detail.payment_sum) } : {}),
    ...(typeof detail?.total_sum === 'number' ? { cost: toKopecks(detail.total_sum) } : {}),
    problems: (entity.delivery_problem ?? []).flatMap(({ code }) => code ?? []),
    related: (related_entities ?? []).map(({ type, uuid, cdek_number }) => ({
      type,
      uuid,
      ...(cdek_number ? { track: cdek_number } : {}),
    })),
    ...registered(requests ?? [], track),
  };
};

const found = async (asked: Promise<z.infer<typeof Answer>>): Promise<CdekOrder | undefined> => {
  try {
    return orderOf(await asked);
  } catch (error) {
    // 400 or 404 by the method: the code says it, not the status.
    if (error instanceof CdekRefused && error.isMissing) return undefined;
    throw error;
  }
};

/** An order by its id; nothing where CDEK has none, or has removed it. */
export const orderBy = async (cdek: Cdek, uuid: string): Promise<CdekOrder | undefined> =>
  found(cdek.ask({ method: 'GET', path: `/orders/${segment(uuid)}`, shape: Answer }));

/** An order by our number. */
export const orderByNumber = (cdek: Cdek, number: string): Promise<CdekOrder | undefined> =>
  found(cdek.ask({ method: 'GET', path: '/orders', query: { im_number: number }, shape: Answer }));

/** An order by its track number. */
export const orderByTrack = (cdek: Cdek, track: string): Promise<CdekOrder | undefined> =>
  found(cdek.ask({ method: 'GET', path: '/orders', query: { cdek_number: track }, shape: Answer }));

/** Seconds until a registration is worth asking about. */
export const askAgainSeconds = 3;

export type Registration =
  | { readonly as: 'registered'; readonly uuid: string; readonly track: string; readonly order: CdekOrder }
  /** taken for validation, which is over in a second mostly, in a minute at the busiest */
  | { readonly as: 'under-way'; readonly uuid: string; readonly afterSeconds: number }
  | { readonly as: 'invalid'; readonly uuid: string; readonly reasons: readonly Reason[] };

const registrationOf = (order: CdekOrder): Registration => {
  if (order.registered === 'no') return { as: 'invalid', uuid: order.uuid, reasons: order.reasons };
  return order.registered === 'yes' && order.track !== undefined
    ? { as: 'registered', uuid: order.uuid, track: order.track, order }
    : { as: 'under-way', uuid: order.uuid, afterSeconds: askAgainSeconds };
};

/** The order of a number, unless it was found invalid or has been removed: such a one is made anew. */
export const standing = async (cdek: Cdek, number: string): Promise<CdekOrder | undefined> => {
  const order = await orderByNumber(cdek, number);
  const isGone = order?.statuses.some(({ code, deleted }) => bucketOf(code) === 'cancelled' && !deleted);
  return order === undefined || order.registered === 'no' || isGone ? undefined : order;
};

/**
 * How far the registration of an order is. One that is refused since its number is taken is the order that has the number: an
 * earlier attempt of ours, whose answer was lost.
 */
export const registrationBy = async (cdek: Cdek, uuid: string): Promise<Registration> => {
  const order = await orderBy(cdek, uuid);
  // Taken on a moment ago, and not there yet for those who read.
  if (order === undefined) return { as: 'under-way', uuid, afterSeconds: askAgainSeconds };
  if (order.number !== undefined && order.reasons.some(({ code }) => code === alreadyHad)) {
    const there = await standing(cdek, order.number);
    if (there !== undefined) return registrationOf(there);
  }
  return registrationOf(order);
};

/**
 * Has CDEK make an order, once however often it is asked: an order of this number that is there already, made by an attempt
 * whose answer was lost, is taken for it. One that was found invalid is sent anew, since its mistakes may be mended.
 *
 * @param again - whether it may have been sent before: then it is looked up first
 * @throws {Refused} with all that CDEK would not take, before anything is sent
 * @throws {CdekRefused} if CDEK refuses it at once
 */
export const registerOrder = async (cdek: Cdek, draft: Draft, again: boolean): Promise<Registration> => {
  const refusals = checkDraft(draft);
  if (refusals.length > 0) throw new Refused(refusals);
  const there = again ? await standing(cdek, draft.number) : undefined;
  if (there !== undefined) return registrationOf(there);
  try {
    const uuid = uuidOf(
      await cdek.ask({ method: 'POST', path: '/orders', body: draftBody(draft), shape: Accepted }),
    );
    return { as: 'under-way', uuid, afterSeconds: askAgainSeconds };
  } catch (error) {
    if (!(error instanceof CdekRefused) || !error.codes.includes(alreadyHad)) throw error;
    const taken = await standing(cdek, draft.number);
    if (taken === undefined) throw error;
    return registrationOf(taken);
  }
};

/** What an order may be changed in while it has not been handed in. */
export type Change = Partial<Pick<Draft, 'tariff' | 'comment' | 'to' | 'recipient' | 'deliveryToPay'>>;

/**
 * Asks for a change of an order that has not been handed in.
 *
 * @throws {CdekRefused} with `v2_update_forbidden` once it is on its way
 */
export const changeOrder = async (cdek: Cdek, uuid: string, change: Change): Promise<void> => {
  const { tariff, comment, to, recipient, deliveryToPay } = change;
  // A body of a whole order, of which only what is given is taken.
  const whole = draftBody({
    number: '-',
    tariff: tariff ?? 0,
    from: {},
    to: to ?? {},
    recipient: recipient ?? { name: '', phones: [] },
    packages: [],
    ...(comment === undefined ? {} : { comment }),
    ...(deliveryToPay === undefined ? {} : { deliveryToPay }),
  });
  const { number: _, type: __, packages: ___, ...rest } = whole;
  const body = {
    uuid,
    ...Object.fromEntries(
      Object.entries(rest).filter(
        ([name]) =>
          (name !== 'tariff_code' || tariff !== undefined) &&
          (name !== 'recipient' || recipient !== undefined),
      ),
    ),
  };
  uuidOf(await cdek.ask({ method: 'PATCH', path: '/orders', body, shape: Accepted }));
};

/**
 * Asks CDEK to remove an order that has not been handed in. It is gone once `orderBy` finds nothing, or its status is
 * `REMOVED`; one that is gone already is removed.
 */
export const cancelOrder = async (cdek: Cdek, uuid: string): Promise<void> => {
  try {
    uuidOf(await cdek.ask({ method: 'DELETE', path: `/orders/${segment(uuid)}`, shape: Accepted }));
  } catch (error) {
    if (!(error instanceof CdekRefused && error.isMissing)) throw error;
  }
};

/** Asks CDEK to turn back a parcel that is under way: the client refuses it. What goes back is an order of its own. */
export const refuseOrder = async (cdek: Cdek, uuid: string): Promise<void> => {
  uuidOf(await cdek.ask({ method: 'POST', path: `/orders/${segment(uuid)}/refusal`, shape: Accepted }));
};

/** Has CDEK bring back a parcel that was delivered; answers the id of the order that does. */
export const returnFromClient = async (cdek: Cdek, uuid: string, tariff: number): Promise<string> =>
  uuidOf(
    await cdek.ask({
      method: 'POST',
      path: `/orders/${segment(uuid)}/clientReturn`,
      body: { tariff_code: tariff },
      shape: Accepted,
    }),
  );

/** Whether CDEK would bring something back by a reverse order between these ends. */
export const canReverse = async (
  cdek: Cdek,
  draft: Pick<Draft, 'tariff' | 'from' | 'to' | 'recipient' | 'sender'>,
): Promise<boolean> => {
  const { number: _, type: __, packages: ___, ...body } = draftBody({ ...draft, number: '-', packages: [] });
  try {
    await cdek.ask({ method: 'POST', path: '/reverse/availability', body, shape: z.unknown() });
    return true;
  } catch (error) {
    if (error instanceof CdekRefused) return false;
    throw error;
  }
};

/** What became of the last request of a kind, for those that end after their answer. */
export const requestState = async (
  cdek: Cdek,
  uuid: string,
  type: 'UPDATE' | 'DELETE',
): Promise<{ readonly as: 'done' | 'under-way' | 'refused'; readonly reasons: readonly Reason[] }> => {
  try {
    const answer = await cdek.ask({ method: 'GET', path: `/orders/${segment(uuid)}`, shape: Answer });
    const last = (answer.requests ?? []).findLast((request) => request.type === type);
    if (last?.state === 'INVALID') {
      const reasons = reasonsOf(last.errors ?? []);
      if (isPassing(reasons.map(({ code }) => code))) throw new CdekAway('cannot do it at the moment', 'no');
      return { as: 'refused', reasons };
    }
    return { as: last?.state === 'SUCCESSFUL' ? 'done' : 'under-way', reasons: [] };
  } catch (error) {
    if (error instanceof CdekRefused && error.isMissing && type === 'DELETE')
      return { as: 'done', reasons: [] };
    throw error;
  }
};

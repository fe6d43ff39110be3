import * as z from 'zod';
import { type Refusal, Refused } from '../../shared/errors.ts';
import { Accepted, type Cdek, CdekRequest, segment, uuidOf } from './client.ts';
import { CdekRefused, type Reason, reasonsOf } from './errors.ts';

/** A courier who comes for a registered order; cargo, sender and address are those of the order. */
export type Intake = {
  readonly order: string;
  /** `2026-05-04` */
  readonly day: string;
  /** `10:00`; three hours at least lie between */
  readonly from: string;
  readonly to: string;
  readonly lunch?: { readonly from: string; readonly to: string };
  readonly comment?: string;
  readonly callBefore?: boolean;
};

const minutesOf = (time: string): number => {
  const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  return hours === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes);
};

/** What CDEK would refuse of a call and that can be seen without asking it. */
export const checkIntake = (intake: Intake): readonly Refusal[] => {
  const from = minutesOf(intake.from);
  const to = minutesOf(intake.to);
  const window = from >= 9 * 60 && to <= 22 * 60 && to - from >= 180;
  return [
    ...(/^\d{4}-\d{2}-\d{2}$/.test(intake.day)
      ? []
      : [
          {
            path: 'day',
            code: 'day',
            message: {
              en: 'the courier comes on a day such as 2026-05-04',
              ru: 'курьер приезжает в день вида 2026-05-04',
            },
          },
        ]),
    ...(window
      ? []
      : [
          {
            path: 'from',
            code: 'window',
            message: {
              en: `${intake.from}–${intake.to}: a courier is called between 09:00 and 22:00 for three hours at least`,
              ru: `${intake.from}–${intake.to}: курьера вызывают с 09:00 до 22:00 не меньше чем на три часа`,
            },
          },
        ]),
  ];
};

/**
 * Calls a courier; answers the id of the call, which CDEK then works off.
 *
 * @throws {Refused} if the window is one CDEK does not take
 */
export const callCourier = async (cdek: Cdek, intake: Intake): Promise<string> => {
  const refusals = checkIntake(intake);
  if (refusals.length > 0) throw new Refused(refusals);
  return uuidOf(
    await cdek.ask({
      method: 'POST',
      path: '/intakes',
      body: {
        order_uuid: intake.order,
        intake_date: intake.day,
        intake_time_from: intake.from,
        intake_time_to: intake.to,
        ...(intake.lunch === undefined
          ? {}
          : { lunch_time_from: intake.lunch.from, lunch_time_to: intake.lunch.to }),
        ...(intake.comment === undefined ? {} : { comment: intake.comment.slice(0, 255) }),
        need_call: intake.callBefore ?? false,
      },
      shape: Accepted,
    }),
  );
};

const IntakeAnswer = z.object({
  entity: z
    .object({
      uuid: z.string(),
      intake_number: z.coerce.string().nullish(),
      statuses: z.array(z.object({ code: z.string() })).nullish(),
    })
    .nullish(),
  requests: z.array(CdekRequest).nullish(),
});

export type IntakeState =
  | { readonly as: 'called'; readonly number?: string }
  | { readonly as: 'under-way'; readonly afterSeconds: number }
  | { readonly as: 'failed'; readonly reasons: readonly Reason[] };

/** What became of a call. */
export const intakeState = async (cdek: Cdek, uuid: string): Promise<IntakeState> => {
  const { entity, requests } = await cdek.ask({
    method: 'GET',
    path: `/intakes/${segment(uuid)}`,
    shape: IntakeAnswer,
  });
  const made = (requests ?? []).findLast(({ type }) => type === 'CREATE');
  if (made?.state === 'INVALID') return { as: 'failed', reasons: reasonsOf(made.errors ?? []) };
  if (made?.state === 'SUCCESSFUL' || (made === undefined && entity?.intake_number))
    return { as: 'called', ...(entity?.intake_number ? { number: entity.intake_number } : {}) };
  return { as: 'under-way', afterSeconds: 3 };
};

const OrderIntakes = z.object({
  entity: z.array(z.object({ uuid: z.string() })).nullish(),
  requests: z.array(CdekRequest).nullish(),
});

/** The calls there are for an order: asked before a call is repeated. */
export const intakesOf = async (cdek: Cdek, order: string): Promise<readonly string[]> => {
  try {
    const { entity } = await cdek.ask({
      method: 'GET',
      path: `/orders/${segment(order)}/intakes`,
      shape: OrderIntakes,
    });
    return (entity ?? []).map(({ uuid }) => uuid);
  } catch (error) {
    if (error instanceof CdekRefused && error.isMissing) return [];
    throw error;
  }
};

/** Sends the courier away; one that was never called, or is sent away already, is sent away. */
export const cancelIntake = async (cdek: Cdek, uuid: string): Promise<void> => {
  try {
    uuidOf(await cdek.ask({ method: 'DELETE', path: `/intakes/${segment(uuid)}`, shape: Accepted }));
  } catch (error) {
    if (!(error instanceof CdekRefused && error.isMissing)) throw error;
  }
};

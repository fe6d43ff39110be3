import * as z from 'zod';
import type { Text } from '../../../schemas/text.ts';
import { type Mends, VoronkaError } from '../../shared/errors.ts';

/** One error of an answer. `message` may quote what was sent, a client's phone among it: never logged. */
export const CdekProblem = z.object({
  // A code is a text mostly; a figure, or none, is an error all the same.
  code: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((code) => String(code ?? 'unknown').slice(0, 200)),
  message: z.unknown().transform((message) => (typeof message === 'string' ? message : undefined)),
});
export type CdekProblem = { readonly code: string; readonly message?: string | undefined };

/** Why CDEK said no: its code, what that means in our words where we have them, and its own words for the people of the deal. */
export type Reason = { readonly code: string; readonly means?: Text; readonly said?: string };

/** What a few codes mean, and who can do something about it. */
const meanings: Readonly<Record<string, Text>> = {
  error_validate_im_dep_number_has_already_had_integration: {
    en: 'an order with this number is registered already',
    ru: 'заказ с таким номером уже зарегистрирован',
  },
  v2_sender_location_not_recognized: {
    en: "the sender's place is not known to CDEK: the pack's administrator mends the shipping point or the address",
    ru: 'СДЭК не знает места отправителя: администратор исправляет пункт отгрузки или адрес',
  },
  shipment_location_is_not_recognized: {
    en: "the sender's place is not known to CDEK: the pack's administrator mends the shipping point or the address",
    ru: 'СДЭК не знает места отправителя: администратор исправляет пункт отгрузки или адрес',
  },
  v2_recipient_location_not_recognized: {
    en: "the client's place is not known to CDEK: mend the point or the address of the delivery",
    ru: 'СДЭК не знает места получателя: исправьте пункт выдачи или адрес доставки',
  },
  delivery_location_is_not_recognized: {
    en: "the client's place is not known to CDEK: mend the point or the address of the delivery",
    ru: 'СДЭК не знает места получателя: исправьте пункт выдачи или адрес доставки',
  },
  v2_number_items_is_more_126: {
    en: 'more than 126 lines in one order: split it into several parcels',
    ru: 'в заказе больше 126 позиций: разделите его на несколько отправлений',
  },
  v2_update_forbidden: {
    en: 'the parcel is under way and cannot be changed any more',
    ru: 'отправление уже в пути, изменить его нельзя',
  },
  v2_entity_not_found: { en: 'CDEK has nothing by this id', ru: 'у СДЭК нет такой записи' },
  v2_entity_forbidden: {
    en: 'it belongs to another account of CDEK',
    ru: 'запись принадлежит другому договору СДЭК',
  },
  v2_order_forbidden: {
    en: 'the order belongs to another account of CDEK',
    ru: 'заказ принадлежит другому договору СДЭК',
  },
  v2_invalid_format: {
    en: 'a value has a form CDEK does not take',
    ru: 'СДЭК не принимает значение в таком виде',
  },
  v2_field_is_empty: { en: 'a value CDEK needs is missing', ru: 'не хватает значения, которое нужно СДЭК' },
};

const missing = new Set([
  'v2_entity_not_found',
  'v2_entity_not_found_im_number',
  'v2_order_not_found',
  'v2_entity_not_found_cdek_number',
]);
const passing = new Set(['v2_internal_error', 'v2_similar_request_still_processed']);
const tokens = new Set(['v2_token_expired', 'v2_authorization_incorrect']);

export const alreadyHad = 'error_validate_im_dep_number_has_already_had_integration';

/** Whether an error says nothing of the request: the same one works later. */
export const isPassing = (codes: readonly string[]): boolean => codes.some((code) => passing.has(code));
/** Whether the token, not the request, was refused. */
export const isOfToken = (codes: readonly string[]): boolean => codes.some((code) => tokens.has(code));

export const reasonsOf = (problems: readonly CdekProblem[]): readonly Reason[] =>
  problems.map(({ code, message }) => {
    const means = meanings[code];
    return {
      code,
      ...(means === undefined ? {} : { means }),
      ...(message ? { said: message.slice(0, 300) } : {}),
    };
  });

/** CDEK has read the request and will not do it: the same request is refused again. */
export class CdekRefused extends VoronkaError {
  readonly name = 'CdekRefused';
  readonly type = 'cdek-refused';
  readonly title = 'CDEK does not take it';
  readonly status = 422;
  readonly mends: Mends = 'business';
  readonly codes: readonly string[];
  /** with CDEK's own words, which may quote a client: for the people of the deal, never for a log */
  readonly reasons: readonly Reason[];

  constructor(problems: readonly CdekProblem[]) {
    const reasons = reasonsOf(problems);
    super(
      `CDEK refuses: ${reasons.map(({ code, means }) => (means ? `${means.en} (${code})` : code)).join('; ')}`,
      { details: { codes: reasons.map(({ code }) => code) } },
    );
    this.codes = reasons.map(({ code }) => code);
    this.reasons = reasons;
  }

  /** Whether it says that there is no such order, form or subscription. */
  get isMissing(): boolean {
    return this.codes.some((code) => missing.has(code));
  }
}

/** CDEK is busy, is being repaired, or answers what nobody can read; the same request works later. */
export class CdekAway extends VoronkaError {
  readonly name = 'CdekAway';
  readonly type = 'cdek-away';
  readonly title = 'CDEK does not answer properly at the moment';
  readonly status = 503;
  readonly mends: Mends = 'time';
  /** whether the request may have been carried out all the same: look the thing up before it is sent again */
  readonly sent: 'no' | 'maybe';

  constructor(what: string, sent: 'no' | 'maybe', retryAfterSeconds?: number) {
    super(`CDEK ${what}`, retryAfterSeconds === undefined ? {} : { retryAfterSeconds });
    this.sent = sent;
  }
}

/** The account or its password is not accepted. */
export class CdekLocked extends VoronkaError {
  readonly name = 'CdekLocked';
  readonly type = 'cdek-locked';
  readonly title = 'CDEK does not accept the account';
  readonly status = 503;
  readonly mends: Mends = 'us';

  constructor(host: string) {
    super(
      `${host} does not accept the account: an administrator of AWS puts the account and the secure password of CDEK's cabinet into the secret "cdek" (keys of the test host go with "test": true)`,
    );
  }
}

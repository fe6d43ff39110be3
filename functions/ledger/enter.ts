import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Money } from '../../schemas/money.ts';
import { type Day, instantOf } from '../../schemas/time.ts';
import { mayDo } from '../access/rights.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { mustBeOpen } from '../deals/editors.ts';
import { mustSee } from '../deals/seen.ts';
import { viewDeal } from '../deals/view.ts';
import { localDay } from '../schedule/local-time.ts';
import { BadInput, Forbidden, type Refusal } from '../shared/errors.ts';
import { idOf, newId } from '../shared/new-id.ts';
import type { Call } from '../shared/serve.ts';
import { convertedOf } from './convert.ts';
import { convertedBack, unmetToCorrect } from './correct.ts';
import { record } from './record.ts';
import { unmetToRecord } from './refund.ts';
import { waitsForDecision } from './settle.ts';

/** An amount to enter; what is left out has the usual value. */
export type Entering = Pick<LedgerEntry, 'id' | 'kind' | 'amount' | 'source'> & {
  readonly rate?: string | undefined;
  readonly converted?: Money | undefined;
  /** it waits for a decision, though who enters it could do without */
  readonly state?: 'pending' | undefined;
  readonly corrects?: string | undefined;
  readonly purpose?: string | undefined;
  readonly day?: Day | undefined;
  readonly account?: string | undefined;
  readonly externalId?: string | undefined;
  readonly note?: string | undefined;
};

const sameMoney = (one: Pick<LedgerEntry, 'kind' | 'amount'>, other: Pick<LedgerEntry, 'kind' | 'amount'>) =>
  one.kind === other.kind &&
  one.amount.amount === other.amount.amount &&
  one.amount.currency === other.amount.currency;

/** What counts by somebody's decision is not taken back by anybody else. */
const notToCorrect: Refusal = {
  path: 'corrects',
  code: 'correction-not-allowed',
  message: {
    ru: 'Исправляет тот, кто подтверждает такие записи',
    en: 'It is corrected by who confirms such entries',
    ro: 'Corectează cel care confirmă astfel de înregistrări',
  },
};

/**
 * Enters one amount into a deal's ledger, whoever enters it; the same id is entered once.
 *
 * @returns refused if it gives back or corrects more than there is, or if the id stands for another amount
 * @throws {BadInput} if the amount is not above zero, or the deal keeps no such total
 */
export const enter = (card: Card, given: Entering, context: Context): Outcome<Card> => {
  const { now, by, pack, pipeline } = context;
  if (given.amount.amount <= 0)
    throw new BadInput(
      `amount: given ${given.amount.amount}; an amount is more than zero minor units, the kind gives the sign`,
    );
  const known = card.ledger.find(({ id }) => id === given.id);
  if (known !== undefined)
    return sameMoney(known, given)
      ? done(card)
      : refused({
          path: 'externalId',
          code: 'external-id-used',
          message: {
            ru: 'Этот номер уже внесён с другой суммой',
            ro: 'Acest număr este deja înscris cu altă sumă',
            en: 'This id stands for another amount already',
          },
        });
  const wrong = card.ledger.find(({ id }) => id === given.corrects);
  const converted =
    wrong === undefined || given.converted !== undefined
      ? convertedOf(given, context)
      : convertedBack(card.ledger, wrong, given.amount);
  const refusals =
    given.corrects === undefined
      ? unmetToRecord(card.ledger, given)
      : unmetToCorrect(card.ledger, given.corrects, { ...given, converted });
  if (refusals.length > 0) return refused(...refusals);
  const waits = waitsForDecision(card, given.kind, context);
  if (waits && given.corrects !== undefined) return refused(notToCorrect);
  if (given.state === 'pending' && pipeline.settled?.kinds.includes(given.kind) !== true)
    throw new BadInput(
      `state: given pending, but no ${given.kind} waits for a decision in ${pipeline.id}; leave the state out`,
    );
  const rate = given.rate ?? wrong?.rate;
  const purpose = given.purpose ?? wrong?.purpose;
  const entry: LedgerEntry = {
    id: given.id,
    deal: card.deal.id,
    pipeline: pipeline.id,
    kind: given.kind,
    amount: given.amount,
    ...(rate === undefined ? {} : { rate }),
    ...(converted === undefined ? {} : { converted }),
    ...(waits || given.state === 'pending' ? { state: 'pending' as const } : {}),
    ...(given.corrects === undefined ? {} : { corrects: given.corrects }),
    ...(purpose === undefined ? {} : { purpose }),
    day: given.day ?? localDay(now, pack.zone),
    account: given.account ?? wrong?.account ?? 'bank',
    source: given.source,
    ...(given.externalId === undefined ? {} : { externalId: given.externalId }),
    ...(given.note === undefined ? {} : { note: given.note }),
    at: instantOf(now),
    by,
  };
  return done(record(card, entry, context));
};

/** What people enter by hand. */
export const source = 'manual';

/** The id of what is entered by hand: the same for the same external id or request; none where there is neither. */
export const entryId = (externalId: string | undefined, key: string | undefined): string | undefined =>
  externalId !== undefined ? idOf(source, externalId) : key !== undefined ? idOf(key) : undefined;

/** POST /v1/deals/{id}/ledger: money or a shipment a person enters; totals, debt and tasks that wait for it follow. */
export const recordEntry = async ({ params, body, reader, company, key }: Call<'ledger.record'>) => {
  const id = entryId(body.externalId, key) ?? newId();
  const { card, context, warnings } = await act(
    params.id,
    (before, now) => {
      mustSee(before, now);
      if (!mayDo(reader, 'create', 'ledger', before.deal, company, body.kind))
        throw new Forbidden(
          `your roles (${reader.user.roles.join(', ')}) may not enter a ${body.kind} on this deal`,
        );
      mustBeOpen(before, now);
      return enter(before, { id, source, ...body }, now);
    },
    { by: { user: reader.user.id }, reader, key },
  );
  const entry = card.ledger.find((one) => one.id === id);
  if (entry === undefined) throw new Error(`deal ${params.id} remembers entry ${id}, which is not there`);
  return { entry, deal: await viewDeal(card, context, warnings) };
};

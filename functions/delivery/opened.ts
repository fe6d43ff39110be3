import * as z from 'zod';
import type { Call } from '../../schemas/call.ts';
import { EntityId } from '../../schemas/ids.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import type { Company } from '../access/company.ts';
import type { Outcome as Became, Doing } from '../calls/carry.ts';
import { type Card, readCard } from '../deals/card.ts';
import { type Context, contextFor, done, type Outcome } from '../deals/context.ts';
import { environment } from '../shared/environment.ts';
import { NotConfigured } from '../shared/secret.ts';
import { accountOf } from './cdek/account.ts';
import { type Cdek, cdek } from './cdek/client.ts';
import { actOnParcels } from './writes.ts';

/** In whose name the carrier's answers are written. */
export const byCdek = { system: 'cdek' } as const;

/** CDEK as a pack's account sees it. @throws {NotConfigured} where the pack has none */
export const cdekOf = async (pack: string): Promise<Cdek> => {
  const account = await accountOf(pack);
  if (account === undefined)
    throw new NotConfigured(
      `secret ${environment().SECRET_PREFIX}/cdek: it has no account of "${pack}"; an administrator of AWS adds it, docs/integrations/cdek.md says how`,
    );
  return cdek(account);
};

/** A call that is about a parcel, with all that its executor looks at. */
export type Opened = {
  readonly call: Call;
  readonly card: Card;
  readonly parcel: Parcel;
  readonly context: Context;
  readonly cdek: Cdek;
};

const Input = z.object({ parcel: EntityId });

const parcelIn = (card: Card, id: string): Parcel => {
  const parcel = card.parcels.find((one) => one.id === id);
  if (parcel === undefined) throw new Error(`deal ${card.deal.id} has no parcel ${id}`);
  return parcel;
};

const contextIn = (card: Card, company: Company, now: Date): Context =>
  contextFor(card.deal.pipeline, { now, by: byCdek, reader: undefined, company });

/** Reads what a call is about; it asks for no account, so that what failed for want of one can be told. */
export const subjectOf = async (
  call: Call,
  { table, company, now }: Doing,
): Promise<Omit<Opened, 'cdek'>> => {
  const { parcel: id } = Input.parse(call.input);
  const card = await readCard(table, call.deal ?? '');
  return { call, card, parcel: parcelIn(card, id), context: contextIn(card, company, now) };
};

const opened = async (call: Call, doing: Doing): Promise<Opened> => ({
  ...(await subjectOf(call, doing)),
  cdek: await cdekOf(call.pack),
});

/** An executor of calls about parcels. */
export const aboutParcel =
  (carry: (open: Opened) => Promise<Became>) =>
  async (call: Call, doing: Doing): Promise<Became> =>
    carry(await opened(call, doing));

/** Writes what became of a parcel; the rule sees the parcel as it is then. */
export const writeParcel = async (
  deal: string,
  id: string,
  rule: (
    card: Card,
    parcel: Parcel,
    context: Context,
  ) => Card | Outcome<Card> | Promise<Card | Outcome<Card>>,
): Promise<{ readonly card: Card; readonly parcel: Parcel }> => {
  const { card } = await actOnParcels(
    deal,
    async (now, context) => {
      const after = await rule(now, parcelIn(now, id), context);
      return 'ok' in after ? after : done(after);
    },
    { by: byCdek },
  );
  return { card, parcel: parcelIn(card, id) };
};

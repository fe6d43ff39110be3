import { EntityId } from '../../schemas/ids.ts';
import type { Action } from '../../schemas/people.ts';
import { mayDo } from '../access/rights.ts';
import { queueCall } from '../calls/queue.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { type Context, type Outcome, refused } from '../deals/context.ts';
import { mustSee, seenCard } from '../deals/seen.ts';
import { viewDeal } from '../deals/view.ts';
import { Forbidden } from '../shared/errors.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import type { Write } from '../shared/table/port.ts';
import {
  describedBy,
  expiryOf,
  isTestMode,
  newToken,
  nextInvoice,
  openingRows,
  receiptFor,
} from './asking.ts';
import { askSecondReceipt } from './carry-receipt.ts';
import { acceptPayment, cancelPayment } from './end.ts';
import { decideHold, isWaiting } from './hold.ts';
import { openPayment } from './open.ts';
import { askRefund, endRefund } from './refund.ts';
import { isHeld } from './refusals.ts';
import { gateway } from './settle.ts';
import { paymentOn } from './state.ts';
import { viewPayment } from './view.ts';

type Caller = Pick<Call<'payments.list'>, 'reader' | 'company' | 'now'> & {
  readonly params: { readonly id: string };
  readonly key?: string | undefined;
};

/** @throws {NotFound} for a deal the reader does not see, {Forbidden} where they may not do it to its payments */
const mustManage = (card: Card, action: Action, context: Context): void => {
  mustSee(card, context);
  const { reader, company } = context;
  if (reader !== undefined && !mayDo(reader, action, 'payment', card.deal, company))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) may not ${action === 'view' ? 'see' : action === 'create' ? 'ask for' : 'decide about'} payments of this deal`,
    );
};

/** Does something to a payment in the name of a person, and answers with it and its deal. */
const manage = async (
  { params, reader, key }: Caller,
  action: Action,
  payment: string,
  rule: (card: Card, context: Context) => Outcome<Card> | Promise<Outcome<Card>>,
  along: (after: Card, context: Context) => readonly Write[] = () => [],
) => {
  const { card, context, warnings } = await act(
    params.id,
    (before, now) => {
      mustManage(before, action, now);
      return rule(before, now);
    },
    { by: { user: reader.user.id }, reader, key, along },
  );
  return {
    payment: viewPayment(paymentOn(card, payment)),
    deal: await viewDeal(card, context, warnings),
  };
};

/** A call of the gateway about a payment, in the transaction of what it follows from. */
const calling = (
  kind: 'refund' | 'second-receipt' | 'hold',
  occasion: string,
  about: string,
  payment: string,
  more: Readonly<Record<string, unknown>>,
  { deal }: Card,
  { now, pack }: Context,
): Write =>
  queueCall(
    {
      provider: gateway,
      kind,
      occasion,
      pack: pack.id,
      deal: { id: deal.id, number: deal.number, pipeline: deal.pipeline },
      about,
      input: { deal: deal.id, payment, ...more },
    },
    now,
  ).write;

/** GET /v1/deals/{id}/payments */
export const listPayments = async ({ params, ...caller }: Call<'payments.list'>) => {
  const { card, context } = await seenCard(params.id, caller);
  mustManage(card, 'view', context);
  return {
    items: [...card.payments].sort((one, other) => one.invoice - other.invoice).map(viewPayment),
  };
};

/** POST /v1/deals/{id}/payments: a link by which the client pays, for the person to send. */
export const openByHand = async (call: Call<'payments.open'>) => {
  const { params, body, key } = call;
  const seen = await seenCard(params.id, call);
  mustManage(seen.card, 'create', seen.context);
  const id = EntityId.parse(key === undefined ? newId() : idOf('payment', params.id, key));
  const invoice = await nextInvoice(theTable(), seen.context.pack);
  const token = newToken();
  let rows: readonly Write[] = [];
  return manage(
    call,
    'create',
    id,
    (card, context) => {
      rows = [];
      const text = { ru: body.description, en: body.description };
      const opening = {
        id,
        invoice,
        token,
        amount: body.amount,
        description: describedBy(text, {}, context),
        test: isTestMode(context),
        expiresAt: expiryOf(undefined, context),
        replaces: body.replaces,
        ...receiptFor(body.amount, undefined, body.description, context.pack),
      };
      const outcome = openPayment(card, opening, context);
      if (outcome.ok && outcome.value !== card) {
        const { id: deal, number, pack, pipeline } = card.deal;
        rows = openingRows({ ...opening, deal, pack, pipeline }, number, context.now);
      }
      return outcome;
    },
    () => rows,
  );
};

/** POST …/payments/{payment}/cancel */
export const cancelByHand = (call: Call<'payments.cancel'>) =>
  manage(call, 'create', call.params.payment, (card, context) =>
    isWaiting(paymentOn(card, call.params.payment))
      ? refused(isHeld())
      : cancelPayment(card, call.params.payment, call.body.reason, context),
  );

/** POST …/payments/{payment}/accept */
export const acceptByHand = (call: Call<'payments.accept'>) =>
  manage(call, 'edit', call.params.payment, (card, context) =>
    acceptPayment(card, call.params.payment, call.body.reason, context),
  );

/** POST …/payments/{payment}/refund */
export const refundByHand = (call: Call<'payments.refund'>) => {
  const { params, body, key } = call;
  const refund = EntityId.parse(key === undefined ? newId() : idOf('refund', params.payment, key));
  let isNew = false;
  return manage(
    call,
    'edit',
    params.payment,
    (card, context) => {
      const outcome = askRefund(card, params.payment, { refund, ...body }, context);
      isNew = outcome.ok && outcome.value !== card;
      return outcome;
    },
    (card, context) =>
      isNew
        ? [
            calling(
              'refund',
              refund,
              `invoice ${paymentOn(card, params.payment).invoice}: give back`,
              params.payment,
              { refund },
              card,
              context,
            ),
          ]
        : [],
  );
};

/** POST …/payments/{payment}/refunds/{refund}: what nobody but a person who looked can say. */
export const endRefundByHand = (call: Call<'payments.refund.end'>) => {
  const { params, body } = call;
  return manage(call, 'edit', params.payment, (card, context) =>
    endRefund(
      card,
      params.payment,
      params.refund,
      { end: body.made ? 'finished' : 'cancelled', problem: body.reason },
      context,
    ),
  );
};

/** POST …/payments/{payment}/hold */
export const decideHoldByHand = (call: Call<'payments.hold'>) => {
  const { params, body } = call;
  let isNew = false;
  return manage(
    call,
    'edit',
    params.payment,
    (card) => {
      const outcome = decideHold(card, params.payment, body.do);
      isNew = outcome.ok && outcome.value !== card;
      return outcome;
    },
    (card, context) => {
      const { held, invoice, version } = paymentOn(card, params.payment);
      return isNew && held !== undefined
        ? [
            calling(
              'hold',
              `${params.payment}:${body.do}:${version}`,
              `invoice ${invoice}: ${body.do === 'take' ? 'take held money' : 'let held money go'}`,
              params.payment,
              { do: body.do },
              card,
              context,
            ),
          ]
        : [];
    },
  );
};

/** POST …/payments/{payment}/second-receipt */
export const secondReceiptByHand = async (call: Call<'payments.second-receipt'>) => {
  const { params } = call;
  const { context } = await seenCard(params.id, call);
  const number = await nextInvoice(theTable(), context.pack);
  return manage(
    call,
    'edit',
    params.payment,
    (card, now) => askSecondReceipt(card, params.payment, number, now),
    (card, now) => [
      calling(
        'second-receipt',
        `${params.payment}:${number}`,
        `invoice ${paymentOn(card, params.payment).invoice}: closing receipt`,
        params.payment,
        {},
        card,
        now,
      ),
    ],
  );
};

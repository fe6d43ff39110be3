import type { EndpointName } from '../../schemas/api/index.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import { finalStates } from '../../schemas/parcel-state.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { mustEdit } from '../deals/editors.ts';
import { mustSee, seenCard } from '../deals/seen.ts';
import { localDay } from '../schedule/local-time.ts';
import { NotFound, type Refusal } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { checkIntake } from './cdek/courier.ts';
import { withParcel } from './follow.ts';
import { orderParcel } from './order.ts';
import { recipientOf } from './recipient.ts';
import { shippingStep } from './tariffs.ts';
import { parcelsFor, viewParcel } from './view.ts';
import { actOnParcels } from './writes.ts';

/** GET /v1/deals/{id}/parcels */
export const listParcels = async (call: Call<'parcels.list'>) => {
  const { card, context } = await seenCard(call.params.id, call);
  return { items: parcelsFor(card, context) };
};

/** POST /v1/deals/{id}/parcels */
export const order = async (call: Call<'parcels.order'>) => {
  const { params, body, reader, version, key } = call;
  const { card, context } = await actOnParcels(
    params.id,
    async (now, at) => {
      mustSee(now, at);
      mustEdit(now, at);
      const step = shippingStep(now, at, body.step);
      const recipient = await recipientOf(now.deal, theTable());
      return orderParcel(
        now,
        { step, tariff: body.tariff, point: body.point, city: body.city },
        recipient,
        at,
      );
    },
    { by: { user: reader.user.id }, reader, version, key },
  );
  const parcel = card.parcels.find(({ id }) => id === card.deal.parcel?.id);
  if (parcel === undefined) throw new NotFound(`no parcel on deal ${card.deal.number}`);
  return viewParcel(parcel, context);
};

type Changing = Pick<Call<EndpointName>, 'reader' | 'version' | 'key'> & {
  readonly params: { readonly id: string; readonly parcel: string };
};

/** Changes one parcel in the name of a person who may edit the deal. */
const changed = async (
  { params, reader, version, key }: Changing,
  rule: (parcel: Parcel, card: Card, context: Context) => Outcome<Parcel>,
) => {
  const { card, context } = await actOnParcels(
    params.id,
    (now, at) => {
      mustSee(now, at);
      const parcel = now.parcels.find(({ id }) => id === params.parcel);
      if (parcel === undefined) throw new NotFound(`no parcel "${params.parcel}" on this deal`);
      mustEdit(now, at);
      const outcome = rule(parcel, now, at);
      return outcome.ok ? done(withParcel(now, outcome.value)) : outcome;
    },
    { by: { user: reader.user.id }, reader, version, key },
  );
  const parcel = card.parcels.find(({ id }) => id === params.parcel);
  if (parcel === undefined) throw new NotFound(`no parcel "${params.parcel}" on this deal`);
  return viewParcel(parcel, context);
};

const over = ({ number, state }: Parcel): Refusal => ({
  path: 'parcel',
  code: 'parcel-over',
  message: {
    ru: `Посылка ${number} уже не в пути (${state})`,
    en: `Parcel ${number} is under way no more (${state})`,
    ro: `Coletul ${number} nu mai este pe drum (${state})`,
  },
});

const askedAlready = ({ number }: Parcel): Refusal => ({
  path: 'parcel',
  code: 'asked-already',
  message: {
    ru: `СДЭК уже попросили о посылке ${number}: дождитесь ответа`,
    en: `CDEK has been asked about parcel ${number}: wait for its answer`,
    ro: `CDEK a fost deja întrebat despre coletul ${number}: așteptați răspunsul`,
  },
});

const early: ReadonlySet<Parcel['state']> = new Set(['requested', 'accepted', 'created', 'rejected']);

/** Removed before it is handed in; turned back after. */
const calledOff = (parcel: Parcel): Outcome<Parcel> => {
  if (parcel.kind === 'return' || (finalStates.has(parcel.state) && parcel.state !== 'rejected'))
    return refused(over(parcel));
  if (parcel.asked !== undefined) return refused(askedAlready(parcel));
  return done({ ...parcel, asked: early.has(parcel.state) ? 'cancel' : 'refusal' });
};

/** POST /v1/deals/{id}/parcels/{parcel}/cancel */
export const cancelParcel = (call: Call<'parcels.cancel'>) => changed(call, calledOff);

const notDelivered = ({ number, state }: Parcel): Refusal => ({
  path: 'parcel',
  code: 'not-delivered',
  message: {
    ru: `Вернуть можно вручённую посылку, а ${number} — ${state}`,
    en: `A delivered parcel can be brought back, and ${number} is ${state}`,
    ro: `Se poate returna un colet livrat, iar ${number} este ${state}`,
  },
});

/** POST /v1/deals/{id}/parcels/{parcel}/return */
export const returnParcel = (call: Call<'parcels.return'>) =>
  changed(call, (parcel, { parcels }) => {
    if (parcel.kind === 'return' || parcel.state !== 'delivered') return refused(notDelivered(parcel));
    if (parcel.asked !== undefined || parcels.some(({ of }) => of === parcel.id))
      return refused(askedAlready(parcel));
    return done({ ...parcel, asked: 'client-return' });
  });

const notRegistered = ({ number }: Parcel): Refusal => ({
  path: 'parcel',
  code: 'not-registered',
  message: {
    ru: `Курьера вызывают за оформленной посылкой: ${number} ещё не оформлена или уже сдана`,
    en: `A courier is called for a registered parcel that was not handed in: ${number} is none`,
    ro: `Curierul se cheamă pentru un colet înregistrat și nepredat: ${number} nu este`,
  },
});

/** POST /v1/deals/{id}/parcels/{parcel}/courier */
export const callCourier = (call: Call<'parcels.courier'>) =>
  changed(call, (parcel, _, { now, pack }) => {
    const { day, from, to } = call.body;
    if (parcel.state !== 'created' || parcel.uuid === undefined) return refused(notRegistered(parcel));
    if (parcel.courier?.state === 'asked') return refused(askedAlready(parcel));
    const refusals = checkIntake({ order: parcel.uuid, day, from, to });
    if (refusals.length > 0) return refused(...refusals);
    if (day < localDay(now, pack.zone))
      return refused({
        path: 'day',
        code: 'past',
        message: {
          ru: `День ${day} уже прошёл`,
          en: `The day ${day} is over`,
          ro: `Ziua ${day} a trecut`,
        },
      });
    return done({ ...parcel, courier: { day, from, to, state: 'asked' } });
  });

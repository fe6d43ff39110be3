import type { Field, ShipStep } from '../../schemas/pipeline.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { changeFields } from '../deals/change.ts';
import { type Context, done } from '../deals/context.ts';
import { mustWrite } from '../deals/editors.ts';
import { factsOf } from '../deals/facts.ts';
import { mustSee, seenCard } from '../deals/seen.ts';
import { viewDeal } from '../deals/view.ts';
import { BadInput, Refused } from '../shared/errors.ts';
import type { Call } from '../shared/serve.ts';
import { type Offer, offers, type Place } from './cdek/calculator.ts';
import type { Cdek } from './cdek/client.ts';
import { cityIn } from './city-in.ts';
import { goodsOf } from './goods.ts';
import { cdekOf } from './opened.ts';
import { placeOf } from './order.ts';
import { cityOfPoint } from './places.ts';
import { shipStepOf } from './steps-of.ts';
import { addressIn } from './to-draft.ts';

type Given = Call<'delivery.tariffs'>['body'];

/** The step whose words say what is sent. @throws {BadInput} where the pipeline ships nothing */
export const shippingStep = ({ deal }: Pick<Card, 'deal'>, { pipeline }: Context, id?: string): ShipStep => {
  const step = shipStepOf(pipeline, id, deal.stage);
  if (step === undefined)
    throw new BadInput(
      id === undefined
        ? `${pipeline.id} sends no parcels: none of its stages has a step that ships`
        : `step: "${id}" is no step of ${pipeline.id} that ships`,
    );
  return step;
};

/** Where the parcel would go. @throws {BadInput} if neither the request nor the deal tells */
const destination = async (
  card: Card,
  step: ShipStep,
  { point, city }: Given,
  cdek: Cdek,
): Promise<{ readonly place: Place; readonly toPoint: boolean }> => {
  const to = placeOf(card, { step, point, city });
  const address = addressIn(card.deal, to.address);
  if (to.point !== undefined)
    return { place: { code: to.city ?? (await cityOfPoint(cdek, to.point)) }, toPoint: true };
  if (to.city !== undefined)
    return { place: { code: to.city, ...(address === undefined ? {} : { address }) }, toPoint: false };
  if (address !== undefined) {
    const code = await cityIn(cdek, address);
    return { place: { ...(code === undefined ? {} : { code }), address }, toPoint: false };
  }
  throw new BadInput(
    'city: neither the request nor the deal tells where to; give the code of a city or of a point',
  );
};

const valueFor = (field: Field | undefined, value: number): number | string =>
  field?.type === 'number' || field?.type === 'money' ? value : String(value);

/** What is kept of a choice in the fields that the step names. */
const kept = (step: ShipStep, offer: Offer, { point, city }: Given, { pipeline }: Context) => {
  const { tariff, price, date, to } = step;
  const day = offer.arrives?.max;
  return {
    ...(tariff === undefined ? {} : { [tariff]: valueFor(pipeline.fields[tariff], offer.tariff) }),
    ...(price === undefined ? {} : { [price]: offer.sum }),
    ...(date === undefined || day === undefined ? {} : { [date]: day }),
    ...(to.point === undefined || point === undefined ? {} : { [to.point]: point }),
    ...(to.city === undefined || city === undefined
      ? {}
      : { [to.city]: valueFor(pipeline.fields[to.city], city) }),
  };
};

/** POST /v1/deals/{id}/delivery/tariffs: the tariffs of the pack by which the goods could go, the cheapest first. */
export const tariffsOfDeal = async (call: Call<'delivery.tariffs'>) => {
  const { params, body, reader, version, key } = call;
  const { card, context } = await seenCard(params.id, call);
  const step = shippingStep(card, context);
  const settings = context.pack.integrations?.cdek;
  if (settings === undefined) throw new BadInput(`${context.pack.id} does not ship by CDEK`);
  const cdek = await cdekOf(context.pack.id);
  const goods = await goodsOf(step, await factsOf(card.deal, context.pipeline), settings, context);
  if (!goods.ok) throw new Refused(goods.refusals);
  const { box, lines } = goods.value;
  const { place, toPoint } = await destination(card, step, body, cdek);
  const { from } = settings;
  const found = await offers(cdek, {
    from: { code: from.city, ...(from.address === undefined ? {} : { address: from.address }) },
    to: place,
    boxes: [{ weightGrams: box.weight, lengthCm: box.length, widthCm: box.width, heightCm: box.height }],
    insured: lines.reduce((sum, { price, quantity }) => sum + price * quantity, 0),
  });
  const fits = found.filter(
    ({ tariff, from: begins, to }) =>
      settings.tariffs.includes(tariff) &&
      (from.point === undefined ? begins === 'door' : begins !== 'door') &&
      (body.point === undefined && !toPoint ? true : to !== 'door'),
  );
  const items = fits.map(({ sum, ...offer }) => ({
    ...offer,
    price: { amount: sum, currency: context.pack.currency },
  }));
  if (body.choose === undefined) return { items };
  const chosen = fits.find(({ tariff }) => tariff === body.choose);
  if (chosen === undefined)
    throw new BadInput(
      `choose: given ${body.choose}; by these it could go: ${fits.map(({ tariff }) => tariff).join(', ') || 'none'}`,
    );
  const acted = await act(
    params.id,
    (now, at) => {
      mustSee(now, at);
      const changes = kept(step, chosen, body, at);
      mustWrite(now, Object.keys(changes), at);
      return done(changeFields(now, changes, at));
    },
    { by: { user: reader.user.id }, reader, version, key },
  );
  return { items, deal: await viewDeal(acted.card, acted.context, acted.warnings) };
};

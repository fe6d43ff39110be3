import type { Parcel } from '../../schemas/parcel.ts';
import { queueCall } from '../calls/queue.ts';
import { type Act, type Acted, act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import type { Context, Outcome } from '../deals/context.ts';
import { shippedKey } from '../shared/keys.ts';
import type { Write } from '../shared/table/port.ts';

/** By which id of the carrier's, or number of ours within an account, a parcel is found. */
const pointer = ({ carrier, deal, id }: Parcel, by: string): Write => ({
  put: { ...shippedKey(carrier, by), row: 'shipped', deal, parcel: id },
});

/** What the carrier is to be asked because a parcel is now as it is; each is asked once. */
type Asking = { readonly kind: string; readonly occasion: string; readonly about: string };

const asked = (before: Parcel | undefined, after: Parcel): Asking[] => {
  const { id, number, kind } = after;
  const isNew = before === undefined;
  const isNumbered = after.track !== undefined && before?.track === undefined;
  const asking: Asking[] = [];
  if (isNew && kind === 'order')
    asking.push({ kind: 'register', occasion: id, about: `register parcel ${number}` });
  if (isNumbered || (isNew && kind === 'return'))
    asking.push({ kind: 'look', occasion: id, about: `look where parcel ${number} is` });
  if (isNumbered && kind === 'order')
    asking.push(
      { kind: 'waybill', occasion: id, about: `print the waybill of parcel ${number}` },
      { kind: 'barcode', occasion: id, about: `print the label of parcel ${number}` },
    );
  if (after.courier?.state === 'asked' && before?.courier !== after.courier && after.uuid !== undefined) {
    const { day, from } = after.courier;
    asking.push({
      kind: 'courier',
      occasion: `${id}.${day}.${from}`,
      about: `call a courier for parcel ${number}`,
    });
  }
  if (after.asked !== undefined && before?.asked !== after.asked)
    asking.push({
      kind: after.asked,
      // What the carrier refused may be asked for once more: that is another occasion.
      occasion: `${id}.${after.asked}.${before?.version ?? 0}`,
      about: `${after.asked} of parcel ${number}`,
    });
  return asking;
};

/** What goes into the transaction that changes parcels: the carrier is asked for what follows, and its answers are found. */
export const parcelWrites = (before: Card, after: Card, { now }: Context): Write[] => {
  const known = new Map(before.parcels.map((parcel) => [parcel.id, parcel]));
  return after.parcels.flatMap((parcel) => {
    const old = known.get(parcel.id);
    if (old === parcel) return [];
    return [
      ...(old === undefined ? [pointer(parcel, `${parcel.pack}/${parcel.number}`)] : []),
      ...(parcel.uuid !== undefined && old?.uuid !== parcel.uuid ? [pointer(parcel, parcel.uuid)] : []),
      ...asked(old, parcel).map(
        (asking) =>
          queueCall(
            {
              ...asking,
              provider: parcel.carrier,
              pack: parcel.pack,
              deal: after.deal,
              input: { parcel: parcel.id },
            },
            now,
          ).write,
      ),
    ];
  });
};

/** `act` for rules that change parcels: what the carrier is asked because of it goes into the same transaction. */
export const actOnParcels = (
  deal: string,
  rule: (card: Card, context: Context) => Outcome<Card> | Promise<Outcome<Card>>,
  options: Omit<Act, 'along'>,
): Promise<Acted> => {
  let before: Card | undefined;
  return act(
    deal,
    (card, context) => {
      before = card;
      return rule(card, context);
    },
    {
      ...options,
      along: (after, context) => (before === undefined ? [] : parcelWrites(before, after, context)),
    },
  );
};

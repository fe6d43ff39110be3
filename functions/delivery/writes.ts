import { languageOf } from '../../schemas/pack.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import { say, type Text } from '../../schemas/text.ts';
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

/** What the carrier may be asked for, as people read it in the outbox. */
const titles = {
  register: { ru: 'Оформить посылку', en: 'Register the parcel', ro: 'Înregistrarea coletului' },
  look: { ru: 'Узнать, где посылка', en: 'Look where the parcel is', ro: 'Urmărirea coletului' },
  waybill: { ru: 'Напечатать накладную', en: 'Print the waybill', ro: 'Scrisoarea de trăsură' },
  barcode: { ru: 'Напечатать этикетку', en: 'Print the label', ro: 'Eticheta' },
  courier: {
    ru: 'Вызвать курьера за посылкой',
    en: 'Call a courier for the parcel',
    ro: 'Chemarea curierului',
  },
  cancel: { ru: 'Отменить посылку', en: 'Call the parcel off', ro: 'Anularea coletului' },
  refusal: { ru: 'Вернуть посылку с пути', en: 'Turn the parcel back', ro: 'Întoarcerea coletului' },
  'client-return': {
    ru: 'Забрать посылку у клиента',
    en: 'Bring the parcel back from the client',
    ro: 'Returul coletului de la client',
  },
} as const satisfies Record<string, Text>;

/** What the carrier is to be asked because a parcel is now as it is; each occasion is asked once. */
const asked = (
  before: Parcel | undefined,
  after: Parcel,
): { readonly kind: keyof typeof titles; readonly occasion: string }[] => {
  const { id, kind } = after;
  const isNew = before === undefined;
  const isNumbered = after.track !== undefined && before?.track === undefined;
  // What the carrier refused may be asked for once more: that is another occasion.
  const turn = before?.version ?? 0;
  return [
    ...(isNew && kind === 'order' ? [{ kind: 'register', occasion: id } as const] : []),
    ...((kind === 'order' ? isNumbered : isNew) ? [{ kind: 'look', occasion: id } as const] : []),
    ...(isNumbered && kind === 'order'
      ? [{ kind: 'waybill', occasion: id } as const, { kind: 'barcode', occasion: id } as const]
      : []),
    ...(after.courier?.state === 'asked' && before?.courier !== after.courier
      ? [{ kind: 'courier', occasion: `${id}.courier.${turn}` } as const]
      : []),
    ...(after.asked !== undefined && before?.asked !== after.asked
      ? [{ kind: after.asked, occasion: `${id}.${after.asked}.${turn}` }]
      : []),
  ];
};

/** What goes into the transaction that changes parcels: the carrier is asked for what follows, and its answers are found. */
export const parcelWrites = (before: Card, after: Card, { now, pack }: Context): Write[] => {
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
              about: `${say(titles[asking.kind], languageOf(pack))} ${parcel.number}`,
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

import type { Contact } from '../../schemas/contact.ts';
import { Address, type Deal } from '../../schemas/deal.ts';
import type { CdekSettings } from '../../schemas/integrations/cdek.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import type { Draft } from './cdek/draft.ts';

/** An address as its field holds it, whether typed or found by a gazetteer. */
export const addressIn = (deal: Deal, field: string | undefined): string | undefined => {
  const value = field === undefined ? undefined : deal.fields[field];
  const text = typeof value === 'string' ? value : Address.safeParse(value).data?.text;
  return text === undefined || text.trim() === '' ? undefined : text.trim();
};

/** A parcel as CDEK is asked for it; who it goes to is read from the deal and its contact, here and nowhere else. */
export const draftOf = (
  parcel: Parcel,
  deal: Deal,
  recipient: Contact | undefined,
  { from, sender }: CdekSettings,
): Draft => {
  const { to, box, lines } = parcel;
  const address = addressIn(deal, to.address);
  return {
    number: parcel.number,
    tariff: parcel.tariff,
    from:
      from.point === undefined
        ? { address: { code: from.city, address: from.address ?? '' } }
        : { point: from.point },
    to:
      to.point !== undefined
        ? { point: to.point }
        : address === undefined
          ? {}
          : { address: { ...(to.city === undefined ? {} : { code: to.city }), address } },
    sender: { company: sender.company, name: sender.name, phones: [sender.phone] },
    recipient: {
      name: recipient?.name ?? '',
      phones: recipient?.phone === undefined ? [] : [recipient.phone],
      ...(recipient?.email === undefined ? {} : { email: recipient.email }),
    },
    packages: [
      {
        number: '1',
        weightGrams: box.weight,
        lengthCm: box.length,
        widthCm: box.width,
        heightCm: box.height,
        lines: lines.map(({ name, article, quantity, price, weight, cod }) => ({
          name,
          article,
          amount: quantity,
          weightGrams: weight,
          worth: price,
          toPay: cod,
        })),
      },
    ],
  };
};

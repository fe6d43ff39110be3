import type { Refusal } from '../../shared/errors.ts';
import { type Place, placeBody } from './calculator.ts';
import { toRubles } from './rubles.ts';
import { endsOf } from './tariffs.ts';

export type Party = {
  readonly company?: string;
  readonly name: string;
  readonly email?: string;
  /** in international form, `+79001112233` */
  readonly phones: readonly string[];
};

/** One end of the way: a point by its code, or an address; exactly one of them. */
export type Way = { readonly point?: string; readonly address?: Place };

export const vatRates = [0, 5, 7, 10, 16, 20, 22] as const;

export type Line = {
  readonly name: string;
  readonly article: string;
  readonly amount: number;
  readonly weightGrams: number;
  /** what one is insured for, in kopecks */
  readonly worth: number;
  /** what the client pays for one on delivery, in kopecks; 0: it is paid */
  readonly toPay: number;
  readonly vatRate?: (typeof vatRates)[number] | null;
};

export type Package = {
  /** unique in the order */
  readonly number: string;
  readonly weightGrams: number;
  readonly lengthCm: number;
  readonly widthCm: number;
  readonly heightCm: number;
  readonly comment?: string;
  readonly lines: readonly Line[];
};

/** An order before CDEK has it. Money in kopecks: CDEK's contracts are in rubles. */
export type Draft = {
  /** ours, and all that keeps one order from being made twice: the same parcel, the same number */
  readonly number: string;
  /** 1, the default: an order of an online shop; 2: any parcel */
  readonly type?: 1 | 2;
  readonly tariff: number;
  readonly comment?: string;
  readonly from: Way;
  readonly to: Way;
  /** what the client pays on delivery for the delivery itself */
  readonly deliveryToPay?: number;
  readonly sender?: Party;
  readonly recipient: Party;
  readonly packages: readonly Package[];
  /** a form to be made with the order */
  readonly print?: 'BARCODE' | 'WAYBILL';
  /** whether CDEK brings something back by a reverse order of its own */
  readonly reverse?: boolean;
};

/** A limit of CDEK. */
export const maxLines = 126;

const refusal = (path: string, code: string, en: string, ru: string): Refusal => ({
  path,
  code,
  message: { en, ru },
});

const checkWay = (draft: Draft, side: 'from' | 'to'): readonly Refusal[] => {
  const way = draft[side];
  const en = side === 'from' ? 'where the parcel is handed in' : 'where the parcel goes';
  const ru = side === 'from' ? 'откуда уходит отправление' : 'куда едет отправление';
  if ((way.point === undefined) === (way.address === undefined))
    return [
      refusal(
        side,
        'one-place',
        `${en}: give either a point or an address, ${way.point === undefined ? 'neither is given' : 'both are given'}`,
        `${ru}: укажите либо пункт, либо адрес, ${way.point === undefined ? 'нет ни того, ни другого' : 'указано и то, и другое'}`,
      ),
    ];
  const end = endsOf(draft.tariff)?.[side];
  if (end === undefined) return [];
  if (end === 'door' && !way.address?.address)
    return [
      refusal(
        side,
        'needs-address',
        `${en}: tariff ${draft.tariff} needs a street address; fill it in or choose a tariff by a point`,
        `${ru}: для тарифа ${draft.tariff} нужен адрес с улицей; заполните его или выберите тариф через пункт`,
      ),
    ];
  if (end !== 'door' && side === 'to' && way.point === undefined)
    return [
      refusal(
        side,
        'needs-point',
        `${en}: tariff ${draft.tariff} needs a ${end === 'postamat' ? 'parcel locker' : 'point'}; choose one or a tariff to the door`,
        `${ru}: для тарифа ${draft.tariff} нужен ${end === 'postamat' ? 'постамат' : 'пункт выдачи'}; выберите его или тариф до двери`,
      ),
    ];
  return [];
};

const checkParty = (path: string, party: Party): readonly Refusal[] => [
  ...(party.name.trim() === ''
    ? [refusal(`${path}.name`, 'empty', 'CDEK needs a name', 'СДЭК требует имя')]
    : []),
  ...(party.phones.length === 0
    ? [refusal(`${path}.phones`, 'empty', 'CDEK needs a phone number', 'СДЭК требует номер телефона')]
    : []),
  ...(party.phones.some((phone) => !/^\+\d{10,15}$/.test(phone))
    ? [
        refusal(
          `${path}.phones`,
          'phone',
          'a phone number is not in international form, such as +79001112233',
          'номер телефона не в международном виде, например +79001112233',
        ),
      ]
    : []),
];

const whole = (value: number, least: number): boolean => Number.isSafeInteger(value) && value >= least;

const checkPackage = (pack: Package, path: string, shop: boolean): readonly Refusal[] => [
  ...(whole(pack.weightGrams, 1)
    ? []
    : [
        refusal(
          `${path}.weight`,
          'weight',
          `${pack.weightGrams} is no weight: give whole grams, at least 1`,
          `${pack.weightGrams} — не вес: нужны целые граммы, не меньше 1`,
        ),
      ]),
  ...([pack.lengthCm, pack.widthCm, pack.heightCm].every((side) => whole(side, 1))
    ? []
    : [
        refusal(
          `${path}.size`,
          'size',
          `${pack.lengthCm} × ${pack.widthCm} × ${pack.heightCm} is no size: give whole centimetres, at least 1`,
          `${pack.lengthCm} × ${pack.widthCm} × ${pack.heightCm} — не размер: нужны целые сантиметры, не меньше 1`,
        ),
      ]),
  ...(shop && pack.lines.length === 0
    ? [
        refusal(
          `${path}.items`,
          'empty',
          'an order of a shop names what is in it: add a line of goods',
          'в заказе магазина перечисляют вложения: добавьте позицию',
        ),
      ]
    : []),
  ...pack.lines.flatMap((line, index) =>
    whole(line.amount, 1) &&
    whole(line.weightGrams, 0) &&
    whole(line.worth, 0) &&
    whole(line.toPay, 0) &&
    line.name.trim() !== '' &&
    line.article.trim() !== ''
      ? []
      : [
          refusal(
            `${path}.items.${index}`,
            'line',
            `line ${index + 1}: it needs a name, an article, a whole amount of at least 1, whole grams, and sums that are not negative`,
            `позиция ${index + 1}: нужны название, артикул, целое количество не меньше 1, целые граммы и неотрицательные суммы`,
          ),
        ],
  ),
];

/** All that CDEK would refuse of an order and that can be seen without asking it. */
export const checkDraft = (draft: Draft): readonly Refusal[] => {
  const shop = (draft.type ?? 1) === 1;
  const lines = draft.packages.reduce((sum, pack) => sum + pack.lines.length, 0);
  const locker = endsOf(draft.tariff)?.to === 'postamat';
  const numbers = new Set(draft.packages.map(({ number }) => number));
  return [
    ...(/^[A-Za-z0-9_-]{1,40}$/.test(draft.number)
      ? []
      : [
          refusal(
            'number',
            'number',
            'the number of the order has letters, digits and dashes, 40 of them at most',
            'номер заказа состоит из букв, цифр и дефисов, не больше 40',
          ),
        ]),
    ...checkWay(draft, 'from'),
    ...checkWay(draft, 'to'),
    ...checkParty('recipient', draft.recipient),
    ...(draft.sender === undefined
      ? shop
        ? []
        : [
            refusal(
              'sender',
              'empty',
              'a parcel of no shop needs a sender',
              'отправлению не от магазина нужен отправитель',
            ),
          ]
      : checkParty('sender', draft.sender)),
    ...(draft.deliveryToPay !== undefined && !whole(draft.deliveryToPay, 0)
      ? [
          refusal(
            'deliveryToPay',
            'sum',
            'what is paid on delivery is no negative sum',
            'сумма к оплате при получении не бывает отрицательной',
          ),
        ]
      : []),
    ...(draft.packages.length === 0
      ? [refusal('packages', 'empty', 'an order has at least one package', 'в заказе не меньше одного места')]
      : []),
    ...(numbers.size < draft.packages.length
      ? [refusal('packages', 'numbers', 'two packages have the same number', 'у двух мест один номер')]
      : []),
    ...(locker && draft.packages.length > 1
      ? [
          refusal(
            'packages',
            'one-package',
            `a parcel locker takes one package, ${draft.packages.length} are given: pack them into one or choose a point`,
            `постамат принимает одно место, указано ${draft.packages.length}: упакуйте в одно или выберите пункт выдачи`,
          ),
        ]
      : []),
    ...(lines > maxLines
      ? [
          refusal(
            'packages',
            'lines',
            `${lines} lines of goods, an order takes ${maxLines}: split it into several parcels`,
            `${lines} позиций, заказ принимает ${maxLines}: разделите его на несколько отправлений`,
          ),
        ]
      : []),
    ...draft.packages.flatMap((pack, index) => checkPackage(pack, `packages.${index}`, shop)),
  ];
};

const partyBody = ({ company, name, email, phones }: Party) => ({
  ...(company === undefined ? {} : { company }),
  name,
  ...(email === undefined ? {} : { email }),
  phones: phones.map((number) => ({ number })),
});

/** An order as `POST /orders` takes it. */
export const draftBody = (draft: Draft) => ({
  type: draft.type ?? 1,
  number: draft.number,
  tariff_code: draft.tariff,
  ...(draft.comment === undefined ? {} : { comment: draft.comment.slice(0, 255) }),
  ...(draft.from.point === undefined ? {} : { shipment_point: draft.from.point }),
  ...(draft.from.address === undefined ? {} : { from_location: placeBody(draft.from.address) }),
  ...(draft.to.point === undefined ? {} : { delivery_point: draft.to.point }),
  ...(draft.to.address === undefined ? {} : { to_location: placeBody(draft.to.address) }),
  ...(draft.deliveryToPay === undefined
    ? {}
    : { delivery_recipient_cost: { value: toRubles(draft.deliveryToPay) } }),
  ...(draft.sender === undefined ? {} : { sender: partyBody(draft.sender) }),
  recipient: partyBody(draft.recipient),
  packages: draft.packages.map((pack) => ({
    number: pack.number,
    weight: pack.weightGrams,
    length: pack.lengthCm,
    width: pack.widthCm,
    height: pack.heightCm,
    ...(pack.comment === undefined ? {} : { comment: pack.comment.slice(0, 255) }),
    ...(pack.lines.length === 0
      ? {}
      : {
          items: pack.lines.map((line) => ({
            name: line.name.slice(0, 255),
            ware_key: line.article.slice(0, 50),
            payment: {
              value: toRubles(line.toPay),
              ...(line.vatRate === undefined ? {} : { vat_rate: line.vatRate }),
            },
            cost: toRubles(line.worth),
            weight: line.weightGrams,
            amount: line.amount,
          })),
        }),
  })),
  ...(draft.reverse === true ? { has_reverse_order: true } : {}),
  ...(draft.print === undefined ? {} : { print: draft.print }),
});

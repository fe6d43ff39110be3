/** A city as CDEK lists it. */
export type City = {
  readonly code: number;
  readonly city: string;
  readonly region: string;
  readonly region_code: number;
  readonly fias_guid: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly time_zone: string;
  readonly postal: string;
  /** what its points are called by */
  readonly prefix: string;
};

/** Six cities by CDEK's own codes. */
export const cities: readonly City[] = [
  [
    'Москва',
    44,
    'Москва',
    81,
    55.7522,
    37.6156,
    'Europe/Moscow',
    '101000',
    'MSK',
    '0c5b2444-70a0-4932-980c-b4dc0d3f02b5',
  ],
  [
    'Санкт-Петербург',
    137,
    'Санкт-Петербург',
    82,
    59.9391,
    30.3159,
    'Europe/Moscow',
    '190000',
    'SPB',
    'c2deb16a-0330-4f05-821f-1d09c93331e6',
  ],
  [
    'Новосибирск',
    270,
    'Новосибирская область',
    23,
    55.0302,
    82.9204,
    'Asia/Novosibirsk',
    '630000',
    'NSK',
    '8dea00e3-9aab-4d8e-887c-ef2aaa546456',
  ],
  [
    'Екатеринбург',
    250,
    'Свердловская область',
    34,
    56.8389,
    60.6057,
    'Asia/Yekaterinburg',
    '620000',
    'EKB',
    '2763c110-cb8b-416a-9dac-ad28a55b4402',
  ],
  [
    'Казань',
    424,
    'Республика Татарстан',
    16,
    55.7961,
    49.1064,
    'Europe/Moscow',
    '420000',
    'KZN',
    '93b3df57-4c89-44df-ac42-96f05e9cd3b9',
  ],
  [
    'Краснодар',
    435,
    'Краснодарский край',
    19,
    45.0355,
    38.9753,
    'Europe/Moscow',
    '350000',
    'KSD',
    '7dfa745e-aa19-4688-b121-b655c11e482f',
  ],
].map(([city, code, region, region_code, latitude, longitude, time_zone, postal, prefix, fias_guid]) => ({
  city: String(city),
  code: Number(code),
  region: String(region),
  region_code: Number(region_code),
  latitude: Number(latitude),
  longitude: Number(longitude),
  time_zone: String(time_zone),
  postal: String(postal),
  prefix: String(prefix),
  fias_guid: String(fias_guid),
}));

export type Point = {
  readonly code: string;
  readonly type: 'PVZ' | 'POSTAMAT';
  readonly city: City;
  readonly address: string;
  readonly takesIn: boolean;
  readonly fitting: boolean;
  readonly payable: boolean;
};

/** Streets every city has; the houses are nobody's. */
const streets = [
  'ул. Ленина, 15',
  'пр. Мира, 48',
  'ул. Гагарина, 7',
  'ул. Садовая, 112',
  'ул. Советская, 3а',
];
const lockers = ['ул. Вокзальная, 1', 'ТЦ «Галерея», 1 этаж'];

/** Five counters and two parcel lockers a city; `MSK67` and `NSK27` are among them. */
export const points: readonly Point[] = cities.flatMap((city) => [
  ...streets.map((address, index): Point => {
    const first = city.prefix === 'MSK' ? 67 : city.prefix === 'NSK' ? 27 : 11;
    return {
      code: `${city.prefix}${first + index}`,
      type: 'PVZ',
      city,
      address,
      takesIn: index < 3,
      fitting: index % 2 === 0,
      payable: index !== 4,
    };
  }),
  ...lockers.map(
    (address, index): Point => ({
      code: `${city.prefix}${201 + index}`,
      type: 'POSTAMAT',
      city,
      address,
      takesIn: false,
      fitting: false,
      payable: false,
    }),
  ),
]);

export const cityLine = (city: City) => ({
  code: city.code,
  city: city.city,
  fias_guid: city.fias_guid,
  country_code: 'RU',
  country: 'Россия',
  region: city.region,
  region_code: city.region_code,
  longitude: city.longitude,
  latitude: city.latitude,
  time_zone: city.time_zone,
  payment_limit: -1,
});

export const pointLine = (point: Point, index: number) => ({
  code: point.code,
  name: `${point.code}, ${point.city.city}`,
  location: {
    country_code: 'RU',
    region_code: point.city.region_code,
    region: point.city.region,
    city_code: point.city.code,
    city: point.city.city,
    fias_guid: point.city.fias_guid,
    postal_code: point.city.postal,
    longitude: point.city.longitude + index / 500,
    latitude: point.city.latitude + index / 700,
    address: point.address,
    address_full: `${point.city.postal}, Россия, ${point.city.region}, ${point.city.city}, ${point.address}`,
  },
  work_time: point.type === 'POSTAMAT' ? 'Круглосуточно' : 'Пн-Пт 09:00-20:00, Сб-Вс 10:00-18:00',
  work_time_list: [1, 2, 3, 4, 5, 6, 7].map((day) => ({
    day,
    time: point.type === 'POSTAMAT' ? '00:00/23:59' : day < 6 ? '09:00/20:00' : '10:00/18:00',
  })),
  work_time_exceptions: [],
  phones: [{ number: '+78005550000' }],
  email: `${point.code.toLowerCase()}@cdek.example`,
  note: '',
  type: point.type,
  owner_code: 'CDEK',
  take_only: !point.takesIn,
  is_handout: true,
  is_reception: point.takesIn,
  is_dressing_room: point.fitting,
  have_cashless: point.payable,
  have_cash: point.payable,
  allowed_cod: point.payable,
  fulfillment: false,
  nearest_station: '',
  weight_min: 0,
  weight_max: point.type === 'POSTAMAT' ? 15 : 30,
  ...(point.type === 'POSTAMAT' ? { dimensions: [{ width: 44, height: 38, depth: 58 }] } : {}),
});

/** A place of a request as one of the cities; nothing for one that is not among them. */
export const cityOf = (place: unknown): City | undefined => {
  if (typeof place !== 'object' || place === null) return undefined;
  const { code, city, postal_code, fias_guid } = place as Readonly<Record<string, unknown>>;
  const name = typeof city === 'string' ? city.trim().toLowerCase() : undefined;
  return cities.find(
    (one) =>
      one.code === Number(code) ||
      (typeof fias_guid === 'string' && one.fias_guid === fias_guid) ||
      (name !== undefined && one.city.toLowerCase() === name) ||
      (typeof postal_code === 'string' && one.postal.slice(0, 3) === postal_code.slice(0, 3)),
  );
};

export const pointBy = (code: unknown): Point | undefined => points.find((one) => one.code === code);

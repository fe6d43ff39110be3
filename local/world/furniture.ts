import { companyKey, configKey, contactKey } from '../../functions/shared/keys.ts';
import type { Item } from '../../functions/shared/table/port.ts';
import type { Pack } from '../../schemas/pack.ts';

const at = '2026-01-12T06:00:00.000Z';

/** Rows every world has: people of its packs, two clients, and their contact persons, of whom Boris has no address. */
export const furniture = (packs: readonly Pack[]): Item[] => [
  ...packs.flatMap((pack) =>
    pack.people.map((user) => ({ ...configKey('user', user.id), row: 'user', ...user })),
  ),
  ...[
    { id: 'plant', name: 'Plant Demo-1', taxNumber: '7701000001' },
    { id: 'mill', name: 'Mill Demo-2', taxNumber: '7801000002' },
  ].map((company) => ({
    ...companyKey(company.id),
    row: 'company',
    ...company,
    debtTotal: 0,
    extra: {},
    version: 1,
    changedAt: at,
  })),
  ...[
    { id: 'anna', name: 'Анна Сомова', email: 'anna@plant-demo-1.example', company: 'plant' },
    { id: 'boris', name: 'Борис Немов', company: 'plant' },
  ].map((contact) => ({
    ...contactKey(contact.id),
    row: 'contact',
    ...contact,
    language: 'ru',
    extra: {},
    version: 1,
    changedAt: at,
  })),
];

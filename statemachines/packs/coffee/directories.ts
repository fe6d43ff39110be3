import type { Pack } from '../../../schemas/pack.ts';
import type { Text } from '../../../schemas/text.ts';
import { t } from '../../vocabulary/index.ts';
import { brands, firstDiscounts } from './brands.ts';

type Approver = { who: 'head' | 'responsible' } | { who: 'role'; role: string };

const limit = (id: string, title: Text, data: { place: number; above: number; approver: Approver }) => ({
  id,
  title,
  data,
  active: true,
});

/** Roubles in minor units, as amounts are held against limits. */
const roubles = (amount: number): number => amount * 100;

/** Lists an administrator keeps. */
export const directories: Pack['directories'] = [
  {
    id: 'coffee-brands',
    title: t('Универсальный список скидок', 'Discounts by brand'),
    entries: Object.entries(brands).map(([id, title]) => ({
      id,
      title,
      data: { rate: firstDiscounts[id] ?? 0 },
      active: true,
    })),
  },
  {
    id: 'coffee-discount-limits',
    title: t('Кто согласует скидки', 'Who decides about discounts'),
    entries: [
      limit('head', t('Любая скидка', 'Any discount'), {
        place: 1,
        above: -1,
        approver: { who: 'head' },
      }),
      limit('exec-director', t('Больше 5 %', 'Above 5 %'), {
        place: 2,
        above: 5,
        approver: { who: 'role', role: 'coffee-exec-director' },
      }),
      limit('director', t('Больше 15 %', 'Above 15 %'), {
        place: 3,
        above: 15,
        approver: { who: 'role', role: 'coffee-director' },
      }),
    ],
  },
  {
    id: 'coffee-invoice-limits',
    title: t('Кто согласует счета', 'Who decides about invoices'),
    entries: [
      limit('responsible', t('Больше 100 тысяч: ответственный', 'Above 100 thousand: the responsible'), {
        place: 1,
        above: roubles(100_000),
        approver: { who: 'responsible' },
      }),
      limit('head', t('Больше 100 тысяч: руководитель', 'Above 100 thousand: the head'), {
        place: 2,
        above: roubles(100_000),
        approver: { who: 'head' },
      }),
      limit('exec-director', t('Больше миллиона', 'Above a million'), {
        place: 3,
        above: roubles(1_000_000),
        approver: { who: 'role', role: 'coffee-exec-director' },
      }),
    ],
  },
];

import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';
import { brands, firstDiscounts } from './brands.ts';

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
];

import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';
import { cancelReasons } from './cancel-reasons.ts';

export const directories: Pack['directories'] = [
  {
    id: 'furniture-cancel-reasons',
    title: t('Причины отмены заказов', 'Reasons of cancelled orders'),
    entries: Object.entries(cancelReasons).map(([id, title]) => ({ id, title, data: {}, active: true })),
  },
];

import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';
import { lossReasons } from './loss-reasons.ts';

/** Lists an administrator keeps. */
export const directories: Pack['directories'] = [
  {
    id: 'loss-reasons',
    title: t('Причины проигрыша', 'Loss reasons'),
    entries: Object.entries(lossReasons).map(([id, title]) => ({ id, title, data: {}, active: true })),
  },
];

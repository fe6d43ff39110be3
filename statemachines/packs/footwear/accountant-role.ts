import type { Pack } from '../../../schemas/pack.ts';
import { t } from '../../vocabulary/index.ts';

/** Who checks money: sees the orders of the two money stages, and enters what the post office hands over. */
export const accountantRole: Pack['roles'][number] = {
  id: 'footwear-accountant',
  title: t('Бухгалтер', 'Accountant', 'Contabil'),
  grants: [
    {
      actions: ['view'],
      entity: 'deal',
      pipeline: 'footwear-order',
      scope: 'all',
      stages: ['advance-check', 'additional-payment'],
    },
    { actions: ['view', 'create'], entity: 'ledger', pipeline: 'footwear-order', scope: 'all' },
    { actions: ['view', 'edit'], entity: 'task', pipeline: 'footwear-order', scope: 'own' },
    { actions: ['view'], entity: 'report', pipeline: 'footwear-order', scope: 'all' },
  ],
  hides: [],
  override: false,
  help: t(
    'На вашем столе заказы, где ждут проверки денег: одной кнопкой подтвердите или верните менеджеру с комментарием.',
    'Your desk holds the orders whose money waits to be checked: approve in one click, or return them with a comment.',
    'Pe masa dumneavoastră sunt comenzile cu bani de verificat: confirmați dintr-un clic sau returnați managerului cu un comentariu.',
  ),
};

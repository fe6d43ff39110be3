import type { Accrual } from '../../schemas/accrual.ts';
import { instantOf } from '../../schemas/time.ts';
import { mayDo } from '../access/rights.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done, type Outcome, refused } from '../deals/context.ts';
import { mustSee } from '../deals/seen.ts';
import { viewDeal } from '../deals/view.ts';
import { Forbidden, NotFound } from '../shared/errors.ts';
import type { Call } from '../shared/serve.ts';
import { withTotals } from './record.ts';

const accrualOn = ({ accruals, deal }: Card, id: string): Accrual => {
  const accrual = accruals.find((one) => one.id === id);
  if (accrual === undefined) throw new NotFound(`no accrual "${id}" on deal ${deal.number}`);
  return accrual;
};

/**
 * Pays or reverses what was accrued. The same said again changes nothing.
 *
 * @returns refused if it was settled the other way
 */
export const settleAccrual = (
  card: Card,
  id: string,
  state: 'paid' | 'reversed',
  reason: string | undefined,
  context: Context,
): Outcome<Card> => {
  const accrual = accrualOn(card, id);
  if (accrual.state === state) return done(card);
  if (accrual.state !== 'accrued')
    return refused({
      path: 'accrual',
      code: 'accrual-settled',
      message:
        accrual.state === 'paid'
          ? { ru: 'Начисление уже выплачено', en: 'The accrual has been paid', ro: 'Suma este deja plătită' }
          : {
              ru: 'Начисление отменено',
              en: 'The accrual has been reversed',
              ro: 'Calculul a fost anulat',
            },
    });
  const settled = {
    at: instantOf(context.now),
    by: context.by,
    ...(reason === undefined ? {} : { reason }),
  };
  const accruals = card.accruals.map((one) => (one.id === id ? { ...one, state, settled } : one));
  return done(withTotals({ ...card, accruals }, context));
};

type Asked = Pick<Call<'accruals.pay'>, 'params' | 'reader' | 'company' | 'key'>;

const settling = async (
  { params, reader, company, key }: Asked,
  state: 'paid' | 'reversed',
  reason?: string,
) => {
  const { card, context } = await act(
    params.id,
    (before, now) => {
      mustSee(before, now);
      if (!mayDo(reader, 'edit', 'accrual', before.deal, company))
        throw new Forbidden(`your roles (${reader.user.roles.join(', ')}) may not settle pay of this deal`);
      return settleAccrual(before, params.accrual, state, reason, now);
    },
    { by: { user: reader.user.id }, reader, key },
  );
  return { accrual: accrualOn(card, params.accrual), deal: await viewDeal(card, context) };
};

/** POST /v1/deals/{id}/accruals/{accrual}/pay */
export const payAccrual = (call: Call<'accruals.pay'>) => settling(call, 'paid');

/** POST /v1/deals/{id}/accruals/{accrual}/reverse */
export const reverseAccrual = (call: Call<'accruals.reverse'>) =>
  settling(call, 'reversed', call.body.reason);

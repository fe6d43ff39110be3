import type { Accrual } from '../../schemas/accrual.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { UserId } from '../../schemas/ids.ts';
import type { Currency } from '../../schemas/money.ts';
import type { AccrueStep, Who } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import { Day, instantOf } from '../../schemas/time.ts';
import { resolve, userIn } from '../access/people.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { localDay } from '../schedule/local-time.ts';
import type { Facts } from '../shared/expression.ts';
import { idOf } from '../shared/new-id.ts';
import { percentOf } from './exact.ts';
import { withTotals } from './record.ts';

/** Who earned a share. Somebody a field names has earned it even if they have left; nobody stands in for them. */
const earner = (who: Who, deal: Deal, { pack, company }: Context): UserId | undefined => {
  if (who.who === 'field') return company.users.get(userIn(deal, who.field) ?? '')?.id;
  return resolve(who, deal, pack, company)[0]?.id;
};

const percentIn = (percent: AccrueStep['shares'][number]['percent'], { pack, company }: Context): number =>
  typeof percent === 'number' ? percent : Number(company.setting(pack, percent.setting));

/** Titles of several shares of one person as one. */
const joined = (one: Text, other: Text): Text => ({
  ru: `${one.ru}, ${other.ru}`,
  en: `${one.en}, ${other.en}`,
  ...(one.ro === undefined || other.ro === undefined ? {} : { ro: `${one.ro}, ${other.ro}` }),
});

const currencyOf = (base: string, { pipeline, pack }: Context): Currency => {
  const field = pipeline.fields[base];
  return (field !== undefined && 'currency' in field ? field.currency : undefined) ?? pack.currency;
};

type Share = { readonly employee: UserId; readonly role: Text; readonly percent: number };

const sharesOf = ({ shares }: AccrueStep, deal: Deal, context: Context): Share[] => {
  const people = new Map<UserId, Share>();
  for (const { to, percent, role } of shares) {
    const employee = earner(to, deal, context);
    if (employee === undefined) continue;
    const known = people.get(employee);
    const own = percentIn(percent, context);
    people.set(employee, {
      employee,
      role: known === undefined ? role : joined(known.role, role),
      percent: (known?.percent ?? 0) + own,
    });
  }
  return [...people.values()];
};

/**
 * Grants the people of a step their parts of a figure of the deal. Somebody who has been granted pay for this deal before
 * gets no more unless it was reversed, and what comes to nothing is not granted.
 */
export const accrue = (card: Card, step: AccrueStep, facts: Facts, context: Context): Card => {
  const figure = facts[step.base];
  if (typeof figure !== 'number') return card;
  const currency = currencyOf(step.base, context);
  const base = { amount: Math.round(figure), currency };
  const day =
    Day.safeParse(step.day === undefined ? undefined : facts[step.day]).data ??
    localDay(context.now, context.pack.zone);
  const granted = sharesOf(step, card.deal, context).flatMap(({ employee, role, percent }): Accrual[] => {
    const amount = { amount: percentOf(base.amount, percent), currency };
    const before = card.accruals.filter((one) => one.employee === employee);
    if (amount.amount <= 0 || before.some(({ state }) => state !== 'reversed')) return [];
    return [
      {
        id: idOf('accrual', card.deal.id, employee, String(before.length)),
        deal: card.deal.id,
        pipeline: context.pipeline.id,
        employee,
        role,
        base,
        percent,
        amount,
        day,
        state: 'accrued',
        at: instantOf(context.now),
        by: context.by,
      },
    ];
  });
  return granted.length === 0
    ? card
    : withTotals({ ...card, accruals: [...card.accruals, ...granted] }, context);
};

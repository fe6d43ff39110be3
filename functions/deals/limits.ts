import type { Deal, Queue } from '../../schemas/deal.ts';
import { UserId } from '../../schemas/ids.ts';
import type { User } from '../../schemas/people.ts';
import type { QueueStep } from '../../schemas/pipeline.ts';
import { headOf, holdersOf } from '../access/people.ts';
import { entriesOf } from '../admin/directories.ts';
import type { Facts } from '../shared/expression.ts';
import type { Context } from './context.ts';
import { LimitData } from './limit-data.ts';

type Limit = { readonly id: string; readonly data: LimitData };

const isFor = ({ data }: Limit, figure: number, kind: unknown, author: User | undefined): boolean =>
  (data.above === undefined || figure > data.above) &&
  (data.upTo === undefined || figure <= data.upTo) &&
  (data.kinds === undefined || data.kinds.some((one) => one === kind)) &&
  (data.positions === undefined || data.positions.some((role) => author?.roles.includes(role) === true));

/** Who a limit means for a deal. Where there is no such person, the head stands in: what has a limit goes by nobody. */
const meant = (
  { data: { approver } }: Limit,
  deal: Deal,
  author: User | undefined,
  context: Context,
): User[] => {
  const { company, pack } = context;
  const headFor = (id: string | undefined) => headOf(id, pack, company) ?? [];
  const presentOr = (id: string | undefined) => {
    const user = id === undefined ? undefined : company.users.get(id);
    return user?.active === true ? user : headFor(id ?? author?.id);
  };
  switch (approver.who) {
    case 'head':
      return [headFor(author?.id)].flat();
    case 'responsible':
      return [presentOr(deal.responsible)].flat();
    case 'role':
      return [holdersOf(approver.role, company)[0] ?? headFor(author?.id)].flat();
    case 'user':
      return [presentOr(approver.user)].flat();
    default:
      return approver satisfies never;
  }
};

const peopleIn = (facts: Facts, field: string | undefined): string[] => {
  const value = field === undefined ? undefined : facts[field];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
};

/** In the order the author wants; those whom it does not name come after, as they stood. */
const inOrder = (people: Queue['people'], wanted: readonly string[]): Queue['people'] => {
  const place = ({ user }: Queue['people'][number]) => {
    const at = wanted.indexOf(user);
    return at < 0 ? wanted.length : at;
  };
  return people
    .map((one, at) => ({ one, at }))
    .sort((one, other) => place(one.one) - place(other.one) || one.at - other.at)
    .map(({ one }) => one);
};

/**
 * Who decides about a deal, in turn: the people the limits name for its figure, each once, then those the author added; in
 * the author's order where one is given. The author's own turn is marked as passed over.
 */
export const queueFor = async (
  step: QueueStep,
  deal: Deal,
  facts: Facts,
  context: Context,
): Promise<Pick<Queue, 'author' | 'figure' | 'people'>> => {
  const { company } = context;
  const author = deal.initiator ?? deal.responsible;
  const by = company.users.get(author ?? '');
  const given = facts[step.figure];
  const figure = typeof given === 'number' ? given : 0;
  const limits = (await entriesOf(step.limits, company))
    .filter(({ active }) => active)
    .map(({ id, data }): Limit => ({ id, data: LimitData.parse(data) }))
    .sort((one, other) => one.data.place - other.data.place)
    .filter((limit) => isFor(limit, figure, step.kind === undefined ? undefined : facts[step.kind], by));
  const named = [
    ...limits.flatMap((limit) =>
      meant(limit, deal, by, context).map(({ id }) => ({ user: id, limit: limit.id })),
    ),
    ...peopleIn(facts, step.extra).map((user) => ({ user: UserId.parse(user) })),
  ];
  const once = named.filter(({ user }, at) => named.findIndex((other) => other.user === user) === at);
  return {
    ...(author === undefined ? {} : { author }),
    figure,
    people: inOrder(once, peopleIn(facts, step.order)).map((one) =>
      one.user === author ? { ...one, skipped: true } : one,
    ),
  };
};

import type { Sheet } from '../../schemas/api/approvals.ts';
import type { Queue } from '../../schemas/deal.ts';
import type { Step } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { everyStep } from '../../statemachines/compile/ids.ts';
import { entriesOf } from '../admin/directories.ts';
import type { Call } from '../shared/serve.ts';
import type { Card } from './card.ts';
import type { Context } from './context.ts';
import { seenCard } from './seen.ts';

type Line = Sheet['lines'][number];

const stepsOf = ({ pipeline }: Context): readonly Step[] =>
  Object.values(pipeline.stages).flatMap(({ work = [], on = [] }) =>
    everyStep([...work, ...on.flatMap((thread) => thread.work)]),
  );

/** Titles of limits, also of those that are no longer active. */
const limitTitles = async (step: Step | undefined, { company }: Context) =>
  new Map(
    step?.do === 'queue'
      ? (await entriesOf(step.limits, company)).map(({ id, title }) => [id, title] as const)
      : [],
  );

const stateOf = (task: Task | undefined): Pick<Line, 'state' | 'comment' | 'at' | 'by'> => {
  if (task === undefined) return { state: 'waiting' };
  if (task.status === 'open') return { state: 'asked', at: task.openedAt };
  const by = task.closedBy !== undefined && 'user' in task.closedBy ? task.closedBy.user : undefined;
  const how = {
    ...(task.comment === undefined ? {} : { comment: task.comment }),
    ...(task.closedAt === undefined ? {} : { at: task.closedAt }),
    ...(by === undefined ? {} : { by }),
  };
  return task.outcome === 'approved' || task.outcome === 'rejected'
    ? { state: task.outcome, ...how }
    : { state: 'cancelled', ...how };
};

const linesOf = (
  { key, people }: Queue,
  titles: Awaited<ReturnType<typeof limitTitles>>,
  { tasks }: Card,
  { company }: Context,
): Line[] => {
  let round = -1;
  return people.map(({ user, limit, skipped }): Line => {
    const person = company.users.get(user);
    if (skipped === undefined) round += 1;
    const { by, ...state } =
      skipped === undefined
        ? stateOf(tasks.find(({ id }) => id === `${key}.${round}`))
        : { state: 'skipped' as const, by: undefined };
    const title = limit === undefined ? undefined : (titles.get(limit) ?? { ru: limit, en: limit });
    return {
      user,
      name: person?.name ?? user,
      position: (person?.roles ?? []).flatMap((role) => company.roles.get(role)?.title ?? []),
      ...(title === undefined ? {} : { limit: title }),
      ...state,
      ...(by === undefined || by === user ? {} : { by }),
    };
  });
};

/** GET /v1/deals/{id}/sheet */
export const dealSheet = async (call: Call<'deals.sheet'>) => {
  const { card, context } = await seenCard(call.params.id, call);
  const steps = stepsOf(context);
  const sheets = await Promise.all(
    Object.entries(card.deal.queues ?? {}).map(async ([id, queues]) => {
      const step = steps.find((one) => one.id === id);
      const titles = await limitTitles(step, context);
      return queues.map((queue): Sheet => {
        const { author } = queue;
        return {
          step: id,
          title: step?.do === 'queue' ? step.title : { ru: id, en: id },
          startedAt: queue.at,
          ...(author === undefined
            ? {}
            : { author, authorName: context.company.users.get(author)?.name ?? author }),
          ...(queue.figure === undefined ? {} : { figure: queue.figure }),
          lines: linesOf(queue, titles, card, context),
        };
      });
    }),
  );
  return { items: sheets.flat().sort((one, other) => (one.startedAt < other.startedAt ? 1 : -1)) };
};

import type { By } from '../../schemas/deal.ts';
import { TaskId } from '../../schemas/ids.ts';
import { languageOf } from '../../schemas/pack.ts';
import type { Span, Who } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { resolveAll } from '../access/people.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { type Context, done } from '../deals/context.ts';
import { idOf } from '../shared/new-id.ts';
import { dueOf } from './timing.ts';

/** The person responsible for the deal; where there is none, their head, then the pack's last resort. */
export const responsibleOnly: readonly Who[] = [{ who: 'field', field: 'responsible' }];

const aboutLength = 4000;

/** What somebody has to mend. */
export type Raised = {
  /** the same occasion raises one task, whatever became of it */
  readonly occasion: string;
  /** the first of these people gets it */
  readonly to: readonly Who[];
  readonly title: Text;
  readonly description?: Text;
  readonly dueIn?: Span;
};

/** The id of the task of an occasion; it begins like that of every raised task of the deal. */
export const raisedId = (deal: string, occasion: string): TaskId =>
  TaskId.parse(`${raisedOn(deal)}${idOf(occasion)}`);

/** What the ids of all raised tasks of a deal begin with. */
export const raisedOn = (deal: string): string => `${deal}.x.`;

const taskOf = (
  { deal }: Card,
  { occasion, to, title, description, dueIn }: Raised,
  context: Context,
): Task => {
  const { now, by, pack, company } = context;
  const [assignee] = resolveAll(to, deal, pack, company);
  const due = dueIn === undefined ? undefined : dueOf({ due: 'after', span: dueIn }, {}, now, context);
  return {
    id: raisedId(deal.id, occasion),
    deal: deal.id,
    pipeline: deal.pipeline,
    dealNumber: deal.number,
    dealTitle: deal.title,
    kind: 'task',
    attempt: 1,
    title,
    ...(description === undefined
      ? {}
      : { about: say(description, assignee?.language ?? languageOf(pack)).slice(0, aboutLength) }),
    ...(assignee === undefined ? {} : { assignee: assignee.id }),
    ...(due === undefined ? {} : { due: instantOf(due) }),
    openedAt: instantOf(now),
    status: 'open',
    keep: true,
    opened: {},
    late: [],
    fired: [],
    round: 0,
    version: 1,
    changedAt: instantOf(now),
    changedBy: by,
  };
};

/** The card with the task of an occasion: for a rule that raises it in its own write. */
export const withRaised = (card: Card, raised: Raised, context: Context): Card => {
  const task = taskOf(card, raised, context);
  return card.tasks.some(({ id }) => id === task.id) ? card : { ...card, tasks: [...card.tasks, task] };
};

/** A task that the system sets on a deal, once an occasion; it stays open when the deal moves on. */
export const raiseTask = async (deal: string, raised: Raised, { by }: { by: By }): Promise<void> => {
  await act(deal, (card, context) => done(withRaised(card, raised, context)), { by });
};

import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId, FieldId, Slug, TaskId, UserId } from './ids.ts';
import { Due, Rung } from './pipeline.ts';
import { Text } from './text.ts';
import { Instant } from './time.ts';

/** What the states machine told the step function about what may come next, so that an answer can carry timers for it. */
export const Ahead = z.strictObject({
  /** facts that choices of the machine read */
  facts: z.array(z.string()).default([]),
  /** steps whose timers the machine may need next */
  timers: z
    .record(
      Slug,
      z.strictObject({ due: Due.optional(), late: z.array(Rung).optional(), span: z.unknown().optional() }),
    )
    .default({}),
});
export type Ahead = z.infer<typeof Ahead>;

/** Which run: one execution of a stage's machine for one entry of a deal to that stage, or of one of its threads. */
export const Run = z.strictObject({
  deal: DealId,
  pack: Slug,
  pipeline: Slug,
  stage: Slug,
  seq: z.int().positive(),
  /** `main`, or the thread's id */
  thread: Slug,
  /** which start of the thread, from 1 */
  n: z.int().positive(),
  /** which migration of the deal on this stage it began with, the second era being the first; absent before any */
  era: z.int().min(2).optional(),
  /** the era whose work it does: another than the first where a migration opened everything anew */
  work: z.int().min(2).optional(),
});
export type Run = z.infer<typeof Run>;

/** Work for a person, or a `watch`: something a run waits for that nobody has to do. */
export const Task = z.strictObject({
  id: TaskId,
  deal: DealId,
  pipeline: Slug,
  dealNumber: z.string(),
  dealTitle: z.string(),
  kind: z.enum(['task', 'approval', 'watch']),
  step: Slug.optional(),
  run: Run.optional(),
  attempt: z.int().positive(),
  title: Text,
  about: z.string().max(4000).optional(),
  assignee: UserId.optional(),
  /** a reminder follows its start */
  reminded: z.literal(true).optional(),
  /** in whose name it was set; observes it */
  creator: UserId.optional(),
  /** when work on it begins; reminders may hang on it */
  start: Instant.optional(),
  due: Instant.optional(),
  openedAt: Instant,
  status: z.enum(['open', 'done', 'cancelled']),
  /** how it ended: `done`, `moved` (a newer one took its place), `approved`, `rejected`, `stage left`, `migrated` (as if it had not been) */
  outcome: z.string().max(60).optional(),
  comment: z.string().max(2000).optional(),
  /** why, where somebody decided it in the assignee's place */
  reason: z.string().max(1000).optional(),
  /** of a decision: the files its form showed, each in the version it was about */
  files: z.array(z.strictObject({ field: FieldId, id: EntityId, version: z.int().positive() })).optional(),
  closedAt: Instant.optional(),
  closedBy: By.optional(),
  closeWhen: z.string().optional(),
  byHand: z.literal(true).optional(),
  guard: z.string().optional(),
  refusal: Text.optional(),
  fields: z.array(FieldId).optional(),
  stamp: FieldId.optional(),
  /** of an approval: pending entries of the deal are decided with it */
  settles: z.literal(true).optional(),
  keep: z.boolean().default(false),
  /** facts when it was opened, those its conditions compare with */
  opened: z.record(z.string(), z.unknown()).default({}),
  dueRule: Due.optional(),
  startField: FieldId.optional(),
  late: z.array(Rung).default([]),
  /** indexes of the rungs that fired */
  fired: z.array(z.int().nonnegative()).default([]),
  /** indexes of the rungs passed over, since their moment was past when it was set */
  passed: z.array(z.int().nonnegative()).optional(),
  mark: z.enum(['late', 'red']).optional(),
  /** the task token a run waits on */
  token: z.string().optional(),
  ahead: Ahead.optional(),
  round: z.int().nonnegative().default(0),
  /** of a cycle's watch: the condition it runs by, whether that held, and how often it turned */
  cycle: z.strictObject({ while: z.string(), active: z.boolean(), turns: z.int().nonnegative() }).optional(),
  /** of a cycle's watch: when its next turn is; a state that asks earlier is not given one */
  nextTurn: Instant.optional(),
  /** of a watch: what of the deal's parcel it waits for, and the field that takes its number */
  parcel: z
    .strictObject({
      until: z.enum(['registered', 'delivered']),
      track: FieldId,
      /** how many parcels the deal had had before; those are not waited for */
      after: z.int().nonnegative(),
    })
    .optional(),
  version: z.int().positive(),
  changedAt: Instant,
  changedBy: By,
});
export type Task = z.infer<typeof Task>;

import * as z from 'zod';
import { FieldId, Slug } from './ids.ts';
import { Currency } from './money.ts';
import { Channel } from './people.ts';
import { Text } from './text.ts';
import { Duration, TimeOfDay } from './time.ts';
import { Tracking } from './tracking.ts';

/**
 * JSONata over the deal's facts: its fields by name, its totals, `stage`, `responsible`, and inside a task
 * `opened`, the facts when the task was opened; after an approval `decision`, `approved` or `rejected`. A field without a value is absent: test it with `$exists(field)`.
 */
export const Expression = z.string().min(1).max(500);
export type Expression = z.infer<typeof Expression>;

/** How long: a literal, or a setting of the pack that an administrator may change without a deployment. */
export const Span = z.union([Duration, z.strictObject({ setting: FieldId })]);
export type Span = z.infer<typeof Span>;

/** A person, resolved when it is needed and never before. */
export type Who =
  | { who: 'field'; field: string } //           the user a field of the deal names
  | { who: 'head'; of: string } //               the head of that user
  | { who: 'role'; role: string } //             everybody who has the role; a task goes to the first of them
  | { who: 'members' } //                        who has the deal, or has or had work on it, and may see it
  | { who: 'watchers' } //                       all who watch the deal
  | { who: 'setting'; setting: string; else: Who }; // a person an administrator chose
export const Who: z.ZodType<Who> = z.lazy(() =>
  z.discriminatedUnion('who', [
    z.strictObject({ who: z.literal('field'), field: FieldId }),
    z.strictObject({ who: z.literal('head'), of: FieldId }),
    z.strictObject({ who: z.literal('role'), role: Slug }),
    z.strictObject({ who: z.literal('members') }),
    z.strictObject({ who: z.literal('watchers') }),
    z.strictObject({ who: z.literal('setting'), setting: FieldId, else: Who }),
  ]),
);

/** When work falls due. `at` a date field (a day without a time means 18:00), or some time after it was opened. */
export type Due =
  | { due: 'after'; span: Span }
  | { due: 'at'; field: string; minus?: Span | undefined; else?: Due | undefined }
  | { due: 'by'; field: string; cases: Record<string, Due>; else: Due };
export const Due: z.ZodType<Due> = z.lazy(() =>
  z.discriminatedUnion('due', [
    z.strictObject({ due: z.literal('after'), span: Span }),
    z.strictObject({ due: z.literal('at'), field: FieldId, minus: Span.optional(), else: Due.optional() }),
    z.strictObject({ due: z.literal('by'), field: FieldId, cases: z.record(z.string(), Due), else: Due }),
  ]),
);

/** People told of something: in the app always, by other channels where named. */
export const Notice = z.strictObject({
  to: z.array(Who).min(1),
  text: Slug,
  channels: z.array(Channel).default(['app']),
});
export type Notice = z.infer<typeof Notice>;

/** A rung whose moment was past when its task opened never fires; without it, it fires as soon as the task is there. */
const past = z.literal('skip').optional();

/**
 * When a rung is reached: some time after the task opened, at its due time, before it, or after it; or `at` the
 * moment a date field names (a day without a time means 09:00), or `plus` a span after it, `else` some time after the task
 * opened where it is empty; or at a time of the day that lies so many days before the field's.
 */
export const Moment = z.discriminatedUnion('moment', [
  z.strictObject({ moment: z.literal('after'), span: Span }),
  z.strictObject({ moment: z.literal('due') }),
  z.strictObject({ moment: z.literal('before-due'), span: Span }),
  z.strictObject({ moment: z.literal('after-due'), span: Span }),
  z.strictObject({
    moment: z.literal('at'),
    field: FieldId,
    plus: Span.optional(),
    else: Span.optional(),
    past,
  }),
  z.strictObject({
    moment: z.literal('morning'),
    field: FieldId,
    daysBefore: z.int().nonnegative(),
    time: TimeOfDay,
    past,
  }),
]);
export type Moment = z.infer<typeof Moment>;

/** What is written into a field: a literal (`null` empties it), what an expression gives, or the moment of writing, or a span after it. */
export const Written = z.union([
  z.strictObject({ value: z.union([z.string(), z.number(), z.boolean(), z.null()]) }),
  z.strictObject({ expression: Expression }),
  /** a date field takes the day, a datetime the instant; `opening` is now in working hours, else their next beginning */
  z.strictObject({ moment: z.union([z.enum(['now', 'opening']), Span]) }),
]);
export type Written = z.infer<typeof Written>;

/** One rung of an escalation ladder; fires once while its task is open. */
export const Rung = z.strictObject({
  at: Moment,
  tell: z.array(Notice).default([]),
  mark: z.enum(['late', 'red']).optional(),
  /** fields written when it is reached */
  set: z.record(FieldId, Written).optional(),
  needs: z.array(z.string()).default([]),
});
export type Rung = z.infer<typeof Rung>;

/** A title that depends on the deal: the first case that holds, else the step's own title. */
const TitleCase = z.strictObject({ when: Expression, title: Text });

const taskShape = {
  id: Slug,
  title: Text,
  titles: z.array(TitleCase).optional(),
  about: Text.optional(),
  who: Who,
  /** a date field that says when work on it begins */
  start: FieldId.optional(),
  due: Due.optional(),
  /** the step is passed over unless this holds when the run reaches it */
  when: Expression.optional(),
  /** the system closes the task as soon as this holds; nobody can close it before */
  closeWhen: Expression.optional(),
  /** people may close the task before `closeWhen` holds */
  byHand: z.literal(true).optional(),
  /** nobody can close the task while this fails; the system never closes it by itself */
  guard: Expression.optional(),
  /** what the person reads when the close is refused */
  refusal: Text.optional(),
  /** fields the task's form asks for */
  fields: z.array(FieldId).optional(),
  /** a date field that takes the day on which the task was closed */
  stamp: FieldId.optional(),
  late: z.array(Rung).optional(),
  /** stays open when the deal leaves the stage */
  keep: z.boolean().optional(),
  needs: z.array(z.string()).optional(),
};

export const TaskStep = z.strictObject({ do: z.literal('task'), ...taskShape });
export type TaskStep = z.infer<typeof TaskStep>;

/** A decision by one person. A rejection needs a comment; `rework` is done and the decision asked again. */
export const ApprovalStep = z.strictObject({
  do: z.literal('approval'),
  id: Slug,
  title: Text,
  who: Who,
  due: Due.optional(),
  when: Expression.optional(),
  late: z.array(Rung).optional(),
  /** shown to the approver, who may fill them with the decision */
  fields: z.array(FieldId).optional(),
  /** nobody can approve while this fails; looked at as if the approval had been given */
  guard: Expression.optional(),
  /** what the person reads when approving is refused */
  refusal: Text.optional(),
  /** a date field that takes the day of the approval */
  stamp: FieldId.optional(),
  /** money that waits for a decision: pending entries of the deal are approved with it, or returned */
  settles: z.literal(true).optional(),
  /** after a rejection; its description carries the comment. Without it the run goes on, and `decision` tells which way */
  rework: TaskStep.optional(),
  needs: z.array(z.string()).optional(),
});
export type ApprovalStep = z.infer<typeof ApprovalStep>;

export const NotifyStep = z.strictObject({
  do: z.literal('notify'),
  id: Slug,
  when: Expression.optional(),
  notice: Notice,
  needs: z.array(z.string()).optional(),
});
export type NotifyStep = z.infer<typeof NotifyStep>;

/** How a client is reached. */
export const ClientChannel = z.enum(['email', 'sms', 'instagram', 'facebook']);
export type ClientChannel = z.infer<typeof ClientChannel>;

/**
 * A letter to the client, by e-mail, or by `channels` in turn: one that fails is followed by the next. Where it cannot be sent,
 * `failed` is told and the run goes on.
 */
export const EmailStep = z.strictObject({
  do: z.literal('email'),
  id: Slug,
  when: Expression.optional(),
  text: Slug,
  channels: z.array(ClientChannel).min(1).optional(),
  /** fields with the client's addresses by channel, for a deal whose contact has none there */
  to: z.partialRecord(ClientChannel, FieldId).optional(),
  /** a field whose file goes with a letter; without the file it is not sent */
  attach: FieldId.optional(),
  failed: Notice.optional(),
  needs: z.array(z.string()).optional(),
});
export type EmailStep = z.infer<typeof EmailStep>;

/** Writes fields: literals, expressions over the facts, or moments. */
export const SetStep = z.strictObject({
  do: z.literal('set'),
  id: Slug,
  when: Expression.optional(),
  values: z.record(FieldId, Written),
  needs: z.array(z.string()).optional(),
});
export type SetStep = z.infer<typeof SetStep>;

/** Puts a person into a user field, or among the deal's watchers. */
export const AssignStep = z.strictObject({
  do: z.literal('assign'),
  id: Slug,
  when: Expression.optional(),
  who: Who,
  to: z.union([z.strictObject({ field: FieldId }), z.literal('watchers')]),
  needs: z.array(z.string()).optional(),
});
export type AssignStep = z.infer<typeof AssignStep>;

/** Waits for a time, or until a date field (minus a span); a moment already past goes on at once. */
export const WaitStep = z.strictObject({
  do: z.literal('wait'),
  id: Slug,
  title: Text.optional(),
  for: z.discriminatedUnion('due', [
    z.strictObject({ due: z.literal('after'), span: Span }),
    z.strictObject({ due: z.literal('at'), field: FieldId, minus: Span.optional() }),
  ]),
  needs: z.array(z.string()).optional(),
});
export type WaitStep = z.infer<typeof WaitStep>;

/** Waits, without a task, until a condition over the deal holds. */
export const UntilStep = z.strictObject({
  do: z.literal('until'),
  id: Slug,
  title: Text.optional(),
  condition: Expression,
  needs: z.array(z.string()).optional(),
});
export type UntilStep = z.infer<typeof UntilStep>;

/**
 * Does one thing again and again while the deal is on the stage: pauses while `while` fails, ends for good when
 * `until` holds. `first: 'now'` does it as soon as it may, `'later'` after the first `every`.
 */
export const CycleStep = z.strictObject({
  do: z.literal('cycle'),
  id: Slug,
  title: Text.optional(),
  every: Span,
  first: z.enum(['now', 'later']).default('now'),
  while: Expression.optional(),
  until: Expression.optional(),
  body: z.union([NotifyStep, EmailStep]),
  needs: z.array(z.string()).optional(),
});
export type CycleStep = z.infer<typeof CycleStep>;

/** An automatic move of the deal; refused by the same guards as anybody's. */
export const GotoStep = z.strictObject({
  do: z.literal('goto'),
  id: Slug,
  stage: Slug,
  when: Expression.optional(),
  needs: z.array(z.string()).optional(),
});
export type GotoStep = z.infer<typeof GotoStep>;

/** Starts a thread of this stage; with `once`, only if it was not started since the stage was entered. */
export const StartStep = z.strictObject({
  do: z.literal('start'),
  id: Slug,
  thread: Slug,
  once: z.boolean().default(true),
  when: Expression.optional(),
  needs: z.array(z.string()).optional(),
});
export type StartStep = z.infer<typeof StartStep>;

/**
 * A deal of another pipeline that this run waits for; fields are copied down at the start, `{ here: there }`, and back at
 * the end, `{ there: here }`. What follows reads its `outcome`.
 */
export const SubdealStep = z.strictObject({
  do: z.literal('subdeal'),
  id: Slug,
  title: Text.optional(),
  pipeline: Slug,
  when: Expression.optional(),
  /** its responsible person; that of this deal where absent */
  who: Who.optional(),
  down: z.record(FieldId, FieldId).default({}),
  back: z.record(FieldId, FieldId).default({}),
  /** further fields of the new deal */
  set: z.record(FieldId, z.union([z.string(), z.number(), z.boolean()])).optional(),
  /**
   * where the system sends it if this deal leaves the stage before it is over; nothing is copied back then. Without it, it has
   * a life of its own
   */
  abandon: Slug.optional(),
  /** `false`: the run goes on at once */
  wait: z.literal(false).optional(),
  /** it goes by the number of the deal it comes from; both pipelines count together */
  number: z.literal('same').optional(),
  needs: z.array(z.string()).optional(),
});
export type SubdealStep = z.infer<typeof SubdealStep>;

/** Grants people parts of a figure of the deal as pay, each person once a deal; `day` is when it is to be paid, else today. */
export const AccrueStep = z.strictObject({
  do: z.literal('accrue'),
  id: Slug,
  when: Expression.optional(),
  base: FieldId,
  shares: z
    .array(
      z.strictObject({
        to: Who,
        percent: z.union([z.number().min(0).max(100), z.strictObject({ setting: FieldId })]),
        role: Text,
      }),
    )
    .min(1),
  day: FieldId.optional(),
  needs: z.array(z.string()).optional(),
});
export type AccrueStep = z.infer<typeof AccrueStep>;

/**
 * Decisions of several people, strictly one after another: those whom a directory of limits names for the figure, and those
 * whom the author adds. Each sees what was said before; the author's own turn is passed over; a rejection needs a comment and
 * ends it. `decision` tells how it ended.
 */
export const QueueStep = z.strictObject({
  do: z.literal('queue'),
  id: Slug,
  title: Text,
  /** the directory of limits */
  limits: Slug,
  /** the figure held against them */
  figure: FieldId,
  /** what it is a figure of: limits may be for some kinds only */
  kind: FieldId.optional(),
  /** a field of people whom the author adds; they come last */
  extra: FieldId.optional(),
  /** a field of people in the order the author wants them; those it leaves out come after */
  order: FieldId.optional(),
  /** a user field that takes whoever is asked now */
  asks: FieldId,
  /** of each turn */
  due: Due.optional(),
  when: Expression.optional(),
  late: z.array(Rung).optional(),
  /** shown to everybody who is asked */
  fields: z.array(FieldId).optional(),
  needs: z.array(z.string()).optional(),
});
export type QueueStep = z.infer<typeof QueueStep>;

/** Makes a percentage of a directory another one for the deal's company: the entry and the percentage are fields of the deal. */
export const RateStep = z.strictObject({
  do: z.literal('rate'),
  id: Slug,
  directory: Slug,
  entry: FieldId,
  rate: FieldId,
  when: Expression.optional(),
  needs: z.array(z.string()).optional(),
});
export type RateStep = z.infer<typeof RateStep>;

/**
 * Makes the client a contact, and theirs a company, unless somebody of that address or phone, or a company of that name, is
 * known; `contact` and `company` take them.
 */
export const ClientStep = z.strictObject({
  do: z.literal('client'),
  id: Slug,
  when: Expression.optional(),
  contact: FieldId,
  company: FieldId.optional(),
  /** fields that say who it is */
  name: FieldId,
  email: FieldId.optional(),
  phone: FieldId.optional(),
  companyName: FieldId.optional(),
  needs: z.array(z.string()).optional(),
});
export type ClientStep = z.infer<typeof ClientStep>;

/**
 * A parcel by a carrier: ordered of what the deal holds, its number written back. The run waits until it is registered, or
 * until it was handed over; with `false` it goes on at once. What follows reads `outcome`: the state of the parcel, or
 * `by-hand` where somebody wrote a number into the field themselves.
 */
export const ShipStep = z.strictObject({
  do: z.literal('ship'),
  id: Slug,
  title: Text.optional(),
  by: z.literal('cdek'),
  when: Expression.optional(),
  /** fields that say where to: the code of a point of delivery, else an address; the city, where neither tells it */
  to: z.strictObject({ point: FieldId.optional(), address: FieldId.optional(), city: FieldId.optional() }),
  /** the field of lines or rows that says what is in it; the whole deal is one line where absent */
  items: z
    .union([
      FieldId,
      z.strictObject({
        rows: FieldId,
        name: FieldId,
        quantity: FieldId.optional(),
        /** of one piece */
        price: FieldId.optional(),
        /** kilograms of one piece */
        weight: FieldId.optional(),
        article: FieldId.optional(),
      }),
    ])
    .optional(),
  /** kilograms of the whole; that of the pack's parcel where neither it nor the rows tell */
  weight: z.union([FieldId, z.strictObject({ setting: FieldId })]).optional(),
  /** number fields, in centimetres */
  size: z.strictObject({ length: FieldId, width: FieldId, height: FieldId }).optional(),
  /** money the carrier is to take from the client, minor units; nothing where it is absent or not above zero */
  cod: Expression.optional(),
  /** the field with the chosen tariff, and those that take its price and the day it promises */
  tariff: FieldId.optional(),
  price: FieldId.optional(),
  date: FieldId.optional(),
  /** the field that takes the carrier's number */
  track: FieldId,
  /** a text field that takes the last status in words */
  status: FieldId.optional(),
  /** a courier is called as soon as the parcel is registered, for the day of this field */
  courier: z.strictObject({ date: FieldId, from: TimeOfDay, to: TimeOfDay }).optional(),
  wait: z.union([z.enum(['registered', 'delivered']), z.literal(false)]).default('registered'),
  late: z.array(Rung).optional(),
  needs: z.array(z.string()).optional(),
});
export type ShipStep = z.infer<typeof ShipStep>;

/**
 * Money asked of the client by a link: the payment is opened, the client is written to, and the run waits until it is `paid`,
 * `expired` or `cancelled`, which what follows reads as `outcome`. Nothing to pay passes it over.
 */
export const PayStep = z.strictObject({
  do: z.literal('pay'),
  id: Slug,
  title: Text.optional(),
  when: Expression.optional(),
  /** minor units: a money field, a figure, or an expression over the facts */
  amount: Expression,
  /** what the client reads on the bill; `{{number}}` and other facts are put in */
  description: Text,
  /** the message that brings the client `{{payLink}}` */
  text: Slug,
  channels: z.array(ClientChannel).min(1).optional(),
  /** fields with the client's addresses by channel, for a deal whose contact has none there */
  to: z.partialRecord(ClientChannel, FieldId).optional(),
  /** told where the client cannot be written to */
  failed: Notice.optional(),
  /** lines of the fiscal receipt: a field of lines; without it one line, as the description says */
  items: FieldId.optional(),
  /** how long the link is good; the pack says where it is absent */
  open: Span.optional(),
  late: z.array(Rung).optional(),
  /** `false`: the run goes on at once */
  wait: z.literal(false).optional(),
  needs: z.array(z.string()).optional(),
});
export type PayStep = z.infer<typeof PayStep>;

/** Reminds people at a moment, by itself: some time from now, or on a date field, or a span before it. */
export const RemindStep = z.strictObject({
  do: z.literal('remind'),
  id: Slug,
  what: Text,
  who: Who,
  for: z.discriminatedUnion('due', [
    z.strictObject({ due: z.literal('after'), span: Span }),
    z.strictObject({ due: z.literal('at'), field: FieldId, minus: Span.optional() }),
  ]),
  when: Expression.optional(),
  needs: z.array(z.string()).optional(),
});
export type RemindStep = z.infer<typeof RemindStep>;

export type ChooseStep = {
  do: 'choose';
  id: string;
  cases: { when: string; steps: Step[] }[];
  else?: Step[] | undefined;
  needs?: string[] | undefined;
};
export type ParallelStep = { do: 'parallel'; id: string; branches: Step[][]; needs?: string[] | undefined };

/** One thing a run does. Steps of a list follow each other. */
export type Step =
  | TaskStep
  | ApprovalStep
  | NotifyStep
  | EmailStep
  | SetStep
  | AssignStep
  | WaitStep
  | UntilStep
  | CycleStep
  | GotoStep
  | StartStep
  | SubdealStep
  | RemindStep
  | AccrueStep
  | QueueStep
  | RateStep
  | PayStep
  | ClientStep
  | ShipStep
  | ChooseStep
  | ParallelStep;

export const ChooseStep: z.ZodType<ChooseStep> = z.lazy(() =>
  z.strictObject({
    do: z.literal('choose'),
    id: Slug,
    cases: z.array(z.strictObject({ when: Expression, steps: z.array(Step) })).min(1),
    else: z.array(Step).optional(),
    needs: z.array(z.string()).optional(),
  }),
);
export const ParallelStep: z.ZodType<ParallelStep> = z.lazy(() =>
  z.strictObject({
    do: z.literal('parallel'),
    id: Slug,
    branches: z.array(z.array(Step).min(1)).min(2),
    needs: z.array(z.string()).optional(),
  }),
);
export const Step: z.ZodType<Step> = z.lazy(() =>
  z.union([
    TaskStep,
    ApprovalStep,
    NotifyStep,
    EmailStep,
    SetStep,
    AssignStep,
    WaitStep,
    UntilStep,
    CycleStep,
    GotoStep,
    StartStep,
    SubdealStep,
    RemindStep,
    AccrueStep,
    QueueStep,
    RateStep,
    PayStep,
    ClientStep,
    ShipStep,
    ChooseStep,
    ParallelStep,
  ]),
);

/** Who may do a thing to a deal: a relation to it, any member of staff, a role, or the system alone. */
export const Actor = z.union([
  z.enum(['responsible', 'head', 'initiator', 'watcher', 'anyone', 'system']),
  z.strictObject({ role: Slug }),
]);
export type Actor = z.infer<typeof Actor>;

/** An allowed move. `came-from` is the stage the deal was on before this one. */
export const Move = z.strictObject({
  to: z.union([Slug, z.literal('came-from')]),
  by: z.array(Actor).min(1),
  /** offered and allowed only where it holds */
  when: Expression.optional(),
  /** a date field that takes the day or the instant of the move, before the guards look */
  stamp: FieldId.optional(),
  needs: z.array(z.string()).optional(),
});
export type Move = z.infer<typeof Move>;

export const Requirement = z.strictObject({ condition: Expression, refusal: Text });
export type Requirement = z.infer<typeof Requirement>;

/** People told of a move undone; where `when` holds, so that each hears of what is theirs to mend. */
export const Telling = Notice.extend({ when: Expression.optional() });
export type Telling = z.infer<typeof Telling>;

/** Looked at by every write that changes one of `on`, which may be fields, totals or figures. The system is not asked. */
export const Check = z.strictObject({
  id: Slug,
  on: z.array(FieldId).min(1),
  condition: Expression,
  refusal: Text,
  /** `refuse`: nothing is written; `warn`: it is, and the answer says so */
  unmet: z.enum(['refuse', 'warn']),
  needs: z.array(z.string()).optional(),
});
export type Check = z.infer<typeof Check>;

/** What has to hold to enter a stage. `reject`: the move is refused; `rollback`: it is made, undone, and `tell` are told. */
export const Enter = z.strictObject({
  required: z.array(FieldId).optional(),
  conditions: z.array(Requirement).optional(),
  unmet: z.enum(['reject', 'rollback']).default('reject'),
  tell: z.union([Notice, z.array(Telling).min(1)]).optional(),
  /** looked at as conditions are; the move is made, and its answer says what to mind */
  warn: z.array(Requirement).optional(),
  /** the person who moves the deal here becomes its responsible; `free`: where nobody has it yet */
  take: z.union([z.boolean(), z.literal('free')]).optional(),
  /** nobody has the deal any more: it waits for who takes it */
  release: z.literal(true).optional(),
  needs: z.array(z.string()).optional(),
});
export type Enter = z.infer<typeof Enter>;

export const Leave = z.strictObject({
  required: z.array(FieldId).optional(),
  conditions: z.array(Requirement).optional(),
});
export type Leave = z.infer<typeof Leave>;

/**
 * A further run of the stage, at most one at a time: a new start closes the thread's open tasks as «moved» and
 * takes the place of the run before. Started by a change of a field (to a value, where `when` holds), by an entry
 * in the ledger that counts, by a condition that comes true, when the moment of a date field has come, or by a `start` step
 * only.
 */
export const Thread = z.strictObject({
  id: Slug,
  title: Text,
  on: z
    .discriminatedUnion('event', [
      /** a field got another value; `emptied`: or lost it, so that what was begun by it makes way */
      z.strictObject({
        event: z.literal('changed'),
        field: FieldId,
        emptied: z.literal(true).optional(),
      }),
      /** kept by a one-time schedule, be it years off; it follows the field */
      z.strictObject({ event: z.literal('date'), field: FieldId }),
      z.strictObject({
        event: z.literal('entry'),
        ledger: z.enum(['payment', 'refund', 'cost', 'shipment']),
      }),
      /** by the change after which it holds and before which it did not */
      z.strictObject({ event: z.literal('became'), condition: Expression }),
      z.strictObject({ event: z.literal('message'), is: z.literal('received') }),
      /** a letter to the client has left, or will not arrive; `about`: one with the file of that field. Or one has come */
      z
        .strictObject({
          event: z.literal('letter'),
          is: z.enum(['sent', 'failed', 'received']),
          about: FieldId.optional(),
        })
        .refine(({ is, about }) => is !== 'received' || about === undefined, {
          path: ['about'],
          error: 'of a letter that has come nobody knows which file it is about; leave it out',
        }),
    ])
    .optional(),
  when: Expression.optional(),
  work: z.array(Step).min(1),
  needs: z.array(z.string()).optional(),
});
export type Thread = z.infer<typeof Thread>;

/** A process a person may start from the deal while it is on this stage. */
export const Offer = z.strictObject({
  pipeline: Slug,
  title: Text,
  by: z.array(Actor).min(1),
  /** one at a time */
  single: z.boolean().default(true),
  /** fields copied when it starts, `{ here: there }`, and when it ends, `{ there: here }` */
  down: z.record(FieldId, FieldId).default({}),
  back: z.record(FieldId, FieldId).default({}),
  needs: z.array(z.string()).optional(),
});
export type Offer = z.infer<typeof Offer>;

export const Stage = z.strictObject({
  title: Text,
  aim: Text,
  /** final: the deal is over with this outcome */
  outcome: z.enum(['won', 'lost', 'done']).optional(),
  /** other outcomes of the same final stage: the first whose condition holds when the deal comes there */
  outcomes: z
    .array(z.strictObject({ when: Expression, outcome: z.enum(['won', 'lost', 'done']) }))
    .optional(),
  enter: Enter.optional(),
  work: z.array(Step).optional(),
  on: z.array(Thread).optional(),
  offers: z.array(Offer).optional(),
  leave: Leave.optional(),
  moves: z.array(Move),
  /** who alone may change the deal here: its fields, files, ledger and stage; whoever has the right where absent */
  editedBy: z.array(Actor).min(1).optional(),
  /** no column of the board: its deals are listed only where the stage is asked for by name */
  shelved: z.literal(true).optional(),
  needs: z.array(z.string()).optional(),
});
export type Stage = z.infer<typeof Stage>;

const fieldShape = {
  title: Text,
  /** who neither sees nor writes it, beside what roles hide */
  hiddenFrom: z.array(Slug).optional(),
  /** written by the system only */
  system: z.boolean().optional(),
  /** who alone writes it; seeing the deal is enough for them, and the system always may */
  writtenBy: z.array(Actor).min(1).optional(),
  /** says something about the client as a person: exported with their data, and emptied when it is erased */
  personal: z.literal(true).optional(),
  /** deals are found by the beginnings of its words, as they are by number and title */
  search: z.literal(true).optional(),
  /** stages whose card shows it; every stage where absent */
  stages: z.array(Slug).optional(),
  /** copied from a card when the deal gets that company or contact, and following it while the deal is open; nobody writes it */
  follows: z.strictObject({ card: z.enum(['company', 'contact']), field: FieldId }).optional(),
};

const columnShape = {
  title: Text,
  /** every row has a value in it */
  required: z.boolean().optional(),
  /** roles that neither see nor write it */
  hiddenFrom: z.array(Slug).optional(),
};

/** A column of a field of rows. */
export const Column = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...columnShape }),
  z.strictObject({ type: z.literal('number'), ...columnShape }),
  z.strictObject({ type: z.literal('boolean'), ...columnShape }),
  z.strictObject({ type: z.literal('date'), ...columnShape }),
  z.strictObject({ type: z.literal('file'), ...columnShape }),
  z.strictObject({ type: z.literal('money'), ...columnShape, currency: Currency }),
  z.strictObject({ type: z.literal('enum'), ...columnShape, options: z.record(z.string(), Text) }),
]);
export type Column = z.infer<typeof Column>;

/** A field of a deal. Money is an integer of minor units; the currency is the field's. */
export const Field = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), ...fieldShape, max: z.int().positive().default(2000) }),
  z.strictObject({ type: z.literal('number'), ...fieldShape }),
  z.strictObject({ type: z.literal('boolean'), ...fieldShape }),
  z.strictObject({ type: z.literal('date'), ...fieldShape }),
  /** an instant; a day alone is taken at 09:00 of the company's zone */
  z.strictObject({ type: z.literal('datetime'), ...fieldShape }),
  z.strictObject({ type: z.literal('enum'), ...fieldShape, options: z.record(z.string(), Text) }),
  z.strictObject({ type: z.literal('set'), ...fieldShape, options: z.record(z.string(), Text) }),
  z.strictObject({ type: z.literal('money'), ...fieldShape, currency: Currency }),
  z.strictObject({ type: z.literal('user'), ...fieldShape }),
  /** people of the company, in an order, each once */
  z.strictObject({ type: z.literal('users'), ...fieldShape }),
  z.strictObject({ type: z.literal('company'), ...fieldShape }),
  z.strictObject({ type: z.literal('contact'), ...fieldShape }),
  /** a place, with its coordinates where a gazetteer knows it */
  z.strictObject({ type: z.literal('address'), ...fieldShape }),
  z.strictObject({ type: z.literal('file'), ...fieldShape }),
  /** any number of files, each of which counts once it has been uploaded; pictures only where `images` */
  z.strictObject({
    type: z.literal('files'),
    ...fieldShape,
    images: z.literal(true).optional(),
    max: z.int().positive().max(200).default(50),
  }),
  /** a small table: rows of values by column; without rows the field has no value */
  z.strictObject({
    type: z.literal('rows'),
    ...fieldShape,
    columns: z.record(FieldId, Column),
    max: z.int().positive().max(500).default(100),
  }),
  /**
   * A time reserved for people with the role, in quarters of an hour of a working day; never twice for one person.
   * `length`: how long where no end is given. Whoever is booked, moved or freed is told by the messages named.
   */
  z.strictObject({
    type: z.literal('slot'),
    ...fieldShape,
    role: Slug,
    length: Span,
    people: z.enum(['one', 'several']).default('one'),
    tell: z
      .strictObject({ booked: Slug.optional(), moved: Slug.optional(), cancelled: Slug.optional() })
      .optional(),
  }),
  /** `{ product, name, quantity, price }` lines */
  z.strictObject({ type: z.literal('lines'), ...fieldShape, currency: Currency }),
  /**
   * A percentage for each entry of a directory, `{ entry: 12 }`: the directory's, and over it those of the deal's company.
   * Who is none of `editedBy` finds what they wrote restored; what one of them writes is kept for the company.
   */
  z.strictObject({
    type: z.literal('rates'),
    ...fieldShape,
    directory: Slug,
    editedBy: z.array(Actor).min(1),
    per: z.literal('company').optional(),
  }),
  /** the sum of the ledger's entries of these kinds, refunds negative; never edited */
  z.strictObject({
    type: z.literal('total'),
    ...fieldShape,
    currency: Currency,
    of: z.array(z.enum(['payment', 'refund', 'cost', 'shipment'])).min(1),
    /** those that wait for a decision, instead of those that count */
    state: z.literal('pending').optional(),
    /** of these accounts alone */
    accounts: z.array(Slug).min(1).optional(),
    /** how many there are, instead of their sum */
    count: z.literal(true).optional(),
  }),
  /** the sum of pay that was granted for the deal and not reversed, or of what of it is unpaid; never edited */
  z.strictObject({
    type: z.literal('accrued'),
    ...fieldShape,
    currency: Currency,
    of: z.enum(['all', 'unpaid']),
  }),
  /** a figure that follows from other fields; money where a currency is given */
  z.strictObject({
    type: z.literal('computed'),
    ...fieldShape,
    formula: Expression,
    currency: Currency.optional(),
  }),
]);
export type Field = z.infer<typeof Field>;

/**
 * How clients who write by social networks come to deals of the pipeline, and how they are answered: one thread a client,
 * over all deals. A message of a client without a deal makes one; one to a deal that is over brings it back.
 */
export const Conversation = z.strictObject({
  /** the contact field that holds the client */
  client: FieldId,
  /** the enum field that takes the network; its options are the networks this pipeline hears */
  channel: FieldId,
  /** the boolean field set by every message of the client, and cleared by an answer */
  urgent: FieldId,
  /** the stage a deal that is over is brought back to */
  reopens: Slug,
  tell: Notice,
  /** told instead while nobody has the deal */
  unclaimed: Notice,
  /** what the writer of an answer reads when the network refuses it */
  refused: Slug,
  answeredBy: z.array(Actor).min(1),
  /** the directory of predefined answers */
  quickReplies: Slug,
  needs: z.array(z.string()).optional(),
});
export type Conversation = z.infer<typeof Conversation>;

/** What people hear of every deal, whatever its stage says of itself; nobody hears of their own doing. */
export const Informs = z.strictObject({
  /** the deal came to another stage */
  stage: Notice.optional(),
  /** a task was done, or an approval decided */
  task: Notice.optional(),
  /** other words for the tasks of these steps */
  tasks: z.record(Slug, Slug).optional(),
  /** a move was undone, where its stage names nobody */
  undone: Notice.optional(),
  /** the deal was handed from one person to another: what both read */
  handed: Slug.optional(),
});
export type Informs = z.infer<typeof Informs>;

/** Remarks are a talk of all who work on the deal: its members are told of each, whoever is mentioned at once. */
export const Chat = z.strictObject({ message: Slug, mention: Slug, needs: z.array(z.string()).optional() });
export type Chat = z.infer<typeof Chat>;

/**
 * The warehouse that orders are served from. While `reserved` holds, lines that are taken from stock are promised; once
 * `gone` holds, lines have left it, whether taken or made, and stay so; those that came back are there again.
 */
export const Stock = z.strictObject({
  /** the rows field that holds the lines of an order */
  items: FieldId,
  /** columns that name the article */
  article: z.array(FieldId).min(1),
  quantity: FieldId,
  /** boolean columns: taken from stock rather than made; has left; came back */
  from: FieldId,
  sent: FieldId,
  back: FieldId,
  reserved: Expression,
  gone: Expression,
  needs: z.array(z.string()).optional(),
});
export type Stock = z.infer<typeof Stock>;

/** A pipeline as data: what an author writes, what everything else is made from. */
export const Pipeline = z.strictObject({
  id: Slug,
  pack: Slug,
  kind: z.enum(['deal', 'lead', 'request', 'subdeal']),
  title: Text,
  /** deals are numbered `<prefix>-1`, `<prefix>-2`, …; without a prefix `1`, `2`, … */
  prefix: z.string().regex(/^[A-Z]{0,4}$/),
  /** pipelines of the pack with the same name here take their numbers from one counter; each counts for itself where absent */
  numbering: Slug.optional(),
  start: Slug,
  fields: z.record(FieldId, Field),
  /** the enumeration order of the stages is their order on the board */
  stages: z.record(Slug, Stage),
  /** the field that says how much a deal is worth, for boards and reports */
  worth: FieldId.optional(),
  /** figures whose every change is a line of history of its own: what it was, what it is, who made it so */
  audited: z.array(FieldId).optional(),
  /** entries of these kinds that people enter wait for a decision, unless one of `by` enters them */
  settled: z
    .strictObject({
      kinds: z.array(z.enum(['payment', 'refund', 'cost', 'shipment'])).min(1),
      by: z.array(Actor).min(1),
    })
    .optional(),
  /** who may hand a deal over that has a responsible person; a head of theirs and who may edit every deal where absent */
  assignedBy: z.array(Actor).min(1).optional(),
  conversation: Conversation.optional(),
  informs: Informs.optional(),
  chat: Chat.optional(),
  stock: Stock.optional(),
  tracking: Tracking.optional(),
  checks: z.array(Check).optional(),
  needs: z.array(z.string()).optional(),
});
export type Pipeline = z.infer<typeof Pipeline>;

import type {
  Conversation,
  Due,
  Enter,
  Field,
  Moment,
  Notice,
  Pipeline,
  Rung,
  ShipStep,
  Span,
  Step,
  Telling,
  Who,
  Written,
} from '../../schemas/pipeline.ts';
import { pathOf, placed, threads } from './places.ts';

/** A name that one part of a pipeline uses for another part of the pack. */
export type Mention = {
  readonly kind: 'field' | 'role' | 'message' | 'setting' | 'stage' | 'thread' | 'pipeline' | 'directory';
  readonly name: string;
  readonly path: string;
  /** the stage it stands on, for a thread */
  readonly stage?: string;
  /**
   * `user`: the field names a person; `moment`: it holds a date; `write`: it is written by hand or by a step;
   * `write-moment`: a step writes a date into it
   */
  readonly as?: 'user' | 'moment' | 'money' | 'file' | 'write' | 'write-moment' | 'changes';
  /** the type the setting needs */
  readonly type?: 'duration' | 'user' | 'number';
};

/** An expression and where it stands. */
export type Said = { readonly expression: string; readonly path: string; readonly what: string };

type Bare = Omit<Mention, 'path'>;

/** What an expression is that guards read, or that is written: `today` and `now` are facts there. */
export const guards = ['condition', 'warning', 'tell', 'move', 'check', 'set', 'set of a rung'];

const tellings = (enter: Enter | undefined): readonly Telling[] =>
  enter?.tell === undefined ? [] : Array.isArray(enter.tell) ? enter.tell : [enter.tell];

/** Every name a pipeline mentions outside of its expressions. */
export const mentions = (pipeline: Pipeline): Mention[] => {
  const at = (path: string, bare: Bare[]): Mention[] => bare.map((mention) => ({ path, ...mention }));
  const own = at(pathOf(pipeline), [
    ...ofConversation(pipeline.conversation),
    ...(pipeline.stock === undefined ? [] : [{ kind: 'field' as const, name: pipeline.stock.items }]),
    { kind: 'stage', name: pipeline.start },
    ...(pipeline.worth === undefined ? [] : [{ kind: 'field' as const, name: pipeline.worth }]),
    ...(pipeline.audited ?? []).map((name) => ({ kind: 'field' as const, name })),
    ...(pipeline.settled?.by.flatMap(ofActor) ?? []),
    ...Object.values(pipeline.fields).flatMap((field) => [
      ...(field.hiddenFrom ?? []).map((name) => ({ kind: 'role' as const, name })),
      ...ofColumns(field),
      ...ofSlot(field),
      ...(field.type === 'rates'
        ? [{ kind: 'directory' as const, name: field.directory }, ...field.editedBy.flatMap(ofActor)]
        : []),
      ...(field.stages ?? []).map((name) => ({ kind: 'stage' as const, name })),
      ...(field.writtenBy ?? []).flatMap(ofActor),
    ]),
    ...(pipeline.assignedBy ?? []).flatMap(ofActor),
    ...ofNews(pipeline),
    ...(pipeline.checks ?? []).flatMap(({ on }) => on.map((name) => ({ kind: 'field' as const, name }))),
  ]);
  const stages = Object.entries(pipeline.stages).flatMap(
    ([id, { enter, leave, offers = [], moves, editedBy = [] }]) =>
      at(pathOf(pipeline, id), [
        ...editedBy.flatMap(ofActor),
        ...[...(enter?.required ?? []), ...(leave?.required ?? [])].map((name) => ({
          kind: 'field' as const,
          name,
        })),
        ...tellings(enter).flatMap(ofNotice),
        ...moves.flatMap(({ to, by, stamp }) => [
          ...(stamp === undefined ? [] : [{ kind: 'field' as const, name: stamp, as: 'moment' as const }]),
          ...(to === 'came-from' ? [] : [{ kind: 'stage' as const, name: to }]),
          ...by.flatMap(ofActor),
        ]),
        ...offers.flatMap(({ pipeline, by, down, back }) => [
          { kind: 'pipeline' as const, name: pipeline },
          ...by.flatMap(ofActor),
          ...ofCopies(down, back),
        ]),
      ]),
  );
  return [
    ...own,
    ...stages,
    ...threads(pipeline).flatMap(({ path, thread: { on } }) =>
      on?.event === 'changed'
        ? at(path, [{ kind: 'field', name: on.field, as: 'changes' }])
        : on?.event === 'date'
          ? at(path, [{ kind: 'field', name: on.field, as: 'moment' }])
          : on?.event === 'letter' && on.about !== undefined
            ? at(path, [{ kind: 'field', name: on.about, as: 'file' }])
            : [],
    ),
    ...placed(pipeline).flatMap(({ path, stage, step }) =>
      at(path, ofStep(step)).map((mention) => ({ ...mention, stage })),
    ),
  ];
};

/** Every expression of a pipeline. */
export const expressions = (pipeline: Pipeline): Said[] => [
  ...(pipeline.stock === undefined
    ? []
    : (['reserved', 'gone'] as const).map((what) => ({
        expression: String(pipeline.stock?.[what]),
        path: pathOf(pipeline, 'stock'),
        what,
      }))),
  ...Object.entries(pipeline.fields).flatMap(([id, field]) =>
    field.type === 'computed'
      ? [{ expression: field.formula, path: pathOf(pipeline, id), what: 'formula' }]
      : [],
  ),
  ...(pipeline.checks ?? []).map(({ id, condition }) => ({
    expression: condition,
    path: pathOf(pipeline, id),
    what: 'check',
  })),
  ...Object.entries(pipeline.stages).flatMap(([id, { enter, leave, moves, outcomes = [] }]) => {
    const say = (what: string, expression: string | undefined): Said[] =>
      expression === undefined ? [] : [{ expression, path: pathOf(pipeline, id), what }];
    return [
      ...[...(enter?.conditions ?? []), ...(leave?.conditions ?? [])].flatMap(({ condition }) =>
        say('condition', condition),
      ),
      ...outcomes.flatMap(({ when }) => say('move', when)),
      ...(enter?.warn ?? []).flatMap(({ condition }) => say('warning', condition)),
      ...tellings(enter).flatMap(({ when }) => say('tell', when)),
      ...moves.flatMap(({ when }) => say('move', when)),
    ];
  }),
  ...threads(pipeline).flatMap(({ path, thread: { on, when } }) => [
    ...(on?.event === 'became' ? [{ expression: on.condition, path, what: 'became' }] : []),
    ...(when === undefined ? [] : [{ expression: when, path, what: 'when' }]),
  ]),
  ...placed(pipeline).flatMap(({ path, step }) => ofExpressions(step).map((said) => ({ ...said, path }))),
];

function ofStep(step: Step): Bare[] {
  switch (step.do) {
    case 'task':
      return [
        ...ofWho(step.who),
        ...(step.start === undefined
          ? []
          : [{ kind: 'field' as const, name: step.start, as: 'moment' as const }]),
        ...ofDue(step.due),
        ...(step.late ?? []).flatMap(ofRung),
        ...(step.fields ?? []).map((name) => ({ kind: 'field' as const, name })),
        ...(step.stamp === undefined
          ? []
          : [{ kind: 'field' as const, name: step.stamp, as: 'moment' as const }]),
      ];
    case 'approval':
      return [
        ...ofWho(step.who),
        ...ofDue(step.due),
        ...(step.late ?? []).flatMap(ofRung),
        ...(step.fields ?? []).map((name) => ({ kind: 'field' as const, name })),
        ...(step.stamp === undefined
          ? []
          : [{ kind: 'field' as const, name: step.stamp, as: 'moment' as const }]),
      ];
    case 'notify':
      return ofNotice(step.notice);
    case 'email':
      return [
        { kind: 'message', name: step.text },
        ...Object.values(step.to ?? {}).map((name) => ({ kind: 'field' as const, name })),
        ...(step.attach === undefined
          ? []
          : [{ kind: 'field' as const, name: step.attach, as: 'file' as const }]),
        ...(step.failed ? ofNotice(step.failed) : []),
      ];
    case 'set':
      return ofWritten(step.values);
    case 'assign':
      return [
        ...ofWho(step.who),
        ...(step.to === 'watchers'
          ? []
          : [{ kind: 'field' as const, name: step.to.field, as: 'user' as const }]),
      ];
    case 'remind':
      return [
        ...ofWho(step.who),
        ...(step.for.due === 'after'
          ? ofSpan(step.for.span)
          : [
              { kind: 'field' as const, name: step.for.field, as: 'moment' as const },
              ...ofSpan(step.for.minus),
            ]),
      ];
    case 'wait':
      return step.for.due === 'after'
        ? ofSpan(step.for.span)
        : [{ kind: 'field', name: step.for.field, as: 'moment' }, ...ofSpan(step.for.minus)];
    case 'cycle':
      return ofSpan(step.every);
    case 'goto':
      return [{ kind: 'stage', name: step.stage }];
    case 'start':
      return [{ kind: 'thread', name: step.thread }];
    case 'subdeal':
      return [
        { kind: 'pipeline', name: step.pipeline },
        ...(step.who === undefined ? [] : ofWho(step.who)),
        ...ofCopies(step.down, step.back),
      ];
    case 'queue':
      return [
        { kind: 'directory', name: step.limits },
        { kind: 'field', name: step.figure },
        { kind: 'field', name: step.asks, as: 'user' },
        ...[step.kind, step.extra, step.order, ...(step.fields ?? [])].flatMap((name) =>
          name === undefined ? [] : [{ kind: 'field' as const, name }],
        ),
        ...ofDue(step.due),
        ...(step.late ?? []).flatMap(ofRung),
      ];
    case 'pay':
      return [
        { kind: 'message', name: step.text },
        ...[...Object.values(step.to ?? {}), ...(step.items === undefined ? [] : [step.items])].map(
          (name) => ({
            kind: 'field' as const,
            name,
          }),
        ),
        ...(step.failed ? ofNotice(step.failed) : []),
        ...ofSpan(step.open),
        ...(step.late ?? []).flatMap(ofRung),
      ];
    case 'rate':
      return [
        { kind: 'directory', name: step.directory },
        { kind: 'field', name: step.entry },
        { kind: 'field', name: step.rate },
      ];
    case 'client':
      return [step.contact, step.company, step.name, step.email, step.phone, step.companyName].flatMap(
        (name) => (name === undefined ? [] : [{ kind: 'field' as const, name }]),
      );
    case 'ship':
      return ofShip(step);
    case 'accrue':
      return [
        { kind: 'field', name: step.base, as: 'money' },
        ...(step.day === undefined
          ? []
          : [{ kind: 'field' as const, name: step.day, as: 'moment' as const }]),
        ...step.shares.flatMap(({ to, percent }) => [
          ...ofWho(to),
          ...(typeof percent === 'number'
            ? []
            : [{ kind: 'setting' as const, name: percent.setting, type: 'number' as const }]),
        ]),
      ];
    case 'until':
    case 'choose':
    case 'parallel':
      return [];
    default:
      return step satisfies never;
  }
}

function ofExpressions(step: Step): Omit<Said, 'path'>[] {
  const say = (what: string, expression: string | undefined) =>
    expression === undefined ? [] : [{ what, expression }];
  const own = 'when' in step ? say('when', step.when) : [];
  const ofLadder = (late: readonly Rung[] | undefined) =>
    (late ?? []).flatMap((rung) =>
      written(rung.set ?? {}).flatMap((expression) => say('set of a rung', expression)),
    );
  switch (step.do) {
    case 'task':
      return [
        ...own,
        ...say('closeWhen', step.closeWhen),
        ...say('guard', step.guard),
        ...(step.titles ?? []).flatMap(({ when }) => say('titles', when)),
        ...ofLadder(step.late),
      ];
    case 'queue':
      return [...own, ...ofLadder(step.late)];
    case 'ship':
      return [...own, ...say('cod', step.cod), ...ofLadder(step.late)];
    case 'pay':
      return [...own, ...say('amount', step.amount), ...ofLadder(step.late)];
    case 'approval':
      return [...own, ...say('guard', step.guard), ...ofLadder(step.late)];
    case 'until':
      return say('condition', step.condition);
    case 'cycle':
      return [...say('while', step.while), ...say('until', step.until)];
    case 'choose':
      return step.cases.flatMap(({ when }) => say('when', when));
    case 'set':
      return [...own, ...written(step.values).flatMap((expression) => say('set', expression))];
    default:
      return own;
  }
}

function ofShip(step: ShipStep): Bare[] {
  const { to, items, weight, size, tariff, price, date, track, status, courier } = step;
  const named = [to.point, to.address, to.city, tariff, price, date, track, status];
  const of = typeof items === 'object' ? items.rows : items;
  const sides = size === undefined ? [] : [size.length, size.width, size.height];
  return [
    ...[...named, of, ...sides].flatMap((name) =>
      name === undefined ? [] : [{ kind: 'field' as const, name }],
    ),
    ...(weight === undefined
      ? []
      : typeof weight === 'string'
        ? [{ kind: 'field' as const, name: weight }]
        : [{ kind: 'setting' as const, name: weight.setting, type: 'number' as const }]),
    ...(courier === undefined ? [] : [{ kind: 'field' as const, name: courier.date, as: 'moment' as const }]),
    ...(step.late ?? []).flatMap(ofRung),
  ];
}

/** People first: `who` may nest, and so does what it mentions. */
function ofWho(who: Who): Bare[] {
  switch (who.who) {
    case 'field':
      return [{ kind: 'field', name: who.field, as: 'user' }];
    case 'head':
      return [{ kind: 'field', name: who.of, as: 'user' }];
    case 'members':
    case 'watchers':
      return [];
    case 'role':
      return [{ kind: 'role', name: who.role }];
    case 'setting':
      return [{ kind: 'setting', name: who.setting, type: 'user' }, ...ofWho(who.else)];
    default:
      return who satisfies never;
  }
}

function ofSlot(field: Field): Bare[] {
  return field.type !== 'slot'
    ? []
    : [
        { kind: 'role', name: field.role },
        ...ofSpan(field.length),
        ...Object.values(field.tell ?? {}).flatMap((name) =>
          name === undefined ? [] : [{ kind: 'message' as const, name }],
        ),
      ];
}

function ofColumns(field: Field): Bare[] {
  return field.type !== 'rows'
    ? []
    : Object.values(field.columns).flatMap(({ hiddenFrom = [] }) =>
        hiddenFrom.map((name) => ({ kind: 'role' as const, name })),
      );
}

function ofSpan(span: Span | undefined): Bare[] {
  return span && 'setting' in span ? [{ kind: 'setting', name: span.setting, type: 'duration' }] : [];
}

function ofDue(due: Due | undefined): Bare[] {
  switch (due?.due) {
    case undefined:
      return [];
    case 'after':
      return ofSpan(due.span);
    case 'at':
      return [{ kind: 'field', name: due.field, as: 'moment' }, ...ofSpan(due.minus), ...ofDue(due.else)];
    case 'by':
      return [
        { kind: 'field', name: due.field },
        ...Object.values(due.cases).flatMap((one) => ofDue(one)),
        ...ofDue(due.else),
      ];
    default:
      return due satisfies never;
  }
}

function ofMoment(moment: Moment): Bare[] {
  switch (moment.moment) {
    case 'due':
      return [];
    case 'after':
    case 'before-due':
    case 'after-due':
      return ofSpan(moment.span);
    case 'at':
      return [
        { kind: 'field', name: moment.field, as: 'moment' },
        ...ofSpan(moment.plus),
        ...ofSpan(moment.else),
      ];
    case 'morning':
      return [{ kind: 'field', name: moment.field, as: 'moment' }];
    default:
      return moment satisfies never;
  }
}

function ofRung({ at, tell, set }: Rung): Bare[] {
  return [...ofMoment(at), ...tell.flatMap(ofNotice), ...ofWritten(set ?? {})];
}

function ofWritten(values: Readonly<Record<string, Written>>): Bare[] {
  return Object.entries(values).flatMap(([name, given]): Bare[] =>
    'moment' in given
      ? [
          { kind: 'field', name, as: 'write-moment' },
          ...(typeof given.moment === 'string' ? [] : ofSpan(given.moment)),
        ]
      : [{ kind: 'field', name, as: 'write' }],
  );
}

/** The expressions among what is written into fields. */
function written(values: Readonly<Record<string, Written>>): string[] {
  return Object.values(values).flatMap((given) => ('expression' in given ? [given.expression] : []));
}

function ofNotice({ to, text }: Notice): Bare[] {
  return [...to.flatMap(ofWho), { kind: 'message', name: text }];
}

function ofNews({ informs = {}, chat }: Pipeline): Bare[] {
  const { stage, task, tasks = {}, undone } = informs;
  const texts = [...Object.values(tasks), ...(chat === undefined ? [] : [chat.message, chat.mention])];
  return [
    ...[stage, task, undone].flatMap((notice) => (notice === undefined ? [] : ofNotice(notice))),
    ...texts.map((name) => ({ kind: 'message' as const, name })),
  ];
}

function ofConversation(conversation: Conversation | undefined): Bare[] {
  if (conversation === undefined) return [];
  const { client, channel, urgent, reopens, tell, unclaimed, refused, answeredBy } = conversation;
  return [
    ...[client, channel, urgent].map((name) => ({ kind: 'field' as const, name })),
    { kind: 'stage', name: reopens },
    ...ofNotice(tell),
    ...ofNotice(unclaimed),
    { kind: 'message', name: refused },
    ...answeredBy.flatMap(ofActor),
  ];
}

function ofActor(actor: string | { role: string }): Bare[] {
  return typeof actor === 'string' ? [] : [{ kind: 'role', name: actor.role }];
}

/** The fields of this pipeline; those of the other one are looked up by the check that knows it. */
function ofCopies(down: Record<string, string>, back: Record<string, string>): Bare[] {
  return [...Object.keys(down), ...Object.values(back)].map((name) => ({ kind: 'field', name }));
}

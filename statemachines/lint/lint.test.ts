import { expect, test } from 'vitest';
import { Pack } from '../../schemas/pack.ts';
import type { Step } from '../../schemas/pipeline.ts';
import { packs } from '../packs/index.ts';
import {
  atDate,
  atDue,
  changedSinceOpened,
  choose,
  chosen,
  cycle,
  dueBy,
  email,
  field,
  goto,
  isNot,
  needs,
  notify,
  onDate,
  parallel,
  pay,
  person,
  reaches,
  responsible,
  role,
  set,
  setting,
  start,
  subdeal,
  t,
  task,
  tell,
  until,
  value,
  wait,
  when,
} from '../vocabulary/index.ts';
import { example } from './example.ts';
import { lint } from './lint.ts';

const title = t('Имя', 'Name');
type Words = Parameters<typeof task>[1];
const aTask = (words: Partial<Words> = {}) => task('x', { title, who: responsible, ...words });

const aBill = (words: Partial<Parameters<typeof pay>[1]> = {}) =>
  pay('bill', { amount: 'amount', description: title, text: 'bill', ...words });

/** The example with something else in it. */
const broken = (breakIt: (pack: Pack) => void): Pack => {
  const pack = structuredClone(example());
  breakIt(pack);
  return pack;
};

/** The example whose quote stage does these steps too; read by the schema as any pack is. */
const working = (...steps: unknown[]): Pack =>
  Pack.parse(
    broken(({ pipelines: [sales] }) => {
      sales?.stages.quote?.work?.unshift(...(steps as Step[]));
    }),
  );

const stageOf = ({ pipelines: [sales] }: Pack, id: string) => {
  const stage = sales?.stages[id];
  if (!stage) throw new Error(`the example has no stage "${id}"`);
  return stage;
};

/** The findings of a pack: code, path and message. */
const codes = (pack: Pack): string[] => [...new Set(lint(pack).map(({ code }) => code))];

test('the example and every pack of this deployment pass', () => {
  expect(lint(example())).toEqual([]);

  expect(packs.flatMap(lint)).toEqual([]);
});

test.each<[string, Partial<Parameters<typeof pay>[1]>, string]>([
  ['a currency that the shop does not take', { amount: 'dollars' }, 'is in USD; the shop takes RUB'],
  ['lines of what is none', { items: 'answer' }, 'a bill needs lines'],
  ['a letter without its link', { text: 'mute' }, 'the message "mute" (en) brings no link'],
  ['roubles, by lines of goods', {}, ''],
])('of a pack with a shop, a bill of %s', (_, words, said) => {
  const pack = working(aBill(words));
  const [sales] = pack.pipelines;
  if (sales === undefined) throw new Error('the example has a pipeline');
  sales.fields.dollars = field.money(title, 'USD') as never;
  pack.messages.bill = { subject: title, body: t('{{payLink}}', '{{payAmount}}: {{payLink}}') };
  pack.messages.mute = { subject: title, body: t('{{payLink}}', '{{payAmount}}') };
  pack.integrations = Pack.parse({
    ...pack,
    integrations: { robokassa: { accountant: [role('manager')] } },
  }).integrations;

  const found = lint(pack);

  expect(found.map(({ code }) => code)).toEqual(said === '' ? [] : expect.arrayContaining(['unpayable']));
  expect(found.map(({ message }) => message).join('\n')).toContain(said);
});

test.each<[string, NonNullable<Pack['pipelines'][number]['tracking']>, string]>([
  ['a stage that is none', { stages: { gone: title } }, '"gone" is no stage'],
  ['a field that is none', { stages: { quote: title }, fields: ['nothing'] }, '"nothing" is no field'],
  ['who has the deal', { stages: { quote: title }, fields: ['owner'] }, '"owner" is a user'],
  ['documents that are no files', { stages: { quote: title }, documents: ['amount'] }, 'holds no files'],
  ['bills of no shop', { stages: { quote: title }, pay: true }, 'takes no payments'],
  ['parcels of nobody', { stages: { quote: title }, parcel: true }, 'nothing is shipped here'],
])('a page for clients with %s is refused', (_, tracking, said) => {
  const pack = broken(({ pipelines: [sales] }) => {
    if (sales === undefined) throw new Error('the example has a pipeline');
    sales.fields.owner = field.user(title) as never;
    sales.tracking = tracking;
  });

  const found = lint(pack).filter(({ code }) => code === 'unfit-tracking');

  expect(found.map(({ message }) => message)).toEqual([expect.stringContaining(said)]);
});

test('a text may speak of the page of a client where there is one, and where it goes to the client', () => {
  const speaking = (step: unknown): Pack => {
    const pack = working(step);
    pack.messages.look = { subject: title, body: t('{{trackingLink}}', '{{trackingLink}}') };
    return pack;
  };
  const open = (pack: Pack): Pack => {
    for (const pipeline of pack.pipelines) pipeline.tracking = { stages: { quote: title } };
    return pack;
  };

  const found = [
    codes(speaking(email('look'))),
    codes(open(speaking(notify('us', tell([responsible], 'look'))))),
    codes(open(speaking(email('look')))),
  ];

  expect(found).toEqual([['unknown-placeholder'], ['unknown-placeholder'], []]);
});

test('a finding says where, what was given and what would do', () => {
  const pack = working(goto('contrct'));

  expect(lint(pack)[0]).toEqual({
    code: 'unknown-stage',
    path: 'example/sales quote to-contrct',
    message:
      'example/sales quote to-contrct: "contrct" is no stage of this pipeline; stages are quote, contract, won, lost',
    file: 'statemachines/packs/example/sales.ts',
  });
});

test('everything wrong is found in one run', () => {
  const pack = working(goto('contrct'), start('aftr'), aTask({ who: role('clerk') }));

  expect(codes(pack)).toEqual(['unknown-stage', 'unknown-role', 'unknown-thread', 'closed-goto']);
});

test.each<[string, string, unknown]>([
  ['unknown-field', 'a form asks for a field nobody declared', aTask({ fields: ['amuont'] as never })],
  ['unknown-field', 'a condition reads an unknown fact', aTask({ when: '$exists(amuont)' })],
  [
    'unknown-field',
    'a condition compares with an unknown field of the opening',
    aTask({ when: 'opened.amuont = 1' }),
  ],
  ['unknown-field', 'a due date stands on a field that holds no date', aTask({ due: onDate('amount') })],
  [
    'unknown-field',
    'a due date depends on an unknown field',
    aTask({ due: dueBy('hurry', {}, setting('time')) }),
  ],
  [
    'unknown-field',
    'a rung stands on an unknown date',
    aTask({ late: [atDate('sent', setting('time'), tell([responsible], 'late'))] }),
  ],
  ['unknown-field', 'a task goes to a field that names nobody', aTask({ who: person('amount') })],
  ['unknown-field', 'a step writes a sum of the ledger', set('x', { paid: value(0) })],
  ['unknown-role', 'a task goes to an unknown role', aTask({ who: role('clerk') })],
  ['unknown-role', 'somebody else is an unknown role', aTask({ who: chosen('boss', role('clerk')) })],
  ['unknown-message', 'people are told by an unknown message', notify('x', tell([responsible], 'lat'))],
  [
    'unknown-message',
    'a rung tells by an unknown message',
    aTask({ late: [atDue(tell([responsible], 'lat'))] }),
  ],
  ['unknown-message', 'a letter has no text', email('goods-ready')],
  ['unknown-setting', 'a due time is an unknown setting', aTask({ due: setting('tme') })],
  ['unknown-setting', 'a due time is a setting that names a person', aTask({ due: setting('boss') })],
  ['unknown-setting', 'a person is a setting that is a time', aTask({ who: chosen('time', responsible) })],
  ['unknown-stage', 'a goto names no stage', goto('contrct')],
  ['unknown-thread', 'a start names no thread of the stage', start('aftr')],
  ['unknown-pipeline', 'a sub-process is of no pipeline', subdeal('contracts')],
  [
    'unknown-copy',
    'a copy goes into a field the other pipeline lacks',
    subdeal('sales', { down: { amount: 'sum' } }),
  ],
  ['unknown-copy', 'a further field is none of the other pipeline', subdeal('sales', { set: { sum: 1 } })],
  ['unknown-role', 'a process is worked by an unknown role', subdeal('sales', { who: role('cheff') })],
  ['lost-process', 'a process is given up where it goes on', subdeal('sales', { abandon: 'quote' })],
  [
    'unknown-field',
    'a copy is taken from a field this pipeline lacks',
    subdeal('sales', { down: { sum: 'amount' } }),
  ],
  ['unpayable', 'money is asked for, and the pack has no shop', aBill()],
  ['unknown-message', 'a bill has no letter', aBill({ text: 'bil' })],
  ['unknown-field', 'a bill is of an amount nobody knows', aBill({ amount: 'amuont - paid' })],
  ['unknown-placeholder', 'a bill says what no deal knows', aBill({ description: t('{{x}}', '{{x}}') })],
  ['silent-timer', 'a rung of a bill tells nobody', aBill({ late: [atDue()] })],
  ['silent-timer', 'a rung tells nobody and marks nothing', aTask({ late: [atDue()] })],
  ['closed-goto', 'the system may not make the move', goto('lost')],
  ['duplicate-step', 'two steps have one id', parallel('p', [[aTask()], [aTask()]])],
  [
    'duplicate-step',
    'a step inside a choice has the id of one outside',
    choose('send', [when("answer = 'yes'", aTask())]),
  ],
  ['absent-comparison', 'an empty field is not "another value"', aTask({ when: "answer != 'no'" })],
  ['absent-comparison', 'an empty sum is never reached', aTask({ when: 'paid >= amount' })],
  [
    'absent-comparison',
    'a date is compared with the opening without asking for it',
    aTask({ closeWhen: '$exists(sentAt) and sentAt != opened.sentAt' }),
  ],
  [
    'rich-expression',
    'a condition is richer than state machines carry',
    aTask({ when: '$count(answer) = 1' }),
  ],
  ['rich-expression', 'a condition is no JSONata', aTask({ when: 'amount >' })],
  ['requirement-ids', 'a requirement is named twice', aTask(needs('IN-G-03.2', 'IN-G-03.2'))],
  ['requirement-ids', 'a requirement has no such form', aTask(needs('IN-G-3'))],
  ['impossible-guard', 'a guard names no field', aTask({ guard: 'true' })],
  ['missing-translation', 'a title is blank in one language', aTask({ title: t('Имя', ' ') })],
  ['unknown-placeholder', 'a refusal shows an unknown fact', aTask({ refusal: t('{{debt}}', '{{debt}}') })],
])('%s: %s', (code, _, step) => {
  expect(codes(working(step))).toContain(code);
});

test.each<[string, unknown]>([
  ['another value or none', aTask({ when: isNot('answer', 'no') })],
  ['both sums are there', aTask({ closeWhen: reaches('paid', 'amount') })],
  ['changed since the opening', aTask({ closeWhen: changedSinceOpened('sentAt') })],
  ['a sum of the ledger is never absent', aTask({ when: 'paid > 0' })],
  ['a negation of a presence', aTask({ when: "$not($exists(answer)) or answer != 'no'" })],
])('a comparison is safe where %s', (_, step) => {
  expect(codes(working(step))).toEqual([]);
});

test('a wait has to lead to something', () => {
  const pause = wait('pause', setting('time')) as Step;
  const idle = broken((pack) => {
    stageOf(pack, 'contract').work = [pause];
  });
  const inParallel = broken((pack) => {
    stageOf(pack, 'contract').work = [{ do: 'parallel', id: 'p', branches: [[pause], [aTask() as Step]] }];
  });
  const followed = broken((pack) => {
    stageOf(pack, 'contract').work = [pause, aTask() as Step];
  });

  expect(codes(idle)).toEqual(['silent-timer']);
  expect(codes(inParallel)).toEqual(['silent-timer']);
  expect(codes(followed)).toEqual([]);
  expect(codes(working(until('answered-yes', "answer = 'yes'")))).toEqual([]);
});

test('a stage to which nothing leads is found', () => {
  const pack = broken((pack) => {
    stageOf(pack, 'contract').moves = [{ to: 'quote', by: ['responsible'] }];
  });

  expect(lint(pack).map(({ path, code }) => [code, path])).toEqual([
    ['unreachable-stage', 'example/sales won'],
  ]);
});

test('a stage that is not final needs a way out', () => {
  const pack = broken((pack) => {
    stageOf(pack, 'won').outcome = undefined;
  });

  expect(lint(pack).map(({ path, code }) => [code, path])).toEqual([['dead-end', 'example/sales won']]);
});

test('stages that hand a deal round by themselves are found, unless a task or another condition stands between', () => {
  const round = (there: unknown[], back: unknown[]): string[] => {
    const pack = working(...there);
    const contract = stageOf(pack, 'contract');
    contract.work = back as Step[];
    contract.moves.push({ to: 'quote', by: ['system'] });
    return codes(pack);
  };
  const yes = "answer = 'yes'";
  const no = "answer = 'no'";

  expect(round([goto('contract')], [goto('quote')])).toEqual(['automatic-cycle']);
  expect(round([goto('contract', { when: yes })], [goto('quote', { when: yes })])).toEqual([
    'automatic-cycle',
  ]);
  expect(round([goto('contract')], [goto('quote', { when: yes })])).toEqual(['automatic-cycle']);
  expect(round([choose('c', [when('true', goto('contract'))])], [goto('quote')])).toEqual([
    'automatic-cycle',
  ]);
  expect(round([goto('contract', { when: yes })], [goto('quote', { when: no })])).toEqual([]);
  expect(round([aTask(), goto('contract')], [goto('quote')])).toEqual([]);
});

test('a guard needs a role that may write what it asks for', () => {
  const hidden = broken(({ roles: [manager] }) => manager?.hides.push('amount'));
  const system = broken(({ pipelines: [sales] }) => {
    if (sales?.fields.amount) sales.fields.amount.system = true;
  });
  const noLedger = working(aTask({ closeWhen: 'paid > 0' }));
  noLedger.roles[0]?.grants.splice(1);
  const required = broken((pack) => {
    stageOf(pack, 'lost').enter = { required: ['answer'], unmet: 'reject' };
    pack.roles[0]?.hides.push('answer');
  });

  expect(codes(hidden)).toEqual(['impossible-guard']);
  expect(codes(system)).toEqual(['impossible-guard']);
  expect(codes(noLedger)).toEqual(['impossible-guard']);
  expect(codes(required)).toEqual(['impossible-guard']);
});

test('a guard may rest on what a step writes', () => {
  const pack = broken(({ roles: [manager] }) => manager?.hides.push('sentAt'));
  stageOf(pack, 'contract').leave = { required: ['sentAt'] };

  expect(codes(pack)).toEqual([]);
});

test.each<[string, string, (pack: Pack) => void]>([
  [
    'unknown-placeholder',
    'a message shows what no deal has',
    (pack) => {
      pack.messages.late = { subject: title, body: t('{{debt}}', '{{debt}}') };
      stageOf(pack, 'quote').work?.unshift(notify('x', tell([responsible], 'late')) as Step);
    },
  ],
  [
    'unknown-placeholder',
    'a document shows what no deal has',
    ({ documents: [quote] }) => {
      if (quote) quote.body = '{{#items}}{{name}}{{/items}}';
    },
  ],
  [
    'missing-translation',
    'a message is blank in one language',
    ({ messages }) => {
      messages.late = { subject: title, body: t('Текст', '') };
    },
  ],
  [
    'missing-translation',
    'a company in Moldova is given no Romanian',
    (pack) => {
      pack.country = 'MD';
    },
  ],
  ['unknown-reference', 'a desk is for an unknown role', ({ desks: [desk] }) => desk?.roles.push('clerk')],
  [
    'unknown-reference',
    'a desk filters by an unknown field',
    ({ desks }) => {
      desks.push({
        kind: 'deals',
        id: 'd',
        title,
        roles: [],
        pipelines: ['sales'],
        filter: 'debt > 0',
        columns: ['amount'],
      });
    },
  ],
  [
    'unknown-reference',
    'a document goes into a field that takes no file',
    ({ documents: [quote] }) => {
      if (quote) quote.field = 'amount';
    },
  ],
  [
    'unknown-reference',
    'a role hides an unknown field',
    ({ roles: [manager] }) => manager?.hides.push('debt'),
  ],
  [
    'unknown-reference',
    'a calendar is of a role there is not',
    ({ desks }) => {
      desks.push({ kind: 'crews', id: 'c', title, roles: [], of: ['ghost'] });
    },
  ],
  [
    'unknown-reference',
    'a board has a column there is not',
    ({ desks }) => {
      desks.push({ kind: 'board', id: 'b', title, roles: [], pipeline: 'sales', stages: ['ghost'] });
    },
  ],
  ['unknown-reference', 'a person has an unknown role', ({ people: [ann] }) => ann?.roles.push('clerk')],
  [
    'setting-bounds',
    'a time is longer than its own bound',
    ({ settings }) => {
      settings.time = {
        type: 'duration',
        title,
        value: { unit: 'days', amount: 2 },
        max: { unit: 'days', amount: 1 },
      };
    },
  ],
  [
    'unknown-stage',
    'a pipeline starts nowhere',
    ({ pipelines: [sales] }) => {
      if (sales) sales.start = 'quot';
    },
  ],
  [
    'unknown-role',
    'a field is hidden from an unknown role',
    ({ pipelines: [sales] }) => {
      if (sales?.fields.amount) sales.fields.amount.hiddenFrom = ['clerk'];
    },
  ],
  [
    'personal-leak',
    'a figure is marked personal',
    ({ pipelines: [sales] }) => {
      if (sales?.fields.paid) sales.fields.paid.personal = true;
    },
  ],
  [
    'personal-leak',
    'a personal field is copied to one that is not',
    (pack) => {
      const { amount } = pack.pipelines[0]?.fields ?? {};
      if (amount) amount.personal = true;
      stageOf(pack, 'quote').work?.unshift(
        subdeal('sales', { down: { amount: 'answer' }, back: { amount: 'amount' } }) as Step,
      );
    },
  ],
  [
    'unknown-intake',
    'letters come in by no directory',
    (pack) => {
      pack.mail = { mailboxes: 'boxes', pipeline: 'sales', fields: { letter: 'file' }, set: {} };
    },
  ],
  [
    'unknown-intake',
    'a mailbox is read by nobody who works here, and its letters go where they cannot be held',
    (pack) => {
      const data = { address: 'box@example.test', employees: ['bob'] };
      pack.directories.push({ id: 'boxes', title, entries: [{ id: 'box', title, data, active: true }] });
      pack.mail = { mailboxes: 'boxes', pipeline: 'sales', fields: { letter: 'amount' }, set: {} };
    },
  ],
  [
    'shared-counter',
    'two pipelines give the same numbers',
    ({ pipelines }) => {
      for (const one of [...pipelines]) pipelines.push({ ...one, id: 'repairs' });
    },
  ],
  [
    'shared-counter',
    'pipelines that count together call a number two ways',
    ({ pipelines }) => {
      for (const one of [...pipelines]) {
        one.numbering = 'orders';
        pipelines.push({ ...one, id: 'repairs', prefix: 'R' });
      }
    },
  ],
  [
    'shared-counter',
    'a deal goes by a number that its own pipeline may give',
    (pack) => {
      for (const one of [...pack.pipelines]) pack.pipelines.push({ ...one, id: 'repairs', prefix: 'R' });
      stageOf(pack, 'quote').work?.unshift(
        subdeal('repairs', { number: 'same', down: {}, back: {} }) as Step,
      );
    },
  ],
  [
    'duplicate-step',
    'a thread is called main',
    (pack) => {
      stageOf(pack, 'contract').on = [{ id: 'main', title, work: [aTask() as Step] }];
    },
  ],
])('%s: %s', (code, _, breakIt) => {
  expect(codes(broken(breakIt))).toContain(code);
});

test('the body of a cycle is looked into', () => {
  const body = notify('remind', tell([responsible], 'remnd'));

  expect(codes(working(cycle('c', { every: setting('time'), body })))).toEqual(['unknown-message']);
});

const fieldsOfSales = example().pipelines[0]?.fields;

test.for<[string, string, Record<string, unknown>, Record<string, unknown>]>([
  [
    'unknown-field',
    'a move stamps what is no date',
    { moves: [{ to: 'won', by: ['anyone'], stamp: 'amount' }] },
    {},
  ],
  [
    'unknown-field',
    'a move hangs on what is no fact',
    { moves: [{ to: 'won', by: ['anyone'], when: '$exists(x)' }] },
    {},
  ],
  ['unknown-role', 'a stage is edited by a role there is not', { editedBy: [{ role: 'ghost' }] }, {}],
  [
    'unknown-message',
    'one of several is told what there is not',
    { enter: { tell: [{ to: [responsible], text: 'ghost', channels: ['app'], when: 'today > now' }] } },
    {},
  ],
  [
    'unknown-placeholder',
    'a warning shows an unknown fact',
    { enter: { warn: [{ condition: '$exists(amount)', refusal: t('{{x}}', '{{x}}') }] } },
    {},
  ],
  [
    'unknown-field',
    'a check looks at what there is not',
    {},
    { checks: [{ id: 'c', on: ['ghost'], condition: '$exists(amount)', refusal: title, unmet: 'warn' }] },
  ],
  ['unknown-role', 'a deal is handed over by a role there is not', {}, { assignedBy: [{ role: 'ghost' }] }],
  [
    'unknown-field',
    'an outcome hangs on what is no fact',
    { outcomes: [{ when: '$exists(x)', outcome: 'lost' }] },
    {},
  ],
  [
    'unknown-message',
    'members of a talk read what there is not',
    {},
    { chat: { message: 'late', mention: 'ghost' } },
  ],
  [
    'unknown-message',
    'people hear of every deal what there is not',
    {},
    { informs: { stage: { to: [responsible], text: 'ghost', channels: ['app'] } } },
  ],
  [
    'unknown-role',
    'a slot reserves the time of a role there is not',
    {},
    { fields: { ...fieldsOfSales, visit: field.slot(title, { role: 'ghost', length: setting('time') }) } },
  ],
  [
    'unknown-setting',
    'a slot is as long as a setting there is not',
    {},
    { fields: { ...fieldsOfSales, visit: field.slot(title, { role: 'manager', length: setting('tme') }) } },
  ],
  [
    'unknown-role',
    'a column is hidden from a role there is not',
    {},
    {
      fields: {
        ...fieldsOfSales,
        works: field.rows(title, { price: { type: 'number', title, hiddenFrom: ['ghost'] } }),
      },
    },
  ],
  [
    'copied-slot',
    'a slot is copied into another process',
    { work: [subdeal('sales', { down: { visit: 'amount' }, back: {} })] },
    { fields: { ...fieldsOfSales, visit: field.slot(title, { role: 'manager', length: setting('time') }) } },
  ],
])('%s: %s', ([code, , ofStage, ofPipeline]) => {
  const pack = broken(({ pipelines: [sales] }) => {
    Object.assign(sales?.stages.contract ?? {}, ofStage);
    Object.assign(sales ?? {}, ofPipeline);
  });

  expect(codes(pack)).toContain(code);
});

test('guards may ask for the day and the instant, steps may not', () => {
  const asks = (stage: object) =>
    codes(broken(({ pipelines: [sales] }) => void Object.assign(sales?.stages.contract?.enter ?? {}, stage)));

  expect(
    asks({ conditions: [{ condition: '$exists(sentAt) and sentAt <= today', refusal: title }] }),
  ).toEqual([]);
  expect(codes(working(aTask({ when: '$exists(sentAt) and sentAt <= today' })))).toContain('unknown-field');
});

test('money that waits needs an approval that settles it, and its guard figures that somebody may change', () => {
  const waits = broken(({ pipelines: [sales] }) => {
    if (sales) sales.settled = { kinds: ['payment'], by: [{ role: 'manager' }] };
  });
  const codes = (pack: Pack) => lint(pack).map(({ code }) => code);
  const settled = (guard: string) => {
    const pack = working({ do: 'approval', id: 'money', title, who: responsible, settles: true, guard });
    const [sales] = pack.pipelines;
    if (sales) sales.settled = { kinds: ['payment'], by: [{ role: 'manager' }] };
    return pack;
  };

  expect(codes(waits)).toEqual(['waiting-money']);
  expect(codes(settled('$exists(amount)'))).toEqual([]);
  expect(codes(settled('true'))).toEqual(['impossible-guard']);
});

test('pay is a part of an amount of money, by a percent that is a number', () => {
  const pay = (words: object) =>
    lint(
      working({
        do: 'accrue',
        id: 'pay',
        base: 'amount',
        shares: [{ to: responsible, percent: 5, role: title }],
        ...words,
      }),
    ).map(({ code }) => code);

  expect(pay({})).toEqual([]);
  expect(pay({ base: 'answer' })).toEqual(['unknown-field']);
  expect(pay({ day: 'amount' })).toEqual(['unknown-field']);
  expect(pay({ shares: [{ to: role('nobody'), percent: { setting: 'none' }, role: title }] }).sort()).toEqual(
    ['unknown-role', 'unknown-setting'],
  );
});

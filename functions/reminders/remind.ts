import type { Deal } from '../../schemas/deal.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Reminder } from '../../schemas/reminder.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { done } from '../deals/context.ts';
import { personNamed } from '../deals/create.ts';
import { mustSee, seenCard } from '../deals/seen.ts';
import { BadInput, NotFound, type Refusal, Refused } from '../shared/errors.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { ConditionFailed } from '../shared/table/port.ts';
import { taskOn, withTask } from '../tasks/close.ts';
import { reminderKey, reminderOf, reminderRow } from './rows.ts';
import { offsetFrom, presetAt, startOf } from './when.ts';

type Caller = Pick<Call<'reminders.create'>, 'reader' | 'company' | 'now'>;
type When = Pick<Call<'reminders.create'>['body'], 'at' | 'preset' | 'offset'>;

/** The pack a person is at home in, whose clock is theirs. */
export const homeOf = ({ reader, company }: Pick<Caller, 'reader' | 'company'>): Pack => {
  const home = company.packs.find(({ roles }) => roles.some(({ id }) => reader.user.roles.includes(id)));
  const [first] = company.packs;
  if (first === undefined) throw new Error('a company has at least one pack');
  return home ?? first;
};

const inThePast: Refusal = {
  path: 'at',
  code: 'past',
  message: {
    ru: 'Это время уже прошло: напоминание не придёт',
    en: 'That moment is past: nobody would be reminded',
    ro: 'Acest moment a trecut: memento-ul nu va veni',
  },
};

const withoutStart: Refusal = {
  path: 'task',
  code: 'no-start',
  message: {
    ru: 'У задачи нет ни начала, ни срока: укажите время',
    en: 'The task has neither a start nor a due time: give a time',
    ro: 'Sarcina nu are nici început, nici termen: indicați ora',
  },
};

/** @throws {BadInput} unless one of the three says when; {Refused} if that is past */
const momentOf = (when: When, task: Task | undefined, caller: Caller): Date => {
  const { at, preset, offset } = when;
  const given = [at, preset, offset].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw new BadInput(`when: ${given.length} given; say one of at, preset, offset (with a task)`);
  const found = (): Date => {
    if (at !== undefined) return new Date(at);
    const home = homeOf(caller);
    if (preset !== undefined) {
      const known = home.presets?.[preset];
      if (known === undefined)
        throw new BadInput(
          `preset: no "${preset}"; presets are ${Object.keys(home.presets ?? {}).join(', ') || '–'}`,
        );
      return presetAt(known, caller.now, home);
    }
    if (task === undefined) throw new BadInput('offset: from which task? give its id as task');
    const start = startOf(task);
    if (start === undefined || offset === undefined) throw new Refused([withoutStart]);
    return offsetFrom(start, offset);
  };
  const moment = found();
  if (moment.getTime() <= caller.now.getTime()) throw new Refused([inThePast]);
  return moment;
};

const made = (
  id: string,
  call: Call<'reminders.create'>,
  at: Date,
  { deal, task }: { deal?: Deal | undefined; task?: Task | undefined },
): Reminder => {
  const { body, reader, company, now } = call;
  const who = body.who === undefined ? reader.user.id : personNamed('who', body.who, company).id;
  if (body.preset !== undefined && who !== reader.user.id)
    throw new BadInput(`who: given ${who}; a preset reminds its author alone: give the time by at`);
  const by = { user: reader.user.id };
  return {
    id,
    what: body.what,
    at: instantOf(at),
    who,
    ...(deal === undefined ? {} : { deal: deal.id, dealNumber: deal.number }),
    ...(task === undefined ? {} : { task: task.id }),
    ...(body.offset === undefined ? {} : { offset: body.offset }),
    state: 'waiting',
    by,
    createdAt: instantOf(now),
    changedAt: instantOf(now),
    changedBy: by,
    version: 1,
  };
};

/** Puts a reminder down, or finds the one that the same request has put down. */
export const putReminder = async (reminder: Reminder): Promise<Reminder> => {
  try {
    await theTable().write({ put: reminderRow(reminder), if: { absent: true } });
    return reminder;
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error;
    return readReminder(reminder.id);
  }
};

/** @throws {NotFound} */
const readReminder = async (id: string): Promise<Reminder> => {
  const row = await theTable().get(reminderKey(id), { consistent: true });
  if (row === undefined) throw new NotFound(`no reminder "${id}" of yours`);
  return reminderOf(row);
};

/** A task that has a reminder says so: whoever moves its start moves that too. The reminder is put down in the same step. */
const setOnTask = async (
  id: string,
  dealId: string,
  taskId: string,
  call: Call<'reminders.create'>,
): Promise<Reminder> => {
  let reminder: Reminder | undefined;
  await act(
    dealId,
    (card, context) => {
      mustReach(card, taskId, context);
      const task = taskOn(card, taskId);
      reminder = made(id, call, momentOf(call.body, task, call), { deal: card.deal, task });
      return done(withTask(card, { ...task, reminded: true }));
    },
    {
      by: { user: call.reader.user.id },
      reader: call.reader,
      ...(call.key === undefined ? {} : { key: call.key }),
      along: () =>
        reminder === undefined ? [] : [{ put: reminderRow(reminder), if: { absent: true } as const }],
    },
  );
  return reminder ?? readReminder(id);
};

const mustReach = (card: Card, task: string, context: Parameters<typeof mustSee>[1]): void => {
  if (!card.tasks.some(({ id, assignee }) => id === task && assignee === context.reader?.user.id))
    mustSee(card, context);
};

/** POST /v1/reminders */
export const createReminder = async (call: Call<'reminders.create'>): Promise<Reminder> => {
  const { body, key } = call;
  const id = key === undefined ? newId() : idOf(key);
  if (body.task !== undefined) {
    const [deal = body.task] = body.task.split('.', 1);
    if (body.deal !== undefined && body.deal !== deal)
      throw new BadInput(`deal: the task is one of deal ${deal}, not of ${body.deal}; leave the deal out`);
    return setOnTask(id, deal, body.task, call);
  }
  const at = momentOf(body, undefined, call);
  const deal = body.deal === undefined ? undefined : (await seenCard(body.deal, call)).card.deal;
  return putReminder(made(id, call, at, { deal }));
};

const mustBeTheirs = ({ who, by, id }: Reminder, { reader }: Pick<Caller, 'reader'>): void => {
  const isAuthor = 'user' in by && by.user === reader.user.id;
  if (who !== reader.user.id && !isAuthor) throw new NotFound(`no reminder "${id}" of yours`);
};

const mustWait = ({ state }: Reminder): void => {
  if (state !== 'waiting')
    throw new Refused([
      {
        path: 'id',
        code: 'not-waiting',
        message: {
          ru: 'Это напоминание уже сработало или снято: создайте новое',
          en: 'This reminder is over: set a new one',
          ro: 'Acest memento s-a încheiat: creați altul',
        },
      },
    ]);
};

/** Writes a reminder. @throws {Conflict} if somebody wrote it in between */
const save = async (before: Reminder, after: Reminder): Promise<Reminder> => {
  const next = { ...after, version: before.version + 1 };
  await theTable().write({ put: reminderRow(next), if: { equals: { version: before.version } } });
  return next;
};

/** The task a reminder was set on, to count from its start again. @throws {BadInput} if it was set on none */
const taskOf = async ({ task }: Reminder, caller: Caller): Promise<Task> => {
  const [deal = ''] = task?.split('.', 1) ?? [];
  if (task === undefined)
    throw new BadInput('offset: this reminder was set on no task; set a new one that names it');
  return taskOn((await seenCard(deal, caller)).card, task);
};

/** PATCH /v1/reminders/{id}: by whom it is for, or who set it. */
export const changeReminder = async (call: Call<'reminders.change'>): Promise<Reminder> => {
  const { params, body, reader, now } = call;
  const before = await readReminder(params.id);
  mustBeTheirs(before, call);
  mustWait(before);
  const hasMoment = body.at !== undefined || body.preset !== undefined || body.offset !== undefined;
  const { offset: _, ...rest } = before;
  const changed = { changedAt: instantOf(now), changedBy: { user: reader.user.id } } as const;
  const what = body.what ?? before.what;
  if (!hasMoment) return save(before, { ...before, what, ...changed });
  const task = body.offset === undefined ? undefined : await taskOf(before, call);
  const at = instantOf(momentOf(body, task, call));
  return save(before, {
    ...rest,
    ...(body.offset === undefined ? {} : { offset: body.offset }),
    what,
    at,
    ...changed,
  });
};

/** POST /v1/reminders/{id}/drop; dropped twice is dropped once. */
export const dropReminder = async (call: Call<'reminders.drop'>): Promise<Reminder> => {
  const before = await readReminder(call.params.id);
  mustBeTheirs(before, call);
  if (before.state === 'dropped') return before;
  mustWait(before);
  return save(before, {
    ...before,
    state: 'dropped',
    changedAt: instantOf(call.now),
    changedBy: { user: call.reader.user.id },
  });
};

export const listPresets = async (call: Call<'reminders.presets'>) => {
  const home = homeOf(call);
  return {
    items: Object.entries(home.presets ?? {})
      .map(([id, preset]) => ({ id, title: preset.title, at: presetAt(preset, call.now, home) }))
      .filter(({ at }) => at > call.now)
      .map(({ at, ...preset }) => ({ ...preset, at: instantOf(at) })),
  };
};

import type { Deal } from '../../schemas/deal.ts';
import type { Move, Stage } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { headOf, isOneOf } from '../access/people.ts';
import { mayOverride } from '../access/rights.ts';
import { localDay } from '../schedule/local-time.ts';
import type { Refusal } from '../shared/errors.ts';
import { BadInput } from '../shared/errors.ts';
import { holds } from '../shared/expression.ts';
import type { Card } from './card.ts';
import { withFields } from './change.ts';
import { type Context, done, type Outcome, refused, stageOf } from './context.ts';
import { definedBy } from './definition.ts';
import { failing, guardFacts, unmet } from './guard.ts';
import { leftBehind } from './running.ts';

/** What is missing for a deal to be on a stage, every thing at once; an administrator's own requirements included. */
export const unmetToEnter = async (deal: Deal, stage: string, context: Context): Promise<Refusal[]> => {
  const { enter } = stageOf(context.pipeline, stage);
  const required = [
    ...(enter?.required ?? []),
    ...(context.company.layouts.get(context.pipeline.id)?.required[stage] ?? []),
  ];
  return unmet([...new Set(required)], enter?.conditions ?? [], await guardFacts(deal, context), context);
};

const unmetToLeave = async (deal: Deal, context: Context): Promise<Refusal[]> => {
  const { leave } = stageOf(context.pipeline, deal.stage);
  return unmet(leave?.required ?? [], leave?.conditions ?? [], await guardFacts(deal, context), context);
};

type Way = { readonly target: string; readonly words: Move };

/** The moves this actor may make now, in the pipeline's order; what the guards ask is another question. */
const waysOf = async (deal: Deal, context: Context): Promise<Way[]> => {
  const { pipeline, company, reader } = context;
  const open = stageOf(pipeline, deal.stage).moves.flatMap((words) => {
    const target = words.to === 'came-from' ? deal.cameFrom : words.to;
    return target !== undefined && isOneOf(words.by, reader?.user, deal, company) ? [{ target, words }] : [];
  });
  if (open.every(({ words }) => words.when === undefined)) return open;
  const facts = await guardFacts(deal, context);
  const ways: Way[] = [];
  for (const way of open)
    if (way.words.when === undefined || (await holds(way.words.when, facts))) ways.push(way);
  return ways;
};

/** Stages this actor may move the deal to now, each once. */
export const movesOf = async (deal: Deal, context: Context): Promise<string[]> => [
  ...new Set((await waysOf(deal, context)).map(({ target }) => target)),
];

/** The card with the day, or the instant, of the move in the field that takes it. */
const stamped = (card: Card, field: string | undefined, { pipeline, pack, now }: Context): Card => {
  if (field === undefined) return card;
  const value = pipeline.fields[field]?.type === 'datetime' ? instantOf(now) : localDay(now, pack.zone);
  return withFields(card, { ...card.deal.fields, [field]: value });
};

const notAllowed = async (deal: Deal, to: string, context: Context): Promise<Refusal> => {
  const allowed = await movesOf(deal, context);
  const titleOf = (stage: string, language: Language) =>
    say(stageOf(context.pipeline, stage).title, language);
  const names = (language: Language) => allowed.map((stage) => `«${titleOf(stage, language)}»`).join(', ');
  return {
    path: 'to',
    code: 'move-not-allowed',
    message: {
      ru: `Отсюда сделку нельзя перевести в «${titleOf(to, 'ru')}»; можно: ${names('ru') || 'никуда'}`,
      en: `This deal cannot go from “${deal.stage}” to “${to}”; it may go to: ${allowed.join(', ') || 'no other stage'}`,
      ro: `De aici nu se poate trece la «${titleOf(to, 'ro')}»; se poate la: ${names('ro') || 'nicio etapă'}`,
    },
  };
};

/** Who has the deal once it has come to a stage. */
const whoHasIt = ({ responsible }: Deal, { enter }: Stage, { reader }: Context): Deal['responsible'] => {
  if (enter?.release === true) return undefined;
  const isTaken = enter?.take === true || (enter?.take === 'free' && responsible === undefined);
  return isTaken && reader !== undefined ? reader.user.id : responsible;
};

/** How a deal is over that comes to a stage; not at all where the stage is none of the last. */
const outcomeOf = async (deal: Deal, { outcome, outcomes = [] }: Stage, context: Context) => {
  if (outcomes.length === 0) return outcome;
  const facts = await guardFacts(deal, context);
  for (const other of outcomes) if (await holds(other.when, facts)) return other.outcome;
  return outcome;
};

const leaving =
  (seq: number, { now, by }: Context) =>
  (task: Task): Task =>
    task.status !== 'open' || task.run?.seq !== seq || task.keep
      ? task
      : { ...task, status: 'cancelled', outcome: 'stage left', closedAt: instantOf(now), closedBy: by };

/**
 * Moves a deal to another stage: the guard of every writer. Open tasks of the stage left are cancelled in the same step.
 *
 * @param options.unmet - a move that misses something is made all the same, and undone by the workflow
 * @param options.override - against the guard, by a role that may, with a reason that goes to the feed
 * @returns refused with everything that is missing, or the card on its new stage
 * @throws {BadInput} if there is no such stage
 */
export const move = async (
  before: Card,
  to: string,
  context: Context,
  options: {
    override?: boolean | undefined;
    reason?: string | undefined;
    unmet?: 'rollback' | undefined;
  } = {},
): Promise<Outcome<Card>> => {
  const { pack, pipeline, company, reader, now } = context;
  const stage = pipeline.stages[to];
  if (stage === undefined)
    throw new BadInput(
      `to: no stage "${to}" in ${pipeline.id}; stages are ${Object.keys(pipeline.stages).join(', ')}`,
    );
  const ways = await waysOf(before.deal, context);
  const way = ways.find(({ target }) => target === to);
  const card = stamped(before, way?.words.stamp, context);
  const { deal } = card;
  const warnings = await failing(stage.enter?.warn ?? [], await guardFacts(deal, context), context);
  let undo: Text[] = [];
  if (options.override === true) {
    if (reader !== undefined && !mayOverride(reader, pipeline.id))
      return refused({
        path: 'override',
        code: 'override-not-allowed',
        message: {
          ru: 'Ваша роль не может обходить проверки',
          en: 'Your role may not override the guard',
          ro: 'Rolul dumneavoastră nu poate ocoli verificările',
        },
      });
    if (options.reason === undefined)
      return refused({
        path: 'reason',
        code: 'required',
        message: { ru: 'Укажите причину', en: 'Say why', ro: 'Indicați motivul' },
      });
  } else {
    if (way === undefined) return refused(await notAllowed(deal, to, context));
    const entering = stage.enter?.unmet === 'rollback' ? [] : await unmetToEnter(deal, to, context);
    const refusals = [...(await unmetToLeave(deal, context)), ...entering];
    if (refusals.length > 0 && options.unmet === undefined) return refused(...refusals);
    undo = refusals.map(({ message }) => message);
  }
  const {
    outcome,
    closedAt,
    reason: _,
    era: __,
    definition: ___,
    responsible: ____,
    head: _____,
    arrived: ______,
    undo: _______,
    ...rest
  } = leftBehind(deal);
  const responsible = whoHasIt(deal, stage, context);
  const ends = await outcomeOf(deal, stage, context);
  const head = responsible === undefined ? undefined : headOf(responsible, pack, company)?.id;
  const moved: Deal = {
    ...rest,
    ...(responsible === undefined ? {} : { responsible }),
    ...(head === undefined ? {} : { head }),
    ...(ends === undefined
      ? {}
      : {
          outcome: ends,
          // From one end to another it does not end a second time.
          closedAt: outcome === undefined ? instantOf(now) : (closedAt ?? deal.stageSince),
        }),
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(undo.length === 0 ? {} : { undo }),
    stage: to,
    ...definedBy(pipeline, to),
    cameFrom: deal.stage,
    seq: deal.seq + 1,
    threads: {},
    stageSince: instantOf(now),
  };
  return done({ ...card, deal: moved, tasks: card.tasks.map(leaving(deal.seq, context)) }, [
    ...undo,
    ...warnings,
  ]);
};

import type { Pipeline, Step } from '../../schemas/pipeline.ts';
import type { Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { none } from './keys.ts';
import { addTo, groupBy, pageOfRows, type Row, readKept, type Sums } from './read.ts';
import { isInScope, pipelinesFor } from './scope.ts';
import { spanOf } from './span.ts';

type Asked = Call<'reports.get'>;

type Kept = {
  readonly pipeline: Pipeline;
  readonly month: string;
  readonly step: string;
  readonly responsible: string;
  readonly sums: Sums;
};

const isAsked = (responsible: string, pipeline: string, call: Asked): boolean =>
  isInScope(responsible, pipeline, call) &&
  (call.query.responsible === undefined || call.query.responsible === responsible);

const kept = async (call: Asked): Promise<Kept[]> => {
  const span = spanOf(call.query, call.now, call.company, call.reader);
  const months = { from: span.from.slice(0, 7), to: span.to.slice(0, 7) };
  const read = pipelinesFor(call.query.pipeline, call).map(async (pipeline) =>
    (await readKept(theTable(), 'sla', pipeline.id, months)).flatMap(
      ({ groups: [month = '', step = '', responsible = none], sums }): Kept[] =>
        isAsked(responsible, pipeline.id, call) && ((sums.kept ?? 0) !== 0 || (sums.broken ?? 0) !== 0)
          ? [{ pipeline, month, step, responsible, sums }]
          : [],
    ),
  );
  return (await Promise.all(read)).flat();
};

const innerSteps = (step: Step): readonly Step[] => {
  switch (step.do) {
    case 'choose':
      return [...step.cases.flatMap(({ steps }) => steps), ...(step.else ?? [])];
    case 'parallel':
      return step.branches.flat();
    default:
      return [];
  }
};

const titleIn = (steps: readonly Step[], id: string): Text | undefined => {
  for (const step of steps) {
    if (step.id === id && 'title' in step && step.title !== undefined) return step.title;
    const inner = titleIn(innerSteps(step), id);
    if (inner !== undefined) return inner;
  }
  return undefined;
};

/** What people call a step of a pipeline. */
const titleOf = ({ stages }: Pipeline, step: string): Text =>
  titleIn(
    Object.values(stages).flatMap(({ work = [], on = [] }) => [
      ...work,
      ...on.flatMap((thread) => thread.work),
    ]),
    step,
  ) ?? { ru: step, en: step };

const person = (responsible: string, { company }: Asked): Row =>
  responsible === none
    ? { responsible: null }
    : { responsible, responsibleName: company.users.get(responsible)?.name };

const figures = ({ kept = 0, broken = 0 }: Readonly<Sums>) => ({ kept, broken });

/** Terms kept and broken by month, step and person; this month unless days are asked for, whose months are taken whole. */
export const slaReport = async (call: Asked) => {
  const all = await kept(call);
  const rows = all.map(({ pipeline, month, step, responsible, sums }) => ({
    month,
    pipeline: pipeline.id,
    step,
    stepTitle: titleOf(pipeline, step),
    ...person(responsible, call),
    ...figures(sums),
  }));
  return {
    report: call.params.report,
    ...pageOfRows(rows, call.query),
    totals: figures(all.reduce((total, { sums }) => addTo(total, sums), {} as Sums)),
  };
};

/** Open tasks whose time is over, by person: time passes without a write, so the index by due time is asked. */
const overdue = async (call: Asked): Promise<Map<string, number>> => {
  const counts = new Map<string, number>();
  const now = instantOf(call.now);
  for (const { id } of pipelinesFor(call.query.pipeline, call))
    for await (const { assignee, due } of theTable().all({
      index: 'g1',
      pk: `OPEN#${id}`,
      sk: { to: now },
    })) {
      const responsible = typeof assignee === 'string' ? assignee : none;
      if (typeof due === 'string' && due < now && isAsked(responsible, id, call))
        counts.set(responsible, (counts.get(responsible) ?? 0) + 1);
    }
  return counts;
};

/** Each person's terms kept and broken, in all and by step, and what of theirs is overdue now. */
export const disciplineReport = async (call: Asked) => {
  const [all, late] = await Promise.all([kept(call), overdue(call)]);
  const people = new Set([...all.map(({ responsible }) => responsible), ...late.keys()]);
  const rows = [...people].sort().map((responsible) => {
    const own = all.filter((one) => one.responsible === responsible);
    const steps = groupBy(
      own,
      ({ step }) => ({ step }),
      ({ sums }) => sums,
    );
    return {
      ...person(responsible, call),
      ...figures(own.reduce((total, { sums }) => addTo(total, sums), {} as Sums)),
      overdue: late.get(responsible) ?? 0,
      steps: Object.fromEntries(steps.map(({ name, sums }) => [String(name.step), figures(sums)])),
    };
  });
  return {
    report: call.params.report,
    ...pageOfRows(rows, call.query),
    totals: {
      ...figures(all.reduce((total, { sums }) => addTo(total, sums), {} as Sums)),
      overdue: [...late.values()].reduce((total, count) => total + count, 0),
    },
  };
};

import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { fieldsIn } from './facts.ts';
import { type Check, finding, list } from './finding.ts';
import { pathOf, placed, tasks } from './places.ts';

type Guard = { readonly path: string; readonly what: string; readonly fields: readonly string[] };

/** A guard that nobody's work can satisfy: it names no field, or one that no role may write and no step does. */
export const impossibleGuard: Check = (pack, pipeline) => {
  const bySteps = writtenBySteps(pipeline);
  return guardsOf(pipeline).flatMap(({ path, what, fields }) => {
    const known = fields.filter((field) => field in pipeline.fields); // others are `unknown-field`, or follow from the run
    if (fields.length === 0)
      return [
        finding(
          'impossible-guard',
          path,
          `${what} names no field, so nobody can make it hold; name a field people fill`,
        ),
      ];
    return known
      .filter((field) => !bySteps.has(field) && writers(pack, pipeline, field).length === 0)
      .map((field) =>
        finding(
          'impossible-guard',
          path,
          `${what} needs "${field}", which no role may write; show it to a role that edits deals of ${pipeline.id}: ${list(editors(pack, pipeline).map(({ id }) => id))}`,
        ),
      );
  });
};

function guardsOf(pipeline: Pipeline): Guard[] {
  const ofStages = Object.entries(pipeline.stages).flatMap(([id, { enter, leave }]) => {
    const path = pathOf(pipeline, id);
    const required = [...(enter?.required ?? []), ...(leave?.required ?? [])];
    const conditions = [...(enter?.conditions ?? []), ...(leave?.conditions ?? [])];
    return [
      ...required.map((field) => ({ path, what: 'a required field', fields: [field] })),
      ...conditions.map(({ condition }) => ({ path, what: `"${condition}"`, fields: fieldsIn(condition) })),
    ];
  });
  const ofTasks = tasks(pipeline).flatMap(({ path, step }) =>
    (['guard', 'closeWhen'] as const).flatMap((word) => {
      const condition = step[word];
      return condition === undefined
        ? []
        : [{ path, what: `${word} "${condition}"`, fields: fieldsIn(condition) }];
    }),
  );
  const ofApprovals = placed(pipeline).flatMap(({ path, step }) =>
    step.do === 'approval' && step.guard !== undefined
      ? [{ path, what: `guard "${step.guard}"`, fields: fieldsIn(step.guard) }]
      : [],
  );
  return [...ofStages, ...ofTasks, ...ofApprovals];
}

function writtenBySteps(pipeline: Pipeline): Set<string> {
  const byProcesses = Object.values(pipeline.stages).flatMap(({ offers = [] }) =>
    offers.flatMap(({ back }) => Object.values(back)),
  );
  const stamps = Object.values(pipeline.stages).flatMap(({ moves }) =>
    moves.flatMap(({ stamp }) => stamp ?? []),
  );
  return new Set([
    ...stamps,
    ...byProcesses,
    ...placed(pipeline).flatMap(({ step }) => {
      if (step.do === 'queue') return [step.asks];
      if (step.do === 'set') return Object.keys(step.values);
      if (step.do === 'task' || step.do === 'approval') return step.stamp === undefined ? [] : [step.stamp];
      if (step.do === 'accrue')
        return Object.entries(pipeline.fields).flatMap(([id, { type }]) => (type === 'accrued' ? [id] : []));
      if (step.do === 'client') return [step.contact, ...(step.company === undefined ? [] : [step.company])];
      if (step.do === 'ship')
        return [step.track, step.status, step.price, step.date].filter((name) => name !== undefined);
      if (step.do === 'subdeal') return Object.values(step.back);
      if (step.do === 'assign') return step.to === 'watchers' ? [] : [step.to.field];
      return [];
    }),
  ]);
}

const editors = (pack: Pack, pipeline: Pipeline) => granted(pack, pipeline, 'deal', ['edit', 'create']);

function granted(pack: Pack, pipeline: Pipeline, entity: string, actions: readonly string[]) {
  return pack.roles.filter(({ grants }) =>
    grants.some(
      (grant) =>
        grant.entity === entity &&
        (grant.pipeline === '*' || grant.pipeline === pipeline.id) &&
        grant.actions.some((action) => actions.includes(action)),
    ),
  );
}

/** The roles by whose work the field may change; a figure changes with what it is made of. */
function writers(pack: Pack, pipeline: Pipeline, id: string): readonly { id: string }[] {
  const field = pipeline.fields[id];
  if (field === undefined || field.system) return [];
  if (field.writtenBy?.some((actor) => actor !== 'system') === false) return [];
  if (field.type === 'total') return granted(pack, pipeline, 'ledger', ['create']);
  if (field.type === 'computed')
    return fieldsIn(field.formula)
      .filter((part) => part !== id)
      .flatMap((part) => writers(pack, pipeline, part));
  return editors(pack, pipeline).filter(
    (role) => !role.hides.includes(id) && !field.hiddenFrom?.includes(role.id),
  );
}

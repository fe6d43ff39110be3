import type { Pipeline } from '../../schemas/pipeline.ts';
import { BadInput } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { withCompanyNames } from './deal-rows.ts';
import { none } from './keys.ts';
import { addTo, groupBy, type Kept, pageOfRows, type Row, readKept, type Sums } from './read.ts';
import { isInScope, openFigures, pipelinesFor } from './scope.ts';

type Asked = Call<'reports.get'>;

type Figured = {
  readonly pipeline: Pipeline;
  readonly stage?: string;
  readonly company?: string;
  readonly responsible: string;
  readonly sums: Sums;
};

/** Figures that a reader's roles show; `open` is a debt too. Kept is what is not zero. */
const visible = (sums: Readonly<Sums>, pipeline: Pipeline, call: Asked): Sums => {
  const { count = 0, sum = 0, paid = 0, debt = 0, open = 0 } = sums;
  const shown = openFigures(pipeline, call);
  return {
    count,
    ...(shown.has('sum') ? { sum } : {}),
    ...(shown.has('paid') ? { paid } : {}),
    ...(shown.has('debt') ? { debt, open } : {}),
  };
};

/** Every figure by stage (or company) and person that the reader may see and asks for. */
export const figured = async (call: Asked, by: 'stage' | 'company'): Promise<Figured[]> => {
  const { query } = call;
  const read = pipelinesFor(query.pipeline, call).map(async (pipeline) => {
    const kept = await readKept(theTable(), by === 'stage' ? 'board-by' : 'companies', pipeline.id);
    return kept.flatMap(({ groups: [first = none, responsible = none], sums }: Kept): Figured[] =>
      isInScope(responsible, pipeline.id, call) &&
      (query.responsible === undefined || query.responsible === responsible) &&
      (query[by] === undefined || query[by] === first) &&
      (sums.count ?? 0) > 0
        ? [{ pipeline, [by]: first, responsible, sums: visible(sums, pipeline, call) }]
        : [],
    );
  });
  return (await Promise.all(read)).flat();
};

type Group = 'stage' | 'responsible' | 'company' | 'pipeline';

const nameBy = (group: Group, call: Asked) => {
  return ({ pipeline, stage, company, responsible }: Figured): Row => {
    switch (group) {
      case 'stage':
        return {
          pipeline: pipeline.id,
          stage,
          stageTitle: pipeline.stages[stage ?? '']?.title ?? { ru: stage, en: stage },
        };
      case 'company':
        return { company };
      case 'pipeline':
        return { pipeline: pipeline.id, pipelineTitle: pipeline.title };
      case 'responsible':
        return responsible === none
          ? { responsible: null }
          : { responsible, responsibleName: call.company.users.get(responsible)?.name };
      default:
        return group satisfies never;
    }
  };
};

const inBoardOrder = (rows: readonly { name: Row; sums: Sums }[], call: Asked) => {
  const order = call.company.packs.flatMap(({ pipelines }) =>
    pipelines.flatMap(({ id, stages }) => Object.keys(stages).map((stage) => `${id}#${stage}`)),
  );
  const place = ({ name }: { name: Row }) => order.indexOf(`${name.pipeline}#${name.stage}`);
  return [...rows].sort((one, other) => place(one) - place(other));
};

const answer = async (
  call: Asked,
  rows: readonly { name: Row; sums: Sums }[],
  all: readonly Figured[],
  figures: (sums: Readonly<Sums>) => Row,
) => {
  const page = pageOfRows(rows, call.query);
  const total = all.reduce((sum, one) => addTo(sum, one.sums), {} as Sums);
  return {
    report: call.params.report,
    totals: figures(total),
    ...page,
    rows: await withCompanyNames(
      page.rows.map(({ name, sums }) => ({ ...name, ...figures(sums) })),
      theTable(),
    ),
  };
};

/** How many deals stand where, and what they are worth; by stage unless another grouping is asked for. */
export const boardReport = async (call: Asked, group: Group = call.query.group ?? 'stage') => {
  if (group !== 'company' && call.query.company !== undefined && call.query.stage !== undefined)
    throw new BadInput('stage: figures are kept by stage or by company; leave one of them out');
  const by = group === 'company' || call.query.company !== undefined ? 'company' : 'stage';
  if (by === 'company' && group === 'stage')
    throw new BadInput(
      'company: figures of a company are not kept by stage; group by responsible or pipeline',
    );
  const all = await figured(call, by);
  const rows = groupBy(all, nameBy(group, call), ({ sums }) => sums);
  return answer(
    call,
    group === 'stage' ? inBoardOrder(rows, call) : rows,
    all,
    ({ count = 0, sum, paid, debt }) => ({
      count,
      ...(sum === undefined ? {} : { total: sum }),
      ...(paid === undefined ? {} : { paid }),
      ...(debt === undefined ? {} : { debt }),
    }),
  );
};

/** What clients owe on open deals, the largest first; by company unless another grouping is asked for. */
export const debtsReport = async (call: Asked) => {
  const { group = 'company', company } = call.query;
  const by = group === 'company' || company !== undefined ? 'company' : 'stage';
  if (by === 'company' && (group === 'stage' || call.query.stage !== undefined))
    throw new BadInput('stage: debts are kept by stage or by company; leave one of them out');
  const all = (await figured(call, by)).filter(({ sums }) => (sums.open ?? 0) !== 0);
  const rows = groupBy(all, nameBy(group, call), ({ sums }) => sums).sort(
    (one, other) => (other.sums.open ?? 0) - (one.sums.open ?? 0),
  );
  return answer(call, rows, all, ({ open = 0 }) => ({ debt: open }));
};

import type { Accrual } from '../../schemas/accrual.ts';
import type { Company, Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { LedgerEntry } from '../../schemas/ledger.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { audienceOf, circleOf, scopeFieldsOf } from '../deals/audience.ts';
import { factsOf } from '../deals/facts.ts';
import { counts } from '../ledger/counting.ts';
import { localDay } from '../schedule/local-time.ts';
import { rowsOfClient, rowsOfDeal } from '../search/rows.ts';
import { companyKey } from '../shared/keys.ts';
import { type Add, type Contribution, contribution, nothing } from './contribution.ts';
import { decisionMembers } from './decision-members.ts';
import { figuresOf } from './figures.ts';
import { aggregateKey } from './keys.ts';
import { listsOf, membersOf } from './members.ts';

/** Pipelines of the packs by id. What no pack has any more is in no report. */
export type Definitions = ReadonlyMap<string, { readonly pipeline: Pipeline; readonly pack: Pack }>;

export const definitionsOf = (packs: readonly Pack[]): Definitions =>
  new Map(
    packs.flatMap((pack) => pack.pipelines.map((pipeline) => [pipeline.id, { pipeline, pack }] as const)),
  );

const dayOf = (instant: string, { zone }: Pack) => localDay(new Date(instant), zone);

/** Whether a deal counts in what its company has bought: what is started from another deal counts there. */
const isWonOf = ({ outcome }: Deal, { kind }: Pipeline): boolean => outcome === 'won' && kind === 'deal';

/** What a deal is worth to the reports. */
export const worthOfDeal = async (deal: Deal, definitions: Definitions): Promise<Contribution> => {
  const known = definitions.get(deal.pipeline);
  if (known === undefined) return nothing;
  const { pipeline, pack } = known;
  const facts = await factsOf(deal, pipeline);
  const { sum, paid, debt } = figuresOf(facts, pipeline);
  const { stage, responsible, outcome } = deal;
  const open = outcome === undefined ? debt : 0;
  const company = typeof facts.company === 'string' ? facts.company : undefined;
  const figures = { count: 1, sum, paid, debt, open };
  const ended = outcome === undefined ? undefined : dayOf(deal.stageSince, pack);
  const reason = typeof facts.lossReason === 'string' ? facts.lossReason : undefined;
  const adds: Add[] = [
    {
      ...aggregateKey('board', pipeline.id, stage, ...circleOf(deal, scopeFieldsOf(pack))),
      by: { count: 1, sum },
    },
    { ...aggregateKey('board-by', pipeline.id, stage, responsible), by: figures },
    { ...aggregateKey('flow', pipeline.id, dayOf(deal.createdAt, pack), responsible), by: { created: 1 } },
    ...(company === undefined
      ? []
      : [
          { ...aggregateKey('companies', pipeline.id, company, responsible), by: figures },
          { ...companyKey(company), by: { debtTotal: open, wonTotal: isWonOf(deal, pipeline) ? sum : 0 } },
        ]),
    ...(outcome === undefined
      ? []
      : [
          {
            ...aggregateKey('flow', pipeline.id, ended, responsible),
            by: { [outcome]: 1, [`${outcome}Sum`]: sum },
          },
        ]),
    ...(outcome === 'lost'
      ? [{ ...aggregateKey('losses', pipeline.id, ended, reason, responsible), by: { count: 1, sum } }]
      : []),
  ];
  const members = await membersOf(deal, facts, pipeline, pack);
  return contribution(adds, members, [
    ...rowsOfDeal(deal, pipeline),
    ...listsOf(deal, members, audienceOf(deal, scopeFieldsOf(pack))),
  ]);
};

/** What a company or a contact is worth to the reports: nothing but that it is found. */
export const worthOfClient = (kind: 'company' | 'contact', client: Company | Contact): Contribution =>
  contribution([], [], rowsOfClient(kind, client));

/** Whether the time of a task ran out while it was open: it was closed too late, or its rung at the due time fired. */
const ranOut = ({ due, closedAt, late, fired }: Task): boolean =>
  due !== undefined &&
  ((closedAt !== undefined && closedAt > due) ||
    fired.some((index) => {
      const moment = late[index]?.at.moment;
      return moment === 'due' || moment === 'after-due';
    }));

/** Whether its time was kept or not, counted on the day on which that was settled. */
const timeKept = (task: Task, definitions: Definitions): Contribution => {
  const pack = definitions.get(task.pipeline)?.pack;
  const { kind, due, status, outcome, closedAt, assignee, step = 'by-hand' } = task;
  if (pack === undefined || kind === 'watch' || due === undefined) return nothing;
  if (ranOut(task)) {
    const day = dayOf(due, pack);
    return contribution([
      { ...aggregateKey('sla', task.pipeline, day.slice(0, 7), step, assignee), by: { broken: 1 } },
      { ...aggregateKey('breaches', task.pipeline, day, assignee), by: { count: 1 } },
    ]);
  }
  if (status !== 'done' || outcome === 'moved' || closedAt === undefined) return nothing;
  const month = dayOf(closedAt, pack).slice(0, 7);
  return contribution([{ ...aggregateKey('sla', task.pipeline, month, step, assignee), by: { kept: 1 } }]);
};

/** What a task is worth to the reports: how its time was kept, and its place among the decisions. */
export const worthOfTask = (task: Task, definitions: Definitions): Contribution => {
  const decisions = definitions.has(task.pipeline) ? decisionMembers(task) : [];
  const kept = timeKept(task, definitions);
  return decisions.length === 0 ? kept : contribution(kept.adds, decisions);
};

/** The version of pay, which is written when granted, and once more when paid or reversed. */
export const versionOfAccrual = ({ settled }: Accrual): number => (settled === undefined ? 1 : 2);

/** What pay is worth to the reports: granted on its day, and then paid or reversed. */
export const worthOfAccrual = (accrual: Accrual, definitions: Definitions): Contribution => {
  const { pipeline, day, employee, amount, state } = accrual;
  if (!definitions.has(pipeline)) return nothing;
  return contribution([
    {
      ...aggregateKey('pay', pipeline, day, employee, state, amount.currency),
      by: { amount: amount.amount, count: 1 },
    },
  ]);
};

/** The version of a ledger entry, which is written once, and once more where it is decided on. */
export const versionOfEntry = ({ decided }: LedgerEntry): number => (decided === undefined ? 1 : 2);

/** What a ledger entry is worth to the reports: nothing until it counts; what corrects another one takes from its sum. */
export const worthOfEntry = (entry: LedgerEntry, definitions: Definitions): Contribution => {
  const { pipeline, day, account, kind, amount, converted } = entry;
  if (!definitions.has(pipeline) || !counts(entry)) return nothing;
  const sign = entry.corrects === undefined ? 1 : -1;
  return contribution([
    {
      ...aggregateKey('money', pipeline, day, account, kind, amount.currency),
      by: { amount: sign * amount.amount, count: 1 },
    },
    ...(converted === undefined
      ? []
      : [
          {
            ...aggregateKey('money', pipeline, day, account, kind, converted.currency),
            by: { converted: sign * converted.amount },
          },
        ]),
  ]);
};

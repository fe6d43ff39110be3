import * as z from 'zod';
import type { DecisionLine } from '../../schemas/api/approvals.ts';
import { By } from '../../schemas/deal.ts';
import { Instant } from '../../schemas/time.ts';
import { mayIn } from '../access/tenant.ts';
import { followingOf } from '../deals/follow.ts';
import { contextOf } from '../deals/seen.ts';
import { visibleFacts } from '../deals/view.ts';
import { localDay } from '../schedule/local-time.ts';
import { BadInput } from '../shared/errors.ts';
import { companyKey, dealKey, taskKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { dealOf, taskOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Query } from '../shared/table/port.ts';
import { pageThrough } from './deal-rows.ts';
import { decisionsKey } from './keys.ts';
import { isReported, pipelinesFor } from './scope.ts';

type Asked = Call<'registers.decisions'>;

/** A percentage of a directory that was made another one for a company. */
const RateChange = z.looseObject({
  at: Instant,
  by: By,
  directory: z.string(),
  entry: z.string(),
  company: z.string(),
  deal: z.string().optional(),
  was: z.number(),
  is: z.number(),
});

const userIn = (by: By | undefined) => (by !== undefined && 'user' in by ? by.user : undefined);

const named = (role: 'person' | 'approver', id: string | undefined, { company }: Asked) =>
  id === undefined ? {} : { [role]: id, [`${role}Name`]: company.users.get(id)?.name ?? id };

/** Directories of percentages whose changes the reader may hear of, by id. */
const directoriesFor = ({ reader, company }: Asked) =>
  new Map(
    company.packs
      .filter(
        (pack) =>
          mayIn(reader, 'view', 'directory', pack) &&
          mayIn(reader, 'view', 'company', pack) &&
          mayIn(reader, 'view', 'report', pack),
      )
      .flatMap((pack) => {
        const followed = new Set(
          pack.pipelines.flatMap((pipeline) =>
            followingOf(pipeline).rates.map(({ field }) => field.directory),
          ),
        );
        return pack.directories
          .filter(({ id }) => followed.has(id))
          .map(({ id, title }) => [id, { title, zone: pack.zone }] as const);
      }),
  );

const ofTasks = async (rows: readonly Item[], call: Asked): Promise<(DecisionLine | undefined)[]> => {
  const taskId = ({ sk }: Item) => sk.slice(sk.indexOf('#') + 1);
  const found = await theTable().getMany(
    rows.flatMap((row) => [dealKey(String(row.deal)), taskKey(String(row.deal), taskId(row))]),
  );
  const deals = new Map(found.filter(({ row }) => row === 'deal').map((row) => [row.pk, dealOf(row)]));
  const tasks = new Map(found.filter(({ row }) => row === 'task').map((row) => [row.sk, taskOf(row)]));
  return Promise.all(
    rows.map(async (row) => {
      const deal = deals.get(dealKey(String(row.deal)).pk);
      const task = tasks.get(taskKey(String(row.deal), taskId(row)).sk);
      if (deal === undefined || task?.closedAt === undefined || !isReported(deal, call)) return undefined;
      const { outcome } = task;
      if (outcome !== 'approved' && outcome !== 'rejected') return undefined;
      const context = contextOf(deal.pipeline, call);
      const facts = await visibleFacts({ deal }, context);
      const shown = (task.fields ?? []).filter((name) => facts[name] !== undefined);
      const { company } = facts;
      return {
        at: task.closedAt,
        purpose: deal.pipeline,
        purposeTitle: context.pipeline.title,
        result: outcome,
        ...named('person', deal.initiator ?? deal.responsible, call),
        ...named('approver', userIn(task.closedBy) ?? task.assignee, call),
        ...(task.comment === undefined ? {} : { comment: task.comment }),
        deal: deal.id,
        number: deal.number,
        title: deal.title,
        facts: Object.fromEntries(shown.map((name) => [name, facts[name]])),
        ...(typeof company === 'string' ? { company } : {}),
      } as DecisionLine;
    }),
  );
};

const ofRates = (rows: readonly Item[], directories: ReturnType<typeof directoriesFor>, call: Asked) =>
  rows.map((row): DecisionLine | undefined => {
    const { at, by, directory, entry, company, deal, was, is } = RateChange.parse(row);
    const known = directories.get(directory);
    if (known === undefined) return undefined;
    return {
      at,
      purpose: directory,
      purposeTitle: known.title,
      result: 'changed',
      ...named('approver', userIn(by), call),
      ...(deal === undefined ? {} : { deal }),
      company,
      entry,
      was,
      is,
    } as DecisionLine;
  });

const isWanted = (line: DecisionLine, zone: string, { query }: Asked): boolean => {
  const day = localDay(new Date(line.at), zone);
  return (
    (query.person === undefined || line.person === query.person) &&
    (query.approver === undefined || line.approver === query.approver) &&
    (query.result === undefined || line.result === query.result) &&
    (query.company === undefined || line.company === query.company) &&
    (query.from === undefined || day >= query.from) &&
    (query.to === undefined || day <= query.to)
  );
};

const withCompanies = async (lines: readonly DecisionLine[], call: Asked): Promise<DecisionLine[]> => {
  const ids = [...new Set(lines.flatMap(({ company }) => company ?? []))];
  if (ids.length === 0 || !call.company.packs.some((pack) => mayIn(call.reader, 'view', 'company', pack)))
    return [...lines];
  const names = new Map((await theTable().getMany(ids.map(companyKey))).map(({ id, name }) => [id, name]));
  return lines.map((line) =>
    names.has(line.company) ? { ...line, companyName: String(names.get(line.company)) } : line,
  );
};

/** A day is within fourteen hours of the same day in UTC: rows outside need not be read. */
const bounds = ({ query: { from, to } }: Asked): Pick<Query, 'sk'> => {
  const shifted = (day: string, days: number): string =>
    new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString();
  return from === undefined && to === undefined
    ? {}
    : {
        sk: {
          ...(from === undefined ? {} : { from: shifted(from, -1) }),
          ...(to === undefined ? {} : { to: shifted(to, 2) }),
        },
      };
};

/** GET /v1/registers/decisions: of one purpose, or of each after the other. */
export const decisionsRegister = async (call: Asked) => {
  const { query, company } = call;
  const pipelines = pipelinesFor(
    company.packs.some((pack) => pack.pipelines.some(({ id }) => id === query.purpose))
      ? query.purpose
      : undefined,
    call,
  );
  const directories = directoriesFor(call);
  const purposes = [...pipelines.map(({ id }) => id), ...directories.keys()];
  if (query.purpose !== undefined && !purposes.includes(query.purpose))
    throw new BadInput(`purpose: nothing "${query.purpose}" is decided; purposes are ${purposes.join(', ')}`);
  const asked = purposes.filter((id) => query.purpose === undefined || id === query.purpose);
  const { items, ...cursor } = await pageThrough(
    theTable(),
    asked.map((id) => ({ ...decisionsKey(id), ...bounds(call), descending: true })),
    query,
    async (rows) => {
      const [changes, tasks] = [
        rows.filter(({ row }) => row === 'rate-change'),
        rows.filter(({ row }) => row !== 'rate-change'),
      ];
      const ofChanges = ofRates(changes, directories, call);
      const ofDecisions = await ofTasks(tasks, call);
      const ofPurposes = new Map([
        ...changes.map((row, place) => [row, ofChanges[place]] as const),
        ...tasks.map((row, place) => [row, ofDecisions[place]] as const),
      ]);
      return rows.map((row) => {
        const line = ofPurposes.get(row);
        if (line === undefined) return undefined;
        const zone =
          directories.get(line.purpose)?.zone ?? company.packOf(company.pipeline(line.purpose)).zone;
        return isWanted(line, zone, call) ? line : undefined;
      });
    },
  );
  return { items: await withCompanies(items, call), ...cursor };
};

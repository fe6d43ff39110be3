import { type AttributeValue, QueryCommand } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, ExecutionDoesNotExist } from '@aws-sdk/client-sfn';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { cardOf } from '../../functions/deals/card.ts';
import { dealKey } from '../../functions/shared/keys.ts';
import type { Item } from '../../functions/shared/table/port.ts';
import { isIdle } from '../../functions/workflow/idle.ts';
import {
  executionName,
  executionYear,
  isRunOf,
  machineId,
  mainRun,
} from '../../functions/workflow/run-state.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import type { Stage } from '../../schemas/pipeline.ts';
import type { Run } from '../../schemas/task.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { dealNamed } from './deal.ts';
import { CannotDo, machineArnPrefix, type Place } from './place.ts';

/** The deal with its history. */
const read = async (
  { table, tableName }: Place,
  id: string,
): Promise<{ deal: Deal; feed: readonly FeedEntry[] }> => {
  const items: Item[] = [];
  let ExclusiveStartKey: Record<string, AttributeValue> | undefined;
  do {
    const page = await table.send(
      new QueryCommand({
        TableName: await tableName(),
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: dealKey(id).pk } },
        ScanIndexForward: false,
        ConsistentRead: true,
        ...(ExclusiveStartKey === undefined ? {} : { ExclusiveStartKey }),
      }),
    );
    items.push(...(page.Items ?? []).map((item) => unmarshall(item) as Item));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  const card = cardOf(items);
  if (card === undefined) throw new CannotDo(`deal ${id} went while it was read`);
  return card;
};

/** The runs a deal has had: those of its present stage with its threads, then the main one of each stage before. */
export const runsOfDeal = (deal: Deal, feed: readonly FeedEntry[]): Run[] => {
  const present = mainRun(deal);
  const { era: _, work: __, ...plain } = present;
  const runs: Run[] = [
    present,
    ...Object.entries(deal.threads).map(([thread, n]) => ({ ...present, thread, n })),
    ...erasBefore(present),
  ];
  let seq = deal.seq;
  for (const { kind, data } of feed) {
    if (kind !== 'moved' || typeof data.from !== 'string' || seq <= 1) continue;
    seq -= 1;
    runs.push({ ...plain, stage: data.from, seq });
  }
  return runs;
};

/** The main runs that migrations on the present stage have put an end to. */
const erasBefore = ({ era, work: _, ...plain }: Run): Run[] =>
  era === undefined
    ? []
    : [...Array.from({ length: era - 2 }, (__, back): Run => ({ ...plain, era: era - 1 - back })), plain];

/** The stage by the definitions that are checked out here; one that they do not have does nothing. */
const stageOf = ({ pack, pipeline, stage }: Run): Pick<Stage, 'work'> =>
  packs.find(({ id }) => id === pack)?.pipelines.find(({ id }) => id === pipeline)?.stages[stage] ?? {};

/** More executions of one run than an operator may start. */
const most = 9;

const describedOf = async ({ states }: Place, executionArn: string) => {
  try {
    return await states.send(new DescribeExecutionCommand({ executionArn }));
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return undefined;
    throw error;
  }
};

const shown = (at: Date | undefined): string => at?.toISOString().slice(0, 19) ?? '—';

/** Prints the runs of a deal, the present stage's first. @returns whether every run of the present stage is well */
export const showRuns = async (place: Place, given: string): Promise<boolean> => {
  const { deal, feed } = await read(place, await dealNamed(place, given));
  const executions = (await machineArnPrefix(place)).replace(':stateMachine:', ':execution:');
  place.print(`${deal.number} (${deal.id}) is on ${deal.pipeline}/${deal.stage} since ${deal.stageSince}`);
  const years = executionYear(deal.stageSince, new Date());
  let isWell = true;
  for (const run of runsOfDeal(deal, feed)) {
    let last: string | undefined;
    for (let year = 1; year <= (run.seq === deal.seq ? years : 1); year += 1)
      for (let again = 1; again <= most; again += 1) {
        const name = executionName(run, year, again);
        const found = await describedOf(place, `${executions}${machineId(run)}:${name}`);
        if (found === undefined && again > 1) break;
        if (found === undefined) continue;
        last = found.status;
        const redrivable = found.redriveStatus === 'REDRIVABLE' && isRunOf(deal, run) ? '  redrivable' : '';
        place.print(
          `${name.padEnd(56)} ${String(found.status).padEnd(10)} ${shown(found.startDate)} … ${shown(found.stopDate)}${redrivable}${found.error === undefined ? '' : `  ${found.error}`}`,
        );
      }
    const isNeeded = !isIdle(stageOf(run), run.thread);
    if (last === undefined)
      place.print(
        `${executionName(run).padEnd(56)} ${isNeeded ? 'never started, or ended over 90 days ago' : 'none: the stage has no work'}`,
      );
    if (isNeeded && isRunOf(deal, run) && last !== 'RUNNING' && last !== 'SUCCEEDED') isWell = false;
  }
  if (!isWell) place.print(`let it go on: npm run ops -- restart ${deal.id}`);
  return isWell;
};

import { setTimeout as pause } from 'node:timers/promises';
import { nobody } from '../../functions/deals/audience.ts';
import { aggregateKey } from '../../functions/reports/keys.ts';
import { dealKey } from '../../functions/shared/keys.ts';
import { dealOf, dealRow } from '../../functions/shared/rows.ts';
import { openStream, type StreamReader } from '../../local/table/stream.ts';
import { createCall } from '../../local/table/wire.ts';
import type { Company } from './company.ts';
import { type Figure, figure, percentile, rounds } from './figure.ts';

const samples = 20;
/** Looking without a pause would take the time from what is looked for. */
const betweenLooksMs = 2;

/** How soon a change of a deal is in the aggregates, against how soon it is on the table's stream at all. */
export const benchVisible = async ({ runtime, newDeal, clock }: Company): Promise<Figure[]> => {
  const { table } = runtime;
  const call = createCall(runtime.urls.table);
  const reader = await openStream(call, runtime.environment.TABLE_NAME ?? '');
  const { id, stage, responsible } = await newDeal('seen');
  await clock.settle();
  const total = aggregateKey('board', 'goods', stage, responsible ?? nobody, '');

  /** The deal one version on, worth a kopeck more. */
  const put = async (): Promise<number> => {
    const row = await table.get(dealKey(id), { consistent: true });
    if (row === undefined) throw new Error(`no deal ${id}`);
    const deal = dealOf(row);
    const next = {
      ...deal,
      version: deal.version + 1,
      fields: { ...deal.fields, dealTotal: Number(deal.fields.dealTotal) + 1 },
    };
    const since = performance.now();
    await table.write({ put: dealRow(next), if: { equals: { version: deal.version } } });
    return since;
  };

  const onStream = async (): Promise<number> => {
    await toEnd(reader);
    const since = await put();
    for (;;) {
      const { reads } = await reader.read();
      if (reads.some(({ record }) => record.dynamodb.Keys.pk?.S === dealKey(id).pk))
        return performance.now() - since;
      await pause(betweenLooksMs);
    }
  };

  const inAggregate = async (): Promise<number> => {
    const before = (await table.get(total, { consistent: true }))?.sum;
    const since = await put();
    while ((await table.get(total, { consistent: true }))?.sum === before) await pause(betweenLooksMs);
    return performance.now() - since;
  };

  const streams: number[] = [];
  const aggregates: number[] = [];
  const ratios: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const seen: number[] = [];
    const counted: number[] = [];
    for (let n = 0; n < samples; n += 1) {
      seen.push(await onStream());
      await clock.settle();
      counted.push(await inAggregate());
      await clock.settle();
    }
    if (round === 0) continue; // warms both sides
    streams.push(percentile(seen, 0.95));
    aggregates.push(percentile(counted, 0.95));
    ratios.push(percentile(counted, 0.95) / percentile(seen, 0.95));
  }
  call.close();
  const ms = (list: number[]) => `${percentile(list, 0.5).toFixed(1)} ms`;
  return [
    figure(
      'put to aggregate / put to stream, p95',
      ratios,
      'x',
      'at most 4',
      `${ms(aggregates)} / ${ms(streams)}`,
    ),
  ];
};

const toEnd = async (reader: StreamReader): Promise<void> => {
  while ((await reader.read()).more);
};

import { Metrics } from '@aws-lambda-powertools/metrics';
import { log, writeLine } from './log.ts';
import { type Measure, namespace } from './measures.ts';

/** Whose process it was. */
export type Of = { readonly pack: string; readonly pipeline: string };

const everywhere = '';
const counted = new Map<string, { readonly of: Of | undefined; readonly sums: Map<Measure, number> }>();

/** Counts something that has happened; it is told when the present call of the function ends. */
export const count = (measure: Measure, of?: Of, by = 1): void => {
  const key = of === undefined ? everywhere : `${of.pack}/${of.pipeline}`;
  const group = counted.get(key) ?? {
    of: of === undefined ? undefined : { pack: of.pack, pipeline: of.pipeline },
    sums: new Map(),
  };
  counted.set(key, group);
  group.sums.set(measure, (group.sums.get(measure) ?? 0) + by);
};

/**
 * Tells CloudWatch what was counted since the last time: one line of the log a pipeline, in its embedded metric format, by
 * stage, and by stage, pack and pipeline where they are known. Where lines of level info are not wanted, neither are these.
 */
export const tellMetrics = (): void => {
  if (counted.size === 0) return;
  const groups = [...counted.values()];
  counted.clear();
  if (!log.isLevelEnabled('info')) return;
  for (const { of, sums } of groups) {
    const metrics = new Metrics({ namespace });
    metrics.clearDefaultDimensions(); // without it a dimension `service` is in each
    metrics.setDefaultDimensions({ stage: process.env.STAGE ?? 'local' });
    for (const [measure, sum] of sums) metrics.addMetric(measure, 'Count', sum);
    if (of !== undefined) metrics.addDimensions({}).addDimensions(of);
    writeLine(JSON.stringify(metrics.serializeMetrics()));
  }
};

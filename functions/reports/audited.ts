import type { Deal } from '../../schemas/deal.ts';
import type { FeedEntry } from '../../schemas/feed.ts';
import { factsOf } from '../deals/facts.ts';
import type { ChangedRow } from './changed-row.ts';
import { lineId, pair } from './feed.ts';
import type { Definitions } from './worth.ts';

/** Figures that a deal's pipeline wants told of by name. */
export const auditedIn = ({ pipeline }: Pick<Deal, 'pipeline'>, definitions: Definitions): string[] =>
  definitions.get(pipeline)?.pipeline.audited ?? [];

/** One line of history for each write that changes an audited figure: what it was, what it is, who made it so. */
export const linesOfFigures = async (changed: ChangedRow, definitions: Definitions): Promise<FeedEntry[]> => {
  if (changed.row !== 'deal' || changed.after === undefined) return [];
  const { before, after } = changed;
  const names = auditedIn(after, definitions);
  const pipeline = definitions.get(after.pipeline)?.pipeline;
  if (names.length === 0 || pipeline === undefined) return [];
  const facts = await factsOf(after, pipeline);
  const old = before === undefined ? {} : await factsOf(before, pipeline);
  const told = names.filter((name) => (old[name] ?? 0) !== (facts[name] ?? 0));
  if (told.length === 0) return [];
  return [
    {
      id: lineId('figure', after.version, after.id),
      deal: after.id,
      at: after.changedAt,
      by: after.changedBy,
      kind: 'figure',
      data: Object.fromEntries(told.map((name) => [name, pair(old[name], facts[name])])),
    },
  ];
};

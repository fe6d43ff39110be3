import type { MigrationEffect, OutdatedDeal } from '../../schemas/migration.ts';

const reasons: Record<OutdatedDeal['because'], string> = {
  'stage-gone': 'its stage is gone',
  'older-definition': 'an older definition',
  'unknown-definition': 'came before definitions were recorded',
};

/** One line for a deal of the list. */
export const printedDeal = ({
  number,
  stage,
  stageSince,
  because,
  definition,
  present,
}: OutdatedDeal): string =>
  `${number.padEnd(10)}${stage.padEnd(28)}since ${stageSince.slice(0, 16)}  ${reasons[because]}${
    definition === undefined || present === undefined ? '' : ` (${definition}, now ${present})`
  }`;

/** How many deals of each stage are listed, for whom, the most first. */
export const summed = (deals: readonly OutdatedDeal[]): string[] => {
  const counts = new Map<string, number>();
  for (const { stage, because } of deals) {
    const line = `${stage}, ${reasons[because]}`;
    counts.set(line, (counts.get(line) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([line, count]) => `${String(count).padStart(6)}  ${line}`);
};

const marks: Record<MigrationEffect['status'], string> = {
  'would-migrate': '→',
  migrated: '✓',
  undone: '↩',
  refused: '✗',
  'done-before': '=',
  present: '=',
};

const named = (tasks: MigrationEffect['kept']): string =>
  tasks
    .map(
      ({ step, title, due }) => `${step ?? title.en}${due === undefined ? '' : ` (due ${due.slice(0, 16)})`}`,
    )
    .join(', ');

/** What a plan means for a deal, or came of it, in a few lines. */
export const printedEffect = (effect: MigrationEffect): string[] => {
  const { number, status, from, to, timers, kept, cancelled, threads, ended, refusals } = effect;
  const way = from === to ? from : `${from} → ${to}`;
  const said = [
    ...refusals.map(({ path, message }) => `${path}: ${message.en}`),
    ...(kept.length === 0 ? [] : [`kept: ${named(kept)}`]),
    ...(cancelled.length === 0 ? [] : [`taken away: ${named(cancelled)}`]),
    ...(threads.length === 0 ? [] : [`threads that go on: ${threads.join(', ')}`]),
    ...(ended.length === 0 ? [] : [`threads that end: ${ended.join(', ')}`]),
  ];
  return [
    `${marks[status]} ${number.padEnd(10)}${way}${status === 'would-migrate' || status === 'migrated' ? `, timers ${timers === 'keep' ? 'kept' : 'begin anew'}` : `, ${status}`}`,
    ...said.map((line) => `    ${line}`),
  ];
};

/** `12 migrated, 1 refused`. */
export const counted = (effects: readonly MigrationEffect[]): string => {
  const counts = new Map<string, number>();
  for (const { status } of effects) counts.set(status, (counts.get(status) ?? 0) + 1);
  return counts.size === 0
    ? 'no deal that the plan has a word for'
    : [...counts].map(([status, count]) => `${count} ${status}`).join(', ');
};

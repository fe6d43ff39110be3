import type { Deal } from '../../schemas/deal.ts';

/** The deal that remembers a process which was started from it. */
export const withRunning = (deal: Deal, { id, pipeline, parent }: Deal): Deal => ({
  ...deal,
  running: [
    ...(deal.running ?? []),
    { deal: id, pipeline, ...(parent?.abandon === undefined ? {} : { abandon: parent.abandon }) },
  ],
});

const only = (deal: Deal, keeps: (one: NonNullable<Deal['running']>[number]) => boolean): Deal => {
  const { running = [], ...rest } = deal;
  const left = running.filter(keeps);
  if (left.length === running.length) return deal;
  return left.length === 0 ? rest : { ...rest, running: left };
};

/** The deal once a process is over. */
export const withoutRunning = (deal: Deal, process: string): Deal =>
  only(deal, (one) => one.deal !== process);

/** The deal as it leaves a stage: processes that end with it are no longer its own. */
export const leftBehind = (deal: Deal): Deal => only(deal, ({ abandon }) => abandon === undefined);

/** Pipelines with a process under way that was started from this deal, each once. */
export const runningOf = ({ running = [] }: Deal): string[] => [
  ...new Set(running.map(({ pipeline }) => pipeline)),
];

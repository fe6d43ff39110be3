import { type Check, finding } from './finding.ts';
import { pathOf, placed } from './places.ts';

/** Money that nobody would ever decide on: entries wait, and no approval settles them; or one settles what never waits. */
export const waitingMoney: Check = (_, pipeline) => {
  const settling = placed(pipeline).filter(({ step }) => step.do === 'approval' && step.settles === true);
  if (pipeline.settled !== undefined && settling.length === 0)
    return [
      finding(
        'waiting-money',
        pathOf(pipeline),
        `${pipeline.settled.kinds.join(' and ')} entries wait for a decision, and no approval settles them; say settles: true on the approval that decides`,
      ),
    ];
  return [];
};

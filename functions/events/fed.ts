import type { DomainEvent } from '../../schemas/event.ts';
import { type FedEvent, FedType } from '../../schemas/fed-event.ts';

const ofDeal = ['number', 'stage', 'seq', 'version'];
const ofTask = ['task', 'step', 'assignee'];

/** What is told of each event: ids, places and names of fields; never a value that a role might not see. */
const told: Readonly<Record<FedType, readonly string[]>> = {
  'deal.created': ofDeal,
  'deal.changed': [...ofDeal, 'fields'],
  'deal.moved': [...ofDeal, 'from', 'outcome'],
  'deal.migrated': [...ofDeal, 'from', 'plan', 'how'],
  'task.opened': ofTask,
  'task.closed': [...ofTask, 'outcome'],
  'task.cancelled': [...ofTask, 'outcome'],
  'ledger.recorded': ['entry', 'kind', 'state'],
  'ledger.decided': ['entry', 'kind', 'state'],
};

/** An event as other systems are told of it, not yet numbered; nothing for those that are our own affair. */
export const fed = ({
  id,
  type: of,
  at,
  by,
  pipeline,
  deal,
  data,
}: DomainEvent): Omit<FedEvent, 'n'> | undefined => {
  const type = FedType.safeParse(of).data;
  if (type === undefined || pipeline === undefined || deal === undefined) return undefined;
  return {
    id,
    type,
    at,
    pipeline,
    deal,
    by,
    data: Object.fromEntries(
      told[type].flatMap((name) =>
        data[name] === undefined || data[name] === null ? [] : [[name, data[name]]],
      ),
    ),
  };
};

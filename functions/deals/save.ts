import type { By, Deal } from '../../schemas/deal.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import type { Payment } from '../../schemas/payment.ts';
import type { Task } from '../../schemas/task.ts';
import { instantOf } from '../../schemas/time.ts';
import { DealMoved } from '../shared/errors.ts';
import { dealKey } from '../shared/keys.ts';
import { accrualRow, dealRow, ledgerRow, parcelRow, paymentRow, taskRow } from '../shared/rows.ts';
import { ConditionFailed, type Table, type Write } from '../shared/table/port.ts';
import type { Card } from './card.ts';

const keptKeys = 12;

const changedDeal = (before: Deal, after: Deal, { now, by, key }: Save): Deal => ({
  ...after,
  version: before.version + 1,
  changedAt: instantOf(now),
  changedBy: by,
  keys: key === undefined ? after.keys : [key, ...after.keys].slice(0, keptKeys),
});

const taskWrites = (before: Card, after: Card, { now, by }: Save): { task: Task; write: Write }[] => {
  const known = new Map(before.tasks.map((task) => [task.id, task]));
  return after.tasks.flatMap((task) => {
    const old = known.get(task.id);
    if (old === task) return [];
    const saved: Task = {
      ...task,
      version: (old?.version ?? 0) + 1,
      changedAt: instantOf(now),
      changedBy: task.closedBy ?? by,
    };
    return [
      {
        task: saved,
        write: {
          put: taskRow(saved),
          if: old === undefined ? { absent: true } : { equals: { version: old.version } },
        },
      },
    ];
  });
};

/** New entries, and those that were decided on. */
const ledgerWrites = (before: Card, after: Card): Write[] => {
  const known = new Map(before.ledger.map((entry) => [entry.id, entry]));
  return after.ledger.flatMap((entry): Write[] => {
    const old = known.get(entry.id);
    if (old === entry) return [];
    return old === undefined
      ? [{ put: ledgerRow(entry), if: { absent: true } }]
      : [{ put: ledgerRow(entry), if: { equals: { state: 'pending' } } }];
  });
};

/** Pay that was granted, and what was paid or reversed of it. */
const accrualWrites = (before: Card, after: Card): Write[] => {
  const known = new Map(before.accruals.map((accrual) => [accrual.id, accrual]));
  return after.accruals.flatMap((accrual): Write[] => {
    const old = known.get(accrual.id);
    if (old === accrual) return [];
    return old === undefined
      ? [{ put: accrualRow(accrual), if: { absent: true } }]
      : [{ put: accrualRow(accrual), if: { equals: { state: 'accrued' } } }];
  });
};

/** Payments that were opened, and what became of them. */
const paymentWrites = (
  before: Card,
  after: Card,
  { now, by }: Save,
): { payment: Payment; write: Write }[] => {
  const known = new Map(before.payments.map((payment) => [payment.id, payment]));
  return after.payments.flatMap((payment) => {
    const old = known.get(payment.id);
    if (old === payment) return [];
    const saved: Payment = {
      ...payment,
      version: (old?.version ?? 0) + 1,
      changedAt: instantOf(now),
      changedBy: by,
    };
    return [
      {
        payment: saved,
        write: {
          put: paymentRow(saved),
          if: old === undefined ? { absent: true } : { equals: { version: old.version } },
        },
      },
    ];
  });
};

/** Parcels that were ordered, and what became of those on their way. */
const parcelWrites = (before: Card, after: Card, { now, by }: Save): { parcel: Parcel; write: Write }[] => {
  const known = new Map(before.parcels.map((parcel) => [parcel.id, parcel]));
  return after.parcels.flatMap((parcel) => {
    const old = known.get(parcel.id);
    if (old === parcel) return [];
    const saved: Parcel = {
      ...parcel,
      version: (old?.version ?? 0) + 1,
      changedAt: instantOf(now),
      changedBy: by,
    };
    const condition = old === undefined ? ({ absent: true } as const) : { equals: { version: old.version } };
    return [{ parcel: saved, write: { put: parcelRow(saved), if: condition } }];
  });
};

export type Save = {
  readonly now: Date;
  readonly by: By;
  /** the caller's idempotency key, remembered on the deal */
  readonly key?: string | undefined;
  /** rows that go into the same transaction */
  readonly along?: readonly Write[];
};

/**
 * Writes what differs between two cards in one step, all or nothing, if nobody wrote the deal or the tasks in between.
 * Closing a task also checks that the deal its guard looked at is still the same.
 *
 * @returns the card as it is now stored; `before` where nothing differs
 * @throws {DealMoved} if somebody was first
 */
export const save = async (table: Table, before: Card, after: Card, options: Save): Promise<Card> => {
  const dealDiffers = after.deal !== before.deal;
  const tasks = taskWrites(before, after, options);
  const entries = [...ledgerWrites(before, after), ...accrualWrites(before, after)];
  const payments = paymentWrites(before, after, options);
  const parcels = parcelWrites(before, after, options);
  if (
    !dealDiffers &&
    tasks.length === 0 &&
    payments.length === 0 &&
    parcels.length === 0 &&
    entries.length === 0 &&
    (options.along ?? []).length === 0
  )
    return before;

  const version = { equals: { version: before.deal.version } } as const;
  const writesDeal =
    dealDiffers ||
    entries.length > 0 ||
    payments.length > 0 ||
    parcels.length > 0 ||
    options.key !== undefined;
  const deal = writesDeal ? changedDeal(before.deal, after.deal, options) : before.deal;
  const guarded = tasks.some(
    ({ task }) => task.status === 'done' && (task.guard ?? task.closeWhen) !== undefined,
  );
  const writes: Write[] = [
    ...(writesDeal
      ? [{ put: dealRow(deal), if: version }]
      : guarded
        ? [{ check: dealKey(deal.id), if: version }]
        : []),
    ...tasks.map(({ write }) => write),
    ...entries,
    ...payments.map(({ write }) => write),
    ...parcels.map(({ write }) => write),
    ...(options.along ?? []),
  ];
  try {
    const [only] = writes;
    if (writes.length === 1 && only !== undefined) await table.write(only);
    else await table.transact(writes);
  } catch (error) {
    if (error instanceof ConditionFailed)
      throw new DealMoved(
        `deal ${before.deal.number} has changed since version ${before.deal.version}; read it again`,
        {
          cause: error,
          details: { version: before.deal.version },
        },
      );
    throw error;
  }
  const saved = new Map(tasks.map(({ task }) => [task.id, task]));
  const kept = new Map(payments.map(({ payment }) => [payment.id, payment]));
  const sent = new Map(parcels.map(({ parcel }) => [parcel.id, parcel]));
  return {
    ...after,
    deal,
    tasks: after.tasks.map((task) => saved.get(task.id) ?? task),
    payments: after.payments.map((payment) => kept.get(payment.id) ?? payment),
    parcels: after.parcels.map((parcel) => sent.get(parcel.id) ?? parcel),
  };
};

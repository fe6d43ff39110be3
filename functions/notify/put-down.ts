import { ConditionFailed, type Item, type Table } from '../shared/table/port.ts';

const putOnce = async (table: Table, put: Item): Promise<void> => {
  try {
    await table.write({ put, if: { absent: true } });
  } catch (error) {
    if (!(error instanceof ConditionFailed)) throw error; // put down by an earlier call
  }
};

/** Stores what people are told. Told again it changes nothing: a letter that has left meanwhile is not queued anew. */
export const putDown = async (table: Table, rows: readonly Item[]): Promise<void> => {
  const letters = rows.filter(({ row }) => row === 'message');
  const lines = rows.filter(({ row }) => row !== 'message');
  await Promise.all([
    table.batch(lines.map((put) => ({ put }))),
    ...letters.map((letter) => putOnce(table, letter)),
  ]);
};

import { DatabaseSync } from 'node:sqlite';
import type { Execution } from './frame.ts';
import { decode, encode } from './record-codec.ts';
import type { Machine, Store } from './store.ts';

const SCHEMA = `
  create table if not exists machine (arn text primary key, body text not null) without rowid;
  create table if not exists execution (
    arn text primary key, machine text not null, status text not null, started integer not null, body text not null
  );
  create index if not exists by_machine on execution (machine, started);
  create index if not exists running on execution (status) where status = 'RUNNING';
  create table if not exists event (
    execution integer not null, first integer not null, body text not null, primary key (execution, first)
  ) without rowid;
`;

const body = <T>(row: unknown): T => JSON.parse((row as { body: string }).body) as T;

/**
 * Keeps everything in one SQLite file with a write-ahead log. A commit writes one row of frames and one of
 * events for each execution that moved; all that moved in one turn of the event loop share a transaction.
 *
 * `synchronous = normal`: what was committed outlives a killed process; a power cut may lose the last commits,
 * never the order or the file.
 */
export const sqliteStore = (file: string): Store => {
  const db = new DatabaseSync(file);
  db.exec('pragma journal_mode = wal; pragma synchronous = normal; pragma busy_timeout = 5000;');
  db.exec(SCHEMA);
  const put = db.prepare(
    `insert into execution (arn, machine, status, started, body) values (?, ?, ?, ?, ?)
     on conflict (arn) do update set status = excluded.status, body = excluded.body returning rowid as id`,
  );
  const addEvents = db.prepare('insert into event (execution, first, body) values (?, ?, ?)');
  const dropEvents = db.prepare('delete from event where execution = ?');
  const putMachine = db.prepare('insert or replace into machine (arn, body) values (?, ?)');
  const forget = db.prepare('delete from machine where arn = ?');
  const one = db.prepare('select body from execution where arn = ?');
  const many = db.prepare('select body from execution where machine = ? order by started desc, rowid desc');
  const running = db.prepare(`select body from execution where status = 'RUNNING' order by rowid`);
  const events = db.prepare(
    'select event.body from event join execution on execution.rowid = event.execution where arn = ? order by first',
  );
  return {
    machines: () =>
      db
        .prepare('select body from machine')
        .all()
        .map(body<Machine>),
    open: () => running.all().map(body<Execution>),
    commit(changes, machines) {
      if (changes.length === 0 && machines.length === 0) return;
      db.exec('begin immediate');
      try {
        for (const machine of machines) putMachine.run(machine.arn, JSON.stringify(machine));
        for (const { execution, events: fresh } of changes) {
          const { arn, machine, status, startedAt } = execution;
          const { id } = put.get(arn, machine, status, startedAt, JSON.stringify(execution)) as {
            id: number;
          };
          // A name used again after the 90 days takes the place of the old execution.
          if (fresh[0]?.t === 'ExecutionStarted') dropEvents.run(id);
          if (fresh.length > 0) addEvents.run(id, execution.events - fresh.length + 1, encode(fresh));
        }
        db.exec('commit');
      } catch (error) {
        db.exec('rollback');
        throw error;
      }
    },
    forget: (arn) => void forget.run(arn),
    execution: (arn) => {
      const row = one.get(arn);
      return row && body<Execution>(row);
    },
    executions: (machine) => many.all(machine).map(body<Execution>),
    history: (arn) => events.all(arn).flatMap((row) => decode((row as { body: string }).body)),
    close: () => db.close(),
  };
};

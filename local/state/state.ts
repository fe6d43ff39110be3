import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** One entry of a queue; ids grow in order of arrival and are never used again. */
export type Queued<T> = { readonly id: number; readonly item: T };

/** A durable list of work: an entry stays until {@link Queue.done} is called for it. */
export type Queue<T> = {
  push(item: T): number;
  /** Everything not done yet, oldest first. */
  peekAll(): Queued<T>[];
  /** Overwrites an entry that is still queued, for instance with its number of attempts. */
  replace(id: number, item: T): void;
  done(id: number): void;
  readonly size: number;
};

/** The runtime's bookkeeping: values by key, and queues. Every call is on disk when it returns. */
export type State = {
  get<T>(key: string): T | undefined;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  /** Every value whose key starts with `prefix`, in the order of keys. */
  list<T>(prefix: string): { key: string; value: T }[];
  queue<T>(name: string): Queue<T>;
  /** Runs `work` as one transaction: all of its writes are kept, or none. Nested calls join the outer one. */
  atomically<T>(work: () => T): T;
  close(): void;
};

/**
 * Opens the bookkeeping of one runtime over SQLite.
 *
 * @param file - created with its folder when missing; undefined keeps everything in memory
 */
export const openState = (file: string | undefined): State => {
  if (file !== undefined) mkdirSync(dirname(file), { recursive: true });
  const db = new DatabaseSync(file ?? ':memory:');
  // A killed process loses nothing under WAL with NORMAL; only a power cut could lose the last commits, never consistency.
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  db.exec(`
    CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS queued (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, item TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS queued_by_queue ON queued (queue, id);
  `);

  const read = db.prepare('SELECT value FROM entries WHERE key = ?');
  const write = db.prepare(
    'INSERT INTO entries (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = db.prepare('DELETE FROM entries WHERE key = ?');
  const scan = db.prepare(
    'SELECT key, value FROM entries WHERE substr(key, 1, length(?1)) = ?1 AND key >= ?1 ORDER BY key',
  );
  const push = db.prepare('INSERT INTO queued (queue, item) VALUES (?, ?)');
  const peek = db.prepare('SELECT id, item FROM queued WHERE queue = ? ORDER BY id');
  const replace = db.prepare('UPDATE queued SET item = ? WHERE queue = ? AND id = ?');
  const done = db.prepare('DELETE FROM queued WHERE queue = ? AND id = ?');
  const count = db.prepare('SELECT count(*) AS entries FROM queued WHERE queue = ?');

  let depth = 0;
  return {
    get: <T>(key: string) => {
      const row = read.get(key);
      return row === undefined ? undefined : (JSON.parse(String(row.value)) as T);
    },
    set: (key, value) => {
      write.run(key, JSON.stringify(value));
    },
    delete: (key) => {
      remove.run(key);
    },
    list: <T>(prefix: string) =>
      scan.all(prefix).map((row) => ({ key: String(row.key), value: JSON.parse(String(row.value)) as T })),
    queue: <T>(name: string): Queue<T> => ({
      push: (item) => Number(push.run(name, JSON.stringify(item)).lastInsertRowid),
      peekAll: () =>
        peek.all(name).map((row) => ({ id: Number(row.id), item: JSON.parse(String(row.item)) as T })),
      replace: (id, item) => {
        replace.run(JSON.stringify(item), name, id);
      },
      done: (id) => {
        done.run(name, id);
      },
      get size() {
        return Number(count.get(name)?.entries ?? 0);
      },
    }),
    atomically: (work) => {
      if (depth > 0) return work();
      db.exec('BEGIN IMMEDIATE');
      depth += 1;
      try {
        const result = work();
        db.exec('COMMIT');
        return result;
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      } finally {
        depth -= 1;
      }
    },
    close: () => db.close(),
  };
};

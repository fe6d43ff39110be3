import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { S3Object } from './fauxqs.ts';

/**
 * The objects of one bucket, each in two files: what is said of it, and its bytes. The first appears last, so that an
 * object is there whole or not at all.
 */
export class DurableBucket extends Map<string, S3Object> {
  readonly #dir: string;

  constructor(dir: string) {
    super();
    this.#dir = dir;
    mkdirSync(dir, { recursive: true });
    for (const file of readdirSync(dir).filter((name) => name.endsWith('.json'))) {
      const said = JSON.parse(readFileSync(join(dir, file), 'utf8')) as Omit<S3Object, 'body'> & {
        bytes: string;
      };
      const { bytes, ...object } = said;
      const body = readFileSync(join(dir, bytes));
      super.set(object.key, { ...object, body, lastModified: new Date(object.lastModified) });
    }
  }

  override set(key: string, object: S3Object): this {
    const { body, ...said } = object;
    const name = nameOf(key);
    // A name of its own for each version: the bytes of the old one stay until the new one is said.
    const bytes = `${name}.${createHash('md5').update(body).digest('hex')}`;
    writeFileSync(join(this.#dir, bytes), body);
    const file = join(this.#dir, `${name}.json`);
    writeFileSync(`${file}.new`, JSON.stringify({ ...said, bytes }));
    renameSync(`${file}.new`, file);
    for (const other of this.#bytesOf(name)) if (other !== bytes) rmSync(join(this.#dir, other));
    return super.set(key, object);
  }

  override delete(key: string): boolean {
    const name = nameOf(key);
    rmSync(join(this.#dir, `${name}.json`), { force: true });
    for (const bytes of this.#bytesOf(name)) rmSync(join(this.#dir, bytes));
    return super.delete(key);
  }

  override clear(): void {
    for (const key of [...this.keys()]) this.delete(key);
  }

  #bytesOf(name: string): string[] {
    return readdirSync(this.#dir).filter((file) => file.startsWith(`${name}.`) && !file.endsWith('.json'));
  }
}

const nameOf = (key: string): string => createHash('sha256').update(key).digest('hex').slice(0, 32);

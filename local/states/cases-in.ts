import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './case.ts';

/** The recorded cases of a folder: `<topic>/<case>.json`. */
export const casesIn = (folder: string): Case[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((topic) => topic.isDirectory())
    .flatMap((topic) =>
      readdirSync(join(folder, topic.name))
        .filter((file) => file.endsWith('.json'))
        .map((file) => JSON.parse(readFileSync(join(folder, topic.name, file), 'utf8')) as Case),
    );

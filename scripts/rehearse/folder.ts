import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const usual = join(import.meta.dirname, '..', '..', '.voronka', 'rehearsal');

const isRunning = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // somebody else's
  }
};

/**
 * A folder for this process alone, so that two rehearsals at once leave each other in peace. Those of rehearsals that are
 * over are removed; until then the last one's log can be read there.
 */
export const ownFolder = (home = usual): string => {
  mkdirSync(home, { recursive: true });
  for (const name of readdirSync(home))
    if (Number(name) === process.pid || !isRunning(Number(name)))
      rmSync(join(home, name), { recursive: true, force: true });
  const folder = join(home, String(process.pid));
  mkdirSync(folder);
  return folder;
};

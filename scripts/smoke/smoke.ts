import { type Check, withoutToken, withToken } from './checks.ts';
import { NobodyAnswers, NotAsItShould, NothingThere, reach } from './reach.ts';

export type Line = {
  readonly name: string;
  readonly outcome: 'passed' | 'failed' | 'skipped';
  readonly said: string;
};

const line = async ({ name, look }: Check, to: ReturnType<typeof reach>): Promise<Line> => {
  try {
    return { name, outcome: 'passed', said: await look(to) };
  } catch (error) {
    if (error instanceof NothingThere) return { name, outcome: 'skipped', said: error.message };
    if (error instanceof NotAsItShould) return { name, outcome: 'failed', said: error.message };
    if (error instanceof NobodyAnswers) throw error;
    const cause = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    return { name, outcome: 'failed', said: `${error instanceof Error ? error.message : error}${cause}` };
  }
};

/**
 * Looks at a running system from outside; only ever GETs and one preflight.
 *
 * @throws {NobodyAnswers} where there is no system
 * @param token - somebody's access token; lines that need one are skipped without it
 */
export const smoke = async (url: string, token: string | undefined): Promise<Line[]> => {
  const to = reach(url, token);
  const lines: Line[] = [];
  for (const check of [...withoutToken(token), ...withToken]) lines.push(await line(check, to));
  return lines;
};

const marks = { passed: '✓', failed: '✗', skipped: '–' } as const;

export const printed = ({ name, outcome, said }: Line): string =>
  `${marks[outcome]} ${name.padEnd(42)}${said}`;

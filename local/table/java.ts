import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

/** DynamoDB Local 3 is compiled for this version. */
const oldest = 17;
const fetched = 21;
const executable = process.platform === 'win32' ? 'java.exe' : 'java';

type Fetch = (version: number, options: { type: 'jre'; installPath: string }) => Promise<string>;

/** Nothing on this machine can run DynamoDB Local, and a Java runtime could not be fetched either. */
export class JavaMissing extends Error {
  override readonly name = 'JavaMissing';
}

/**
 * The path of a `java` of version 17 or later: that of JAVA_HOME, else the first on PATH, else a runtime that is
 * fetched once into `home` and found there from then on.
 *
 * @param home - the folder that keeps what the runtime fetches, usually `.voronka`
 * @throws {JavaMissing} with the mend, when there is none and the network does not give one
 */
export const findJava = async (
  home: string,
  { env = process.env, fetch = fetchedByNjre }: { env?: NodeJS.ProcessEnv; fetch?: Fetch } = {},
): Promise<string> => {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const candidates = [
    ...(env.JAVA_HOME === undefined || env.JAVA_HOME === '' ? [] : [join(env.JAVA_HOME, 'bin', executable)]),
    ...folders.map((folder) => join(folder, executable)),
  ].filter((path) => existsSync(path));
  const found = candidates.find((path) => (versionOf(path) ?? 0) >= oldest);
  if (found !== undefined) return found;

  const kept = fetchedIn(home);
  if (kept !== undefined) return kept;

  const seen = candidates.map((path) => `${path} (version ${versionOf(path) ?? 'unknown'})`).join(', ');
  try {
    mkdirSync(home, { recursive: true });
    await fetch(fetched, { type: 'jre', installPath: join(home, 'fetched') });
    writeFileSync(marker(home), '');
  } catch (cause) {
    throw new JavaMissing(
      `DynamoDB Local needs Java ${oldest} or later; found ${seen === '' ? 'none' : seen}, and it could not be fetched ` +
        `(${cause instanceof Error ? cause.message : String(cause)}); install one and set JAVA_HOME, or go online once`,
      { cause },
    );
  }
  const java = fetchedIn(home);
  if (java === undefined) {
    throw new JavaMissing(
      `the Java runtime fetched into ${join(home, 'jre')} has no bin/${executable}; delete it and try again`,
    );
  }
  return java;
};

const fetchedByNjre: Fetch = (version, options) => {
  const { install } = createRequire(import.meta.url)('njre') as { install: Fetch };
  return install(version, options);
};

/** Written after the last byte of the archive is in place, so that half a runtime is never used. */
const marker = (home: string) => join(home, 'jre', 'complete');

const fetchedIn = (home: string): string | undefined =>
  existsSync(marker(home)) ? globSync(join(home, 'jre', '**', 'bin', executable))[0] : undefined;

const versionOf = (java: string): number | undefined => {
  // Every JDK and JRE since 8 has a `release` file; reading it saves the 0.1 s that starting a JVM costs.
  const release = join(dirname(dirname(realpathSync(java))), 'release');
  const text = existsSync(release) ? readFileSync(release, 'utf8') : printedBy(java);
  const version = /(?:JAVA_VERSION=|version )"(?:1\.)?(\d+)/.exec(text)?.[1];
  return version === undefined ? undefined : Number(version);
};

const printedBy = (java: string): string => {
  try {
    return execFileSync(java, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).replace(/^\S+ (\d+)/, 'version "$1');
  } catch {
    return ''; // a launcher that cannot run (the macOS stub without a JDK behind it) is as good as none
  }
};

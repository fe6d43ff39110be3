import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findJava, JavaMissing } from './java.ts';

/** A folder that looks like an installed Java of that version. */
const installed = (version: string, home = mkdtempSync(join(tmpdir(), 'voronka-java-'))) => {
  mkdirSync(join(home, 'bin'), { recursive: true });
  writeFileSync(join(home, 'bin', 'java'), '');
  chmodSync(join(home, 'bin', 'java'), 0o755);
  writeFileSync(join(home, 'release'), `JAVA_VERSION="${version}"\n`);
  return home;
};
const empty = () => mkdtempSync(join(tmpdir(), 'voronka-home-'));
const offline = () => Promise.reject(new Error('getaddrinfo ENOTFOUND'));

test('JAVA_HOME goes before PATH, and what is too old is passed over', async () => {
  const [eight, seventeen, twentyOne] = ['1.8.0_412', '17.0.15', '21.0.1'].map((version) =>
    installed(version),
  );
  const PATH = `${eight}/bin:${seventeen}/bin`;

  expect(await findJava(empty(), { env: { JAVA_HOME: twentyOne, PATH } })).toBe(`${twentyOne}/bin/java`);
  expect(await findJava(empty(), { env: { JAVA_HOME: eight, PATH } })).toBe(`${seventeen}/bin/java`);
});

test('without one, a runtime is fetched once and kept', async () => {
  const home = empty();
  let fetched = 0;
  const fetch = async () => {
    fetched += 1;
    return installed('21.0.1', join(home, 'jre', 'jdk-21.0.1-jre'));
  };

  const first = await findJava(home, { env: {}, fetch });

  expect(first).toBe(join(home, 'jre', 'jdk-21.0.1-jre', 'bin', 'java'));
  expect(await findJava(home, { env: {}, fetch })).toBe(first);
  expect(fetched).toBe(1);
});

test('a runtime that was fetched by half is not used', async () => {
  const home = empty();
  installed('21.0.1', join(home, 'jre', 'jdk-21'));

  await expect(findJava(home, { env: {}, fetch: offline })).rejects.toThrow(JavaMissing);
});

test('offline and without Java, one line says what would mend it', async () => {
  const eleven = installed('11.0.2');

  await expect(findJava(empty(), { env: { PATH: `${eleven}/bin` }, fetch: offline })).rejects.toThrow(
    `DynamoDB Local needs Java 17 or later; found ${eleven}/bin/java (version 11), and it could not be fetched ` +
      '(getaddrinfo ENOTFOUND); install one and set JAVA_HOME, or go online once',
  );
});

import { defineConfig } from 'vitest/config';

/** Folders whose tests leave nothing behind in their process: one after another they share it, and what it has loaded. */
const pure = [
  'schemas',
  'statemachines',
  'functions/schedule',
  'local/states',
  'local/bus',
  'local/template',
  'infra',
];
const tests = (folders: readonly string[]) => folders.map((folder) => `${folder}/**/*.test.ts`);

/** Tests of companies in their process, each of which leaves it as it was found: they share it too. */
const companies = [
  ...tests(['functions', 'local/requirements', 'local/integrations', 'local/sandboxes']),
  'local/*.test.ts',
];
/** Among them, those that put other modules in place of ours, that change their environment, or that start servers. */
const alone = [
  'functions/shared/observed.test.ts',
  'local/one-edit.test.ts',
  'local/clock-kept.test.ts',
  'local/runtime.test.ts',
  'local/runtime-memory.test.ts',
];

/**
 * Minutes of killing and starting again, of parts that come and go, and of bundles as they are deployed: a command of its own,
 * `npm run test:kills`.
 */
const long =
  process.env.KILLS === undefined ? ['local/faults/*.test.ts', 'infra/constructs/bundle.test.ts'] : [];

export default defineConfig({
  test: {
    testTimeout: 90_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    globalSetup: 'local/table/for-tests.ts',
    projects: [
      { extends: true, test: { name: 'pure', include: tests(pure), exclude: long, isolate: false } },
      {
        extends: true,
        test: { name: 'companies', include: companies, exclude: [...tests(pure), ...alone], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'whole',
          include: [...alone, ...tests(['local/*', 'scripts', 'web'])],
          exclude: [
            ...tests([...pure, 'local/requirements', 'local/integrations', 'local/sandboxes']),
            ...long,
          ],
        },
      },
    ],
  },
});

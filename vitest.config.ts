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

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    projects: [
      { extends: true, test: { name: 'pure', include: tests(pure), isolate: false } },
      {
        extends: true,
        test: {
          name: 'whole',
          include: tests(['functions', 'local', 'scripts', 'web']),
          exclude: [
            ...tests(pure),
            // Minutes of killing and starting again, and of parts that come and go: a command of its own, `npm run test:kills`.
            ...(process.env.KILLS === undefined
              ? ['local/faults/kill.test.ts', 'local/faults/weather.test.ts']
              : []),
          ],
        },
      },
    ],
  },
});

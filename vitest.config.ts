import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{schemas,functions,statemachines,infra,local,scripts,web}/**/*.test.ts'],
    // Minutes of killing and starting again: a command of its own, `npm run test:kills`.
    exclude: process.env.KILLS === undefined ? ['local/faults/kill.test.ts'] : [],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

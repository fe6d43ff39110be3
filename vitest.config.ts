import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{schemas,functions,statemachines,infra,local,scripts,web}/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});

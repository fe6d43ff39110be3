import { pino } from 'pino';

/** Structured lines for CloudWatch: ids of deals and runs, never names, addresses or texts of people. */
export const log = pino({
  level: process.env.LOG_LEVEL ?? 'info',
  base: null,
  timestamp: false,
  formatters: { level: (level) => ({ level }) },
});

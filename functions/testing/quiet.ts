/** Imported first: tests read answers, not the log. */
process.env.LOG_LEVEL ??= 'silent';

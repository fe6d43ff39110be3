/**
 * What a person at the keyboard can mend, in one line; `undefined` for anything else, which deserves its stack.
 */
export const plainly = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `port ${String(error.port)} is taken; stop what listens there, or choose others: npm start -- --port 5000`;
  return ['PacksRefused', 'UnsupportedTemplate', 'FunctionMissing', 'JavaMissing', 'PythonMissing'].includes(
    error.name,
  )
    ? error.message
    : undefined;
};

/** Ends the command with that line instead of a stack, where there is one. */
export const endPlainly = (): void => {
  process.on('uncaughtException', (error) => {
    console.error(plainly(error) ?? error);
    process.exit(1);
  });
};

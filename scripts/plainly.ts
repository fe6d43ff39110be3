import { awsTrouble } from './aws-trouble.ts';

/** Something in the way that the person at the keyboard can mend; the message says how. */
export class InTheWay extends Error {
  override readonly name = 'InTheWay';
}

const told = new Set([
  'InTheWay',
  'PacksRefused',
  'UnsupportedTemplate',
  'FunctionMissing',
  'JavaMissing',
  'PythonMissing',
  'CdkFailed',
  'NotSignedIn',
  'NoAnswer',
  'NobodyAnswers',
]);

/** What a file system answers where a folder cannot be. */
const noFolder = new Set(['ENOTDIR', 'EEXIST', 'EACCES', 'EPERM', 'EROFS']);

/** Whether a command line could not be read. */
export const isMisspoken = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/**
 * What a person at the keyboard can mend, in one line; `undefined` for anything else, which deserves its stack.
 */
export const plainly = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  // The first sentence alone: what follows tells of a rare spelling that nobody meant.
  if (isMisspoken(error)) return `${error.message.split('. ')[0]}; --help says what there is`;
  if ('code' in error && error.code === 'EADDRINUSE' && 'port' in error)
    return `port ${String(error.port)} is taken; stop what listens there, or choose others: npm start -- --port 5000`;
  if ('code' in error && 'path' in error && noFolder.has(String(error.code)))
    return `${String(error.path)}: no folder can be kept there (${String(error.code)}); choose another: npm start -- --dir <folder>`;
  return told.has(error.name) ? error.message : awsTrouble(error);
};

/** Ends the command with that line instead of a stack, where there is one. */
export const endPlainly = (): void => {
  process.on('uncaughtException', (error) => {
    console.error(plainly(error) ?? error);
    process.exit(isMisspoken(error) ? 2 : 1);
  });
};

/** Runs a command. @param main - answers the exit code; what it throws is 2 where the words were not understood, else 1 */
export const runPlainly = async (main: () => Promise<number>): Promise<void> => {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(plainly(error) ?? error);
    process.exitCode = isMisspoken(error) ? 2 : 1;
  }
};

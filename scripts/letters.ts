import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import mjml from 'mjml';

const folder = join(import.meta.dirname, '../functions/notify');
const source = join(folder, 'templates/letter.mjml');
const target = join(folder, 'letter.generated.ts');

/** The module that holds the compiled frame of letters: functions are bundled without MJML. */
export const compileLetters = async (): Promise<string> => {
  const { html, errors } = await mjml(readFileSync(source, 'utf8'), { validationLevel: 'strict' });
  if (errors.length > 0)
    throw new Error(`${source}: ${errors.map((one) => one.formattedMessage).join('; ')}`);
  const lines = html
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return [
    '// Made by `node scripts/letters.ts` from templates/letter.mjml; change that file.',
    'export const frame =',
    `  ${JSON.stringify(lines.join('\n'))};`,
    '',
  ].join('\n');
};

/** What is committed. */
export const committedLetters = (): string => readFileSync(target, 'utf8');

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--help'))
    process.stdout.write(
      'node scripts/letters.ts\n\nCompiles functions/notify/templates to letter.generated.ts.\n',
    );
  else writeFileSync(target, await compileLetters());
}

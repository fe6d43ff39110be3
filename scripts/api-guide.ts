import { readFileSync, writeFileSync } from 'node:fs';
import type { Endpoint } from '../schemas/api/endpoint.ts';
import { api } from '../schemas/api/index.ts';

const file = new URL('../docs/api.md', import.meta.url);
const table = /(## Every route\n\n\| route \| what it does \|\n\|---\|---\|\n)(?:\|.*\n)*/;

if (process.argv.includes('--help'))
  console.log('node scripts/api-guide.ts: writes the table of routes of docs/api.md from schemas/api');
else {
  const rows = (Object.values(api) as Endpoint[]).map(
    ({ method, path, summary }) => `| \`${method} ${path}\` | ${summary} |\n`,
  );
  const guide = readFileSync(file, 'utf8');
  if (!table.test(guide)) throw new Error('docs/api.md: no table under “Every route”; put its head back');
  writeFileSync(
    file,
    guide.replace(table, (_, head: string) => `${head}${rows.join('')}`),
  );
  console.log(`docs/api.md: ${rows.length} routes`);
}

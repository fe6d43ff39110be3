import { writeFile } from 'node:fs/promises';
import { openApi } from '../functions/admin/openapi.ts';

const file = new URL('../docs/openapi.json', import.meta.url);

if (process.argv.includes('--help')) {
  console.log('npm run openapi: writes docs/openapi.json from the shapes of schemas/api');
} else {
  await writeFile(file, `${JSON.stringify(openApi(), undefined, 2)}\n`);
  console.log(`${Object.keys(openApi().paths as object).length} paths written to docs/openapi.json`);
}

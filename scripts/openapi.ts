import { writeFile } from 'node:fs/promises';
import { openApi } from '../functions/admin/openapi.ts';

if (process.argv.includes('--help')) {
  console.log('npm run openapi: writes docs/openapi.json from the shapes of schemas/api');
} else {
  await writeFile(
    new URL('../docs/openapi.json', import.meta.url),
    `${JSON.stringify(openApi(), undefined, 2)}\n`,
  );
  console.log(`docs/openapi.json: ${Object.keys(openApi().paths as object).length} paths`);
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { authorisationMatrix } from '../functions/access/matrix.ts';
import { packs } from '../statemachines/packs/index.ts';

const folder = fileURLToPath(new URL('../docs/security/', import.meta.url));

if (process.argv.includes('--help')) {
  console.log(
    'node scripts/authorisation-matrix.ts: writes docs/security/authorisation-<pack>.md from the packs',
  );
} else {
  mkdirSync(folder, { recursive: true });
  for (const pack of packs) {
    writeFileSync(`${folder}authorisation-${pack.id}.md`, authorisationMatrix(pack));
    console.log(`docs/security/authorisation-${pack.id}.md`);
  }
}

import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packs } from '../statemachines/packs/index.ts';
import { faultsOf } from './packs/faults.ts';
import { indexOf } from './packs/index-page.ts';
import { languagesOf } from './packs/languages.ts';
import { pageOf } from './packs/page.ts';

const folder = join(import.meta.dirname, '../docs/packs');

/** The pages of all packs, by file: `climate.ru.md`. */
export const packPages = async (): Promise<Map<string, string>> => {
  const pages = new Map<string, string>();
  for (const pack of packs) {
    const faults = await faultsOf(pack.id);
    for (const language of languagesOf(pack))
      pages.set(`${pack.id}.${language}.md`, pageOf(pack, language, faults));
  }
  pages.set('README.md', indexOf(packs));
  return pages;
};

if (import.meta.main) {
  if (process.argv.includes('--help'))
    console.log('node scripts/pack-pages.ts: writes docs/packs/<pack>.<language>.md from the packs');
  else {
    mkdirSync(folder, { recursive: true });
    const pages = await packPages();
    for (const [name, page] of pages) writeFileSync(join(folder, name), page);
    for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(join(folder, name));
    console.log([...pages.keys()].map((name) => `docs/packs/${name}`).join(' '));
  }
}

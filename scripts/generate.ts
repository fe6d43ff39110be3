import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const help = `npm run generate
Makes anew every file that is made from others: machines and the template as they are meant, pictures, pages. Tests hold each
of them to its source. What was measured stays: docs/cost.md and the emulator's page have commands of their own.`;

/** What each writes, and how it is asked to. */
const makers: readonly (readonly [writes: string, file: string, ...given: string[]])[] = [
  ['statemachines/compile/golden', 'scripts/asl.ts', '--golden'],
  ['infra/golden', 'scripts/synth.ts', '--golden'],
  ['docs/openapi.json', 'scripts/openapi.ts'],
  ['docs/api.md', 'scripts/api-guide.ts'],
  ['docs/diagrams', 'scripts/diagram.ts', '--all'],
  ['docs/packs', 'scripts/pack-pages.ts'],
  ['docs/architecture.svg', 'scripts/draw-architecture.ts'],
  ['docs/security', 'scripts/authorisation-matrix.ts'],
  ['docs/local-support.md', 'local/template/support-doc.ts'],
  ['functions/notify/letter.generated.ts', 'scripts/letters.ts'],
];

if (process.argv.includes('--help')) console.log(help);
else {
  const root = fileURLToPath(new URL('..', import.meta.url));
  for (const [writes, ...command] of makers) {
    const since = performance.now();
    execFileSync(process.execPath, command, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
    console.log(`${writes.padEnd(40)}${((performance.now() - since) / 1000).toFixed(1)} s`);
  }
}

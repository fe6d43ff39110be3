import { execFile } from 'node:child_process';
import { parseArgs, promisify } from 'node:util';
import { startCompany } from './bench/company.ts';
import { asTable, type Figure } from './bench/figure.ts';

const sections: Record<string, () => Promise<Figure[]>> = {
  states: async () => {
    const { benchStates } = await import('./bench/states.ts');
    return (await benchStates()).map(({ name, ratio, spread, aim }) => ({
      name,
      median: ratio,
      spread,
      unit: name.includes('MB') ? '' : 'x',
      aim,
    }));
  },
  skipping: async () => (await import('./bench/skipping.ts')).benchSkipping(),
  moves: () => inCompany(async (company) => (await import('./bench/moves.ts')).benchMoves(company)),
  visible: () => inCompany(async (company) => (await import('./bench/visible.ts')).benchVisible(company)),
  payments: () => inCompany(async (company) => (await import('./bench/payments.ts')).benchPayments(company)),
  start: async () => (await import('./bench/startup.ts')).benchStartup(),
  cold: async () => (await import('./bench/cold.ts')).benchCold(),
  deal: async () => (await import('./bench/deal.ts')).benchDeal(),
};

const inCompany = async (
  measure: (company: Awaited<ReturnType<typeof startCompany>>) => Promise<Figure[]>,
): Promise<Figure[]> => {
  const company = await startCompany();
  try {
    return await measure(company);
  } finally {
    await company.runtime.stop();
  }
};

const help = `npm run bench [-- --only <section>,…]
Measures Voronka on this machine, both sides of each ratio in turn, five rounds; nothing fails for being slow.
Sections: ${Object.keys(sections).join(', ')}`;

const { values } = parseArgs({
  options: { help: { type: 'boolean' }, only: { type: 'string' }, json: { type: 'boolean', default: false } },
});
if (values.help === true) {
  console.log(help);
  process.exit(0);
}
const chosen = values.only === undefined ? Object.keys(sections) : values.only.split(',');
const unknown = chosen.filter((name) => sections[name] === undefined);
if (unknown.length > 0) {
  console.error(`no section ${unknown.join(', ')}; there are ${Object.keys(sections).join(', ')}`);
  process.exit(2);
}
process.env.LOG_LEVEL ??= 'silent';

/** Each section has a process of its own: what one leaves on the heap is not measured by the next. */
const apart = async (name: string): Promise<Figure[]> => {
  const given = [...process.execArgv, import.meta.filename, '--only', name, '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, given, { maxBuffer: 1e8 });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '[]');
};

const [alone] = chosen;
if (values.json && alone !== undefined) {
  console.log(JSON.stringify(await sections[alone]?.()));
  process.exit(0);
}
const began = performance.now();
const figures: Figure[] = [];
for (const name of chosen) {
  const since = performance.now();
  process.stderr.write(`${name} …`);
  figures.push(...(await apart(name)));
  process.stderr.write(` ${((performance.now() - since) / 1000).toFixed(0)} s\n`);
}
console.log(`\n${asTable(figures)}\n\nin ${((performance.now() - began) / 1000).toFixed(0)} s`);
process.exit(0);

import { parseArgs } from 'node:util';
import { runPlainly } from './plainly.ts';
import { smokeHelp, smokeOptions } from './smoke/options.ts';
import { printed, smoke } from './smoke/smoke.ts';

const main = async (): Promise<number> => {
  const { values } = parseArgs({ options: smokeOptions });
  if (values.help === true) {
    console.log(smokeHelp);
    return 0;
  }
  const lines = await smoke(values.url, values.token ?? process.env.VORONKA_TOKEN);
  for (const line of lines) console.log(printed(line));
  const count = (outcome: string) => lines.filter((line) => line.outcome === outcome).length;
  console.log(`${count('passed')} passed, ${count('failed')} failed, ${count('skipped')} skipped`);
  return count('failed') > 0 ? 1 : 0;
};

await runPlainly(main);

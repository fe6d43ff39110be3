import { parseArgs } from 'node:util';
import { checkCase } from '../local/states/case.ts';
import { casesIn } from '../local/states/cases-in.ts';

const HELP = `node scripts/conformance.ts [--events] <folder>

Runs every case (<folder>/<topic>/*.json) against the states engine. A case recorded as it stands has to
agree in every event; an adapted one in status, output and error. --events prints what events of adapted
cases depart in, too. Exits with 1 if any case fails.`;

type Result = { name: string; topic: string; adapted: boolean; wrong: string[]; eventsAgree: boolean };

const print = (results: readonly Result[]): void => {
  for (const topic of new Set(results.map((r) => r.topic))) {
    const inTopic = results.filter((r) => r.topic === topic);
    const passed = inTopic.filter((r) => r.wrong.length === 0).length;
    const events = inTopic.filter((r) => r.eventsAgree).length;
    console.log(
      `${passed === inTopic.length ? 'pass' : 'FAIL'}  ${topic.padEnd(22)} ${passed}/${inTopic.length}  (events agree: ${events})`,
    );
    for (const { name, wrong } of inTopic)
      if (wrong.length > 0) console.log(`      ${name}\n        ${wrong.join('\n        ')}`);
  }
};

const main = async (args: string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { help: { type: 'boolean' }, events: { type: 'boolean' } },
  });
  const [folder] = positionals;
  if (values.help || !folder) {
    console.log(HELP);
    return values.help ? 0 : 2;
  }
  const results: Result[] = [];
  for (const given of casesIn(folder)) {
    const { outcome, events } = await checkCase(given);
    const { name, topic, adapted } = given;
    const wrong = adapted && !values.events ? outcome : [...outcome, ...events];
    results.push({ name, topic, adapted, wrong, eventsAgree: events.length === 0 && outcome.length === 0 });
  }
  print(results);
  const tally = (list: readonly Result[]) =>
    `${list.filter((r) => r.wrong.length === 0).length}/${list.length}`;
  const recorded = results.filter((r) => !r.adapted);
  const adapted = results.filter((r) => r.adapted);
  console.log(`as recorded, whole: ${tally(recorded)}; adapted, status, output and error: ${tally(adapted)}`);
  console.log(
    `adapted cases whose causes and events agree too: ${adapted.filter((r) => r.eventsAgree).length}/${adapted.length}`,
  );
  return results.length > 0 && results.every((r) => r.wrong.length === 0) ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));

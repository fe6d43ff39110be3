import { theTable, useTable } from '../../functions/shared/ports.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { createClock } from '../../local/clock.ts';
import { startRuntime } from '../../local/runtime.ts';
import { seedPeople } from '../people.ts';
import { industrialGoods } from '../walkthroughs/industrial-goods.ts';
import { localDriver } from '../walkthroughs/local-driver.ts';
import { type Driver, moscow } from '../walkthroughs/scenario.ts';
import { billed } from './billed-table.ts';
import { type Counts, cost, letters, times, totalOf } from './cost.ts';
import { type Figure, figure } from './figure.ts';

/** A laptop's time is not Lambda's: a warm call that talks to the table a few times takes about this long there. */
const secondsOfCall = 0.04;
/** A line of the API's access log, and one of a refusal. */
const bytesOfRequest = 400;

type Template = {
  Resources?: Record<string, { Type: string; Properties?: { FunctionName?: unknown; MemorySize?: number } }>;
};

/** The app without the company's own clockwork: digests are written each day, however many deals there are. */
const withoutSchedules = (templates: readonly Template[]): Template[] =>
  templates.map((template) => ({
    ...template,
    Resources: Object.fromEntries(
      Object.entries(template.Resources ?? {}).filter(([, { Type }]) => Type !== 'AWS::Scheduler::Schedule'),
    ),
  }));

const memoryOf = (templates: readonly Template[]): Map<string, number> =>
  new Map(
    templates
      .flatMap(({ Resources }) => Object.values(Resources ?? {}))
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties }) => [String(Properties?.FunctionName), (Properties?.MemorySize ?? 128) / 1024]),
  );

/** Plays 9.1 and counts what AWS would bill for it, digests left aside. */
export const countDeal = async (): Promise<{ counts: Counts; sent: number }> => {
  const synthesized = await synthesize({ bundle: false, nag: false });
  const templates = withoutSchedules(synthesized.templates as Template[]);
  const clock = createClock({ now: moscow('2026-02-02 09:00') });
  const runtime = await startRuntime({ templates, clock });
  try {
    const table = billed(theTable(), () => clock.now());
    useTable(table);
    await seedPeople(table);
    const seeded = { ...table.billed };
    let events = 0;
    runtime.onLine(({ kind, text }) => {
      if (kind === 'event' && text.startsWith('voronka ')) events += 1;
    });
    const driver = localDriver(runtime);
    let requests = 0;
    const counting: Driver = {
      ...driver,
      call: (...given) => {
        requests += 1;
        return driver.call(...given);
      },
    };
    for (const { at, play } of industrialGoods(counting)) {
      await counting.advanceTo(moscow(at));
      await play();
    }
    const memory = memoryOf(templates);
    const calls = [...runtime.invocations];
    return {
      sent: (await runtime.mail.sent()).length,
      counts: {
        transitions: runtime.engine.transitions().total,
        invocations: calls.reduce((sum, [, count]) => sum + count, 0),
        gigabyteSeconds: calls.reduce(
          (sum, [name, count]) => sum + count * secondsOfCall * (memory.get(name) ?? 0.25),
          0,
        ),
        requests,
        writeUnits: table.billed.writeUnits - seeded.writeUnits,
        readUnits: table.billed.readUnits - seeded.readUnits,
        streamReads: 0, // free where a function is the reader
        events,
        schedules: 0,
        logGigabytes: (requests * bytesOfRequest) / 2 ** 30,
        traces: 0, // reported beside the bill: how many are taken is the account's own setting
      },
    };
  } finally {
    await runtime.stop();
  }
};

export const benchDeal = async (): Promise<Figure[]> => {
  const { counts, sent } = await countDeal();
  const lines = cost(times(counts, 1000)).filter(({ units }) => units > 0);
  const traced = cost(times({ ...counts, traces: counts.invocations }, 1000));
  const bill = lines.map(
    ({ service, unit, units, dollars }) =>
      `${`$${dollars.toFixed(3)}`.padStart(7)}  ${service}: ${Math.round(units * 1000) / 1000} ${unit}`,
  );
  return [
    figure('9.1, state transitions', [counts.transitions], 'transitions', 'at most 60', 'step by step: 211'),
    figure(
      '1,000 such deals on AWS, without e-mail',
      [totalOf(lines)],
      '$',
      'under 2.10',
      `${bill.join('\n')}\nbeside it: ${sent} letters a deal $${totalOf(letters(sent * 1000)).toFixed(2)}; ` +
        `if every call were traced $${(totalOf(traced) - totalOf(lines)).toFixed(2)}; a call taken at ${secondsOfCall * 1000} ms`,
    ),
  ];
};

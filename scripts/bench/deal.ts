import { log, useLogSink } from '../../functions/shared/log.ts';
import { theTable, useTable } from '../../functions/shared/ports.ts';
import { synthesize } from '../../infra/synthesize.ts';
import { createClock } from '../../local/clock.ts';
import { startRuntime } from '../../local/runtime.ts';
import { seedPeople } from '../people.ts';
import { localDriver } from '../walkthroughs/local-driver.ts';
import { type Driver, local } from '../walkthroughs/scenario.ts';
import { type Walkthrough, walkthroughs } from '../walkthroughs/walkthroughs.ts';
import { billed } from './billed-table.ts';
import { type Counts, cost, letters, times, totalOf } from './cost.ts';
import { type Figure, figure } from './figure.ts';
import { floorOf, goodsFloor } from './floor.ts';

/** A laptop's time is not Lambda's: a warm call that talks to the table a few times takes about this long there. */
const secondsOfCall = 0.04;
/** A line of the API's access log. */
const bytesOfRequest = 400;
/** What CloudWatch bills with each line. */
const bytesOfLine = 26;

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

/** Our own name of a function, from its physical one. */
const nameOf = (physical: string): string => physical.replace(/^voronka-[a-z0-9]+-/, '');

export type Counted = {
  readonly counts: Counts;
  /** letters */
  readonly sent: number;
  /** calls of each function */
  readonly calls: Readonly<Record<string, number>>;
};

/**
 * Plays a walk-through and counts what AWS would bill for it, digests left aside.
 *
 * @param table - DynamoDB Local unless `memory` is said, which counts the same units
 */
export const countDeal = async ({ zone, begins, lines }: Walkthrough, table?: 'memory'): Promise<Counted> => {
  const synthesized = await synthesize({ bundle: false, nag: false });
  const templates = withoutSchedules(synthesized.templates as Template[]);
  const clock = createClock({ now: local(zone, begins) });
  const runtime = await startRuntime({ templates, clock, ...(table === undefined ? {} : { table }) });
  try {
    const counter = billed(theTable(), () => clock.now());
    useTable(counter);
    await seedPeople(counter);
    const seeded = { ...counter.billed };
    let logged = 0;
    useLogSink((line) => {
      logged += Buffer.byteLength(line) + bytesOfLine;
    });
    log.level = 'info';
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
    for (const { at, play } of lines(counting)) {
      await counting.advanceTo(local(zone, at));
      await play();
    }
    const memory = memoryOf(templates);
    const calls = [...runtime.invocations];
    const byName = Object.fromEntries(calls.map(([name, count]) => [nameOf(name), count]));
    const invocations = calls.reduce((sum, [, count]) => sum + count, 0);
    const runs = Object.keys(runtime.engine.transitions().machines).flatMap((stateMachineArn) =>
      runtime.engine.listExecutions({ stateMachineArn }),
    ).length;
    return {
      sent: (await runtime.mail.sent()).length,
      calls: byName,
      counts: {
        transitions: runtime.engine.transitions().total,
        invocations,
        gigabyteSeconds: calls.reduce(
          (sum, [name, count]) => sum + count * secondsOfCall * (memory.get(name) ?? 0.25),
          0,
        ),
        requests,
        writeUnits: counter.billed.writeUnits - seeded.writeUnits,
        readUnits: counter.billed.readUnits - seeded.readUnits,
        streamReads: 0, // free where a function is the reader
        events,
        schedules: 0,
        logGigabytes: (requests * (bytesOfRequest + bytesOfLine) + logged) / 2 ** 30,
        // Of a run and all its steps there is one. X-Ray samples what comes in numbers; of a quiet company it takes everything.
        // The two readers of the stream begin none.
        traces: invocations - (byName.step ?? 0) - (byName.workflow ?? 0) - (byName.reports ?? 0) + runs,
      },
    };
  } finally {
    log.level = process.env.LOG_LEVEL ?? 'silent';
    useLogSink();
    await runtime.stop();
  }
};

/** Every state and call of the walk-through against those it needs; `docs/cost.md` says which. */
const againstFloor = ({ counts, calls }: Counted): Figure[] => {
  const floor = floorOf(goodsFloor);
  const { step = 0, workflow = 0 } = calls;
  // A letter's way is told by SES twice, that it took it and that it arrived; the second would do.
  const needed = counts.invocations - step + floor.calls - (calls['mail-events'] ?? 0) / 2;
  const oneReader = needed - workflow;
  return [
    figure(
      '9.1, states against those it needs',
      [counts.transitions / floor.transitions],
      'x',
      'at most 1.3',
      `${counts.transitions} against ${floor.transitions}, stage by stage in docs/cost.md`,
    ),
    figure(
      '9.1, calls of Lambda against those it needs',
      [counts.invocations / needed],
      'x',
      'at most 1.3',
      `${counts.invocations} against ${needed}; of its runs ${step} against ${floor.calls}\n` +
        `if one function read the stream instead of two: ${oneReader}, ${(counts.invocations / oneReader).toFixed(2)}x\n` +
        Object.entries(calls)
          .sort(([, one], [, other]) => other - one)
          .map(([name, count]) => `${name} ${count}`)
          .join(', '),
    ),
  ];
};

/** What the deals of each company's walk-throughs cost, a line each, without e-mail and traces. */
const ofEach = async (): Promise<Figure[]> => {
  const figures: Figure[] = [];
  for (const [name, walkthrough] of Object.entries(walkthroughs)) {
    const { counts, sent } = await countDeal(walkthrough, 'memory');
    const lines = cost(times(counts, 1000)).filter(({ service }) => service !== 'X-Ray');
    figures.push(
      figure(
        `1,000 times ${name} on AWS, without e-mail and traces`,
        [totalOf(lines)],
        '$',
        'report',
        `${counts.transitions} transitions, ${counts.invocations} calls of Lambda, ${counts.requests} requests, ` +
          `${Math.round(counts.writeUnits)} write units, ${sent} letters`,
      ),
    );
  }
  return figures;
};

export const benchDeal = async (): Promise<Figure[]> => {
  const goods = walkthroughs['industrial/goods'];
  if (goods === undefined) throw new Error('no walk-through industrial/goods');
  const counted = await countDeal(goods);
  const { counts, sent } = counted;
  const lines = cost(times(counts, 1000)).filter(({ units }) => units > 0);
  const untraced = lines.filter(({ service }) => service !== 'X-Ray');
  const bill = lines.map(
    ({ service, unit, units, dollars }) =>
      `${`$${dollars.toFixed(3)}`.padStart(7)}  ${service}: ${Math.round(units * 1000) / 1000} ${unit}`,
  );
  return [
    figure('9.1, state transitions', [counts.transitions], 'transitions', 'at most 60', 'step by step: 211'),
    ...againstFloor(counted),
    figure('1,000 such deals on AWS, without e-mail and traces', [totalOf(untraced)], '$', 'under 2.10'),
    figure(
      '1,000 such deals on AWS, each call traced',
      [totalOf(lines)],
      '$',
      'report',
      `${bill.join('\n')}\nbeside it: ${sent} letters a deal $${totalOf(letters(sent * 1000)).toFixed(2)}; ` +
        `a call taken at ${secondsOfCall * 1000} ms`,
    ),
    ...(await ofEach()),
  ];
};

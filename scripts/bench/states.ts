import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import jsonata from 'jsonata';
import { createClock } from '../../local/clock.ts';
import { createEngine } from '../../local/states/engine.ts';
import type { Store } from '../../local/states/store.ts';
import { memoryStore } from '../../local/states/store-memory.ts';
import { sqliteStore } from '../../local/states/store-sqlite.ts';

/** One line of the report: a ratio of two sides measured in turn, its spread over the rounds, and the aim. */
export type Measurement = { name: string; ratio: number; spread: [least: number, most: number]; aim: string };

const ROUNDS = 5;
const NOW = '2026-01-05T08:00:00.000Z';

const median = (list: readonly number[]): number =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? Number.NaN;

const summary = (name: string, ratios: readonly number[], aim: string): Measurement => ({
  name,
  ratio: median(ratios),
  spread: [Math.min(...ratios), Math.max(...ratios)],
  aim,
});

/** Work done a second by one side of a round. */
type Side = () => Promise<number>;

const rate = async (count: number, work: () => Promise<void>): Promise<number> => {
  const from = performance.now();
  await work();
  return (count * 1000) / (performance.now() - from);
};

/** Both sides in turn, five rounds after a warm-up; the ratio is `ours / theirs`. */
const interleave = async (name: string, aim: string, ours: Side, theirs: Side): Promise<Measurement> => {
  await ours();
  await theirs();
  const ratios: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const [first, second] = round % 2 === 0 ? [ours, theirs] : [theirs, ours];
    const one = await first();
    const other = await second();
    ratios.push(round % 2 === 0 ? one / other : other / one);
  }
  return summary(name, ratios, aim);
};

/** Ten expressions of the kind that the compiler emits. */
const EMITTED = [
  '$states.input.deal.amount - $states.input.deal.paid',
  '$states.input.deal.paid < $states.input.deal.amount',
  "$states.input.deal.delivery != 'pickup' and $states.input.deal.paid > 0",
  "'deal ' & $states.input.deal.number & ' of ' & $states.input.owner",
  "$exists($states.input.deal.trackNumber) ? 'shipped' : 'waiting'",
  '$merge([$states.input.deal, {"rung": 1}])',
  '$states.input.timers.quote[$states.input.rung]',
  '{"deal": $states.input.deal.id, "to": $states.input.owner}',
  "$states.input.deal.stage = 'quote' or $states.input.deal.stage = 'contract'",
  '$states.input.rung + 1',
] as const;

/** The same count of expressions for which only the library knows the answer. */
const BEYOND_PLAIN = EMITTED.map((_, n) => `$join($map($states.input.timers.quote, $string)) & '${n}'`);

const INPUT = {
  deal: { id: 'd-1', number: 17, stage: 'quote', amount: 125_000, paid: 25_000, delivery: 'courier' },
  owner: 'ines',
  rung: 0,
  timers: { quote: [3600, 7200, 86_400] },
};

const passes = (expressions: readonly string[]) => {
  const states = expressions.map((text, n) => [
    `State ${n}`,
    {
      Type: 'Pass',
      Assign: { value: `{% ${text} %}` },
      ...(n + 1 < expressions.length ? { Next: `State ${n + 1}` } : { End: true }),
    },
  ]);
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'State 0', States: Object.fromEntries(states) });
};

const engineSide =
  (store: () => Store, expressions: readonly string[], executions: number): Side =>
  async () => {
    const kept = store();
    const engine = createEngine({
      clock: createClock({ now: NOW }),
      store: kept,
      services: async () => null,
    });
    const { stateMachineArn } = await engine.createStateMachine({
      name: 'ten',
      definition: passes(expressions),
    });
    const input = JSON.stringify(INPUT);
    const perSecond = await rate(executions * expressions.length, async () => {
      for (let n = 0; n < executions; n += 50) {
        await Promise.all(
          Array.from({ length: 50 }, () => engine.startExecution({ stateMachineArn, input })),
        );
      }
      await engine.idle();
    });
    const [last] = engine.listExecutions({ stateMachineArn });
    const history = last ? engine.getExecutionHistory(last.arn) : [];
    if (history.length !== 2 * expressions.length + 2)
      throw new Error(`the history has ${history.length} events`);
    engine.close();
    return perSecond;
  };

const librarySide = (expressions: readonly string[], rounds: number): Side => {
  const parsed = expressions.map((text) => jsonata(text));
  return () =>
    rate(rounds * expressions.length, async () => {
      for (let n = 0; n < rounds; n += 1) {
        for (const expression of parsed) await expression.evaluate(undefined, { states: { input: INPUT } });
      }
    });
};

/** The other interpreter on npm: JSONPath, one intrinsic function a state, no history. */
const otherSide = async (executions: number): Promise<Side> => {
  const { StateMachine } = await import('aws-local-stepfunctions');
  const states = EMITTED.map((_, n) => [
    `State ${n}`,
    {
      Type: 'Pass' as const,
      Parameters: { 'rung.$': 'States.MathAdd($.rung, 1)' },
      ...(n + 1 < EMITTED.length ? { Next: `State ${n + 1}` } : { End: true as const }),
    },
  ]);
  const machine = new StateMachine({ StartAt: 'State 0', States: Object.fromEntries(states) } as never);
  return () =>
    rate(executions * EMITTED.length, async () => {
      for (let n = 0; n < executions; n += 50) {
        await Promise.all(Array.from({ length: 50 }, () => machine.run(structuredClone(INPUT)).result));
      }
    });
};

const withFile = async <T>(use: (file: () => string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'voronka-states-'));
  let count = 0;
  try {
    return await use(() => {
      count += 1;
      return join(folder, `${count}.sqlite`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Bytes of heap that a parked wait adds; collect garbage first by running with `--expose-gc`. */
const parkedWaits = async (count: number): Promise<Measurement> => {
  const collect = (globalThis as { gc?: () => void }).gc ?? (() => undefined);
  const megabytes: number[] = [];
  // Kept to the end: an engine freed in a later round would be counted as memory won.
  const engines: { close(): void }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const engine = createEngine({
      clock: createClock({ now: NOW }),
      store: memoryStore(),
      services: async () => null,
    });
    const definition = JSON.stringify({
      QueryLanguage: 'JSONata',
      StartAt: 'Look',
      States: {
        Look: { Type: 'Pass', Assign: { rung: 0, owner: '{% $states.input.owner %}' }, Next: 'Wait' },
        Wait: { Type: 'Wait', Seconds: 864_000, End: true },
      },
    });
    const { stateMachineArn } = await engine.createStateMachine({ name: 'parked', definition });
    collect();
    const before = process.memoryUsage();
    for (let n = 0; n < count; n += 1)
      await engine.startExecution({ stateMachineArn, input: JSON.stringify(INPUT) });
    await engine.idle();
    collect();
    const after = process.memoryUsage();
    megabytes.push((after.heapUsed + after.external - before.heapUsed - before.external) / 2 ** 20);
    engines.push(engine);
  }
  for (const engine of engines) engine.close();
  return summary(`${count} parked waits, MB added`, megabytes, 'under 100');
};

/** Measures the states engine; each figure takes some seconds. */
export const benchStates = async (): Promise<Measurement[]> => {
  const library = librarySide(EMITTED, 2000);
  const other = await otherSide(500);
  const memory = engineSide(memoryStore, EMITTED, 3000);
  return [
    await interleave('states in memory / bare jsonata evaluations', 'at least 0.6', memory, library),
    await interleave('states in memory / aws-local-stepfunctions', 'at least 0.7, aim 1', memory, other),
    await interleave(
      'states in memory, expressions beyond the plain subset / bare jsonata',
      'report',
      engineSide(memoryStore, BEYOND_PLAIN, 500),
      librarySide(BEYOND_PLAIN, 1000),
    ),
    ...(await withFile(async (file) => {
      const durable = engineSide(() => sqliteStore(file()), EMITTED, 1000);
      return [
        await interleave('states durable / bare jsonata evaluations', 'at least 0.6', durable, library),
        await interleave('states durable / aws-local-stepfunctions', 'at least 0.7, aim 1', durable, other),
      ];
    })),
    await parkedWaits(5000),
  ];
};

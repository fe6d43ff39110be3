import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { handler as faults } from '../functions/workflow/faults.handler.ts';
import { restart as restartRun } from '../functions/workflow/restart.ts';
import { type World, world } from './world.ts';

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00' }); // a Monday
});
afterEach(() => w.stop());

const executionsOf = (deal: string) =>
  w.engine
    .listStateMachines()
    .flatMap(({ arn }) => w.engine.listExecutions({ stateMachineArn: arn }))
    .filter(({ name }) => name.startsWith(`${deal}-`));
/** Every execution of a deal as `name STATUS`. */
const runsOf = (deal: string) =>
  executionsOf(deal)
    .map(({ name, status }) => `${name} ${status}`)
    .sort();
const executionOf = (name: string) => {
  const found = executionsOf(name.split('-')[0] ?? '').find((one) => one.name === name);
  if (found === undefined) throw new Error(`no execution ${name}`);
  return found;
};
/** What a person does by "Stop execution" in the console. */
const stop = async (name: string) => {
  await w.engine.stopExecution({ executionArn: executionOf(name).arn });
  await w.clock.settle();
};
/** What a person does by "Redrive" in the console. */
const redrive = async (name: string) => {
  await w.engine.redriveExecution({ executionArn: executionOf(name).arn });
  await w.clock.settle();
};
/** What `npm run ops -- restart` asks for. */
const restart = async (asked: { deal: string; thread?: string; anew?: boolean }) => {
  const done = await faults({ restart: asked });
  await w.clock.settle();
  return done;
};
const ends = async (deal: string) => ({
  tasks: await w.tasks(deal).then((tasks) => tasks.map(({ step, status }) => `${step} ${status}`)),
  letters: await w.letters(deal),
  pavel: (await w.inbox('pavel')).map((line) => line.slice(17)),
});

/** A whole life of a deal on two stages, with something done to the first run while it waits. */
const life = async (meanwhile: (deal: string) => Promise<unknown>) => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await w.advanceTo('2026-02-02 15:00');
  await meanwhile(deal);
  await w.advanceTo('2026-02-04 09:00'); // past the first rungs
  await w.as('pavel').complete(deal, 'send-quote');
  await w.as('pavel').move(deal, 'lost', { lossReason: 'price' });
  await w.advanceTo('2026-03-02 09:00');
  return deal;
};

test('a run stopped by mistake and restarted goes on as if nothing had been', async () => {
  const plain = await ends(await life(async () => undefined));
  await w.stop();
  w = await world({ at: '2026-02-02 09:00' });

  const deal = await life(async (it) => {
    await stop(`${it}-1-invoice-quote`);
    expect(await restart({ deal: it })).toEqual({
      did: 'redriven',
      run: `${it}-1-invoice-quote`,
      because: `${it}-1-invoice-quote is ABORTED`,
    });
  });

  expect(await ends(deal)).toEqual(plain);
  expect(w.runs(deal)).toEqual([]); // the restarted run was stopped with its stage
});

test('redriven by the console the deal goes on too, its reminders at the times people were told', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  const before = await w.task(deal, 'send-quote');
  await w.advanceTo('2026-02-02 15:00');
  await stop(`${deal}-1-invoice-quote`);
  await redrive(`${deal}-1-invoice-quote`);

  expect(await w.open(deal)).toEqual([`send-quote pavel 2026-02-03 09:00`]);
  expect((await w.task(deal, 'send-quote')).id).toBe(before.id);
  await w.advanceTo('2026-02-03 08:59');
  expect((await w.task(deal, 'send-quote')).fired).toEqual([]);
  await w.advanceTo('2026-02-03 09:00');
  expect((await w.task(deal, 'send-quote')).fired).toEqual([0]);

  await w.as('pavel').complete(deal, 'send-quote');
  expect(await w.open(deal)).not.toContainEqual(expect.stringContaining('send-quote'));
  expect(runsOf(deal)).not.toContain(`${deal}-1-invoice-quote ABORTED`);
});

describe.each([
  ['the console', redrive],
  ['the command', (name: string) => restart({ deal: name.split('-')[0] ?? '' })],
])('a cycle that lay dead and is redriven by %s', (_, again) => {
  test.each([
    ['between two turns keeps its days', '02-17', '02-20', ['02-02', '02-16', '03-02', '03-16']],
    ['while a turn was due takes it late', '02-27', '03-05', ['02-02', '02-16', '03-05', '03-19']],
    ['over its first turn takes it late', '02-03', '02-17', ['02-02', '02-17', '03-03', '03-17']],
  ])('%s', async (__, from, to, expected) => {
    const ready = { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup', fullyReserved: true };
    const deal = await w.enter('picking', ready, { paid: 1 });
    await w.as('pavel').complete(deal, 'pick-order');
    await w.advanceTo(`2026-${from} 09:00`);

    await stop(`${deal}-1-picking`);
    await w.advanceTo(`2026-${to} 09:00`);
    await again(`${deal}-1-picking`);
    await w.advanceTo('2026-03-19 09:00');

    expect((await w.letters(deal)).map((line) => line.slice(5, 10))).toEqual(expected);
  });
});

test('a task closed while its run lay dead is found closed, and the run goes on from there', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await stop(`${deal}-1-invoice-quote`);
  await w.as('pavel').complete(deal, 'send-quote');
  expect(await w.open(deal)).toEqual([]);

  await restart({ deal });

  expect((await w.tasks(deal)).filter(({ step }) => step === 'send-quote')).toHaveLength(1);
  expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-05 09:00']);
  expect(runsOf(deal)).toContain(`${deal}-1-invoice-quote SUCCEEDED`);
});

test('a run started anew takes the open task over, tells nobody twice and ends with its stage', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await w.advanceTo('2026-02-03 09:30'); // the first rung has fired
  const told = await w.inbox('pavel');
  const before = await w.task(deal, 'send-quote');

  expect(await restart({ deal, anew: true })).toEqual({
    did: 'started',
    run: `${deal}-1-invoice-quote-r2`,
    because: `${deal}-1-invoice-quote is RUNNING and was asked for anew`,
  });

  expect(runsOf(deal)).toEqual([`${deal}-1-invoice-quote ABORTED`, `${deal}-1-invoice-quote-r2 RUNNING`]);
  expect((await w.task(deal, 'send-quote')).id).toBe(before.id);
  expect(await w.inbox('pavel')).toEqual(told);
  await w.as('pavel').move(deal, 'lost', { lossReason: 'price' });
  expect(w.runs(deal)).toEqual([]);
});

test('“New execution” of the console under the name with -r2 does the same, once', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await stop(`${deal}-1-invoice-quote`);
  const { machine, input, name } = executionOf(`${deal}-1-invoice-quote`);
  for (const _ of ['first', 'second click']) {
    await w.engine.startExecution({
      stateMachineArn: `${machine}:live`,
      name: `${name}-r2`,
      input: JSON.stringify(input),
    });
    await w.clock.settle();
  }

  expect(w.runs(deal)).toEqual([`${deal}-1-invoice-quote-r2`]);
  await w.as('pavel').complete(deal, 'send-quote');
  expect((await w.tasks(deal)).filter(({ step }) => step === 'send-quote')).toHaveLength(1);
  await w.as('pavel').move(deal, 'lost', { lossReason: 'price' });
  expect(w.runs(deal)).toEqual([]);
});

test('a thread is restarted by its name; one that has not begun is refused with those that have', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await w.as('pavel').change(deal, { quoteFeedbackDate: '2026-02-10T12:00:00+03:00' });
  const [thread = ''] = Object.keys((await w.card(deal)).deal.threads);
  const run = `${deal}-1-invoice-quote-${thread}-1`;
  await stop(run);

  expect(await restart({ deal, thread })).toMatchObject({ did: 'redriven', run });
  expect(w.runs(deal)).toContain(run);
  await expect(restartRun({ deal: deal as never, thread: 'nowhere' as never, anew: false })).rejects.toThrow(
    `thread "nowhere" has not begun on stage invoice-quote; those that have are main, ${thread}`,
  );
});

test('a run under way, and one that has done its work, is left alone', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  const before = runsOf(deal);

  expect(await restart({ deal })).toEqual({
    did: 'nothing',
    run: `${deal}-1-invoice-quote`,
    because: `${deal}-1-invoice-quote is RUNNING`,
  });
  expect(runsOf(deal)).toEqual(before);
});

test('what has lain for a fortnight is not taken up where it stood, and says so', async () => {
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  await stop(`${deal}-1-invoice-quote`);
  await w.clock.advance(15 * 86_400_000);

  expect((await restart({ deal }))?.because).toContain('14 days');
  expect(await restart({ deal, anew: true })).toMatchObject({
    did: 'started',
    run: `${deal}-1-invoice-quote-r2`,
  });
});

test('a run that never started is started under its own name', async () => {
  let lost = true;
  w.between.deliver = (batch) => (lost ? [] : [batch]);
  const deal = await w.enter('invoice-quote', { caseComplexity: 'simple' });
  lost = false;
  expect(runsOf(deal)).toEqual([]);

  await restart({ deal });

  expect(runsOf(deal)).toEqual([`${deal}-1-invoice-quote RUNNING`]);
  expect(await w.open(deal)).toEqual(['send-quote pavel 2026-02-03 09:00']);
});

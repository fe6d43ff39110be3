import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Write } from '../functions/shared/table/port.ts';
import type { StreamRecord } from '../functions/shared/table/records.ts';
import { send } from '../functions/testing/api.ts';
import { handler as step } from '../functions/workflow/step.handler.ts';
import { type World, world } from './world.ts';

let w: World;
beforeEach(async () => {
  w = await world({ at: '2026-02-02 09:00' });
});
afterEach(() => w.stop());

const simple = { caseComplexity: 'simple' };
const feedback = '2026-02-11T12:00:00+03:00';

/** A request in the middle of something: it does not wait for what follows. */
const meanwhile = async (method: string, path: string, body: unknown) => {
  const answer = await send('pavel', method, path, { body });
  expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status < 300)]);
};

/** Whether a write puts down the task of a step, in one state of it. */
const putsTask = (write: Write, of: string): boolean =>
  'put' in write && write.put.row === 'task' && write.put.step === of;

/** Does something once, before the first write that fits. */
const onceBefore = (fits: (write: Write) => boolean, act: () => Promise<void>) => {
  let isDone = false;
  w.between.beforeWrite = async (write) => {
    if (isDone || !fits(write)) return;
    isDone = true;
    await act();
  };
};

/** Holds the stream back. @returns what lets it go, in whatever order */
const hold = () => {
  const { deliver } = w.between;
  const held: StreamRecord[] = [];
  w.between.deliver = (batch) => {
    held.push(...batch);
    return [];
  };
  return async (order: (held: StreamRecord[]) => StreamRecord[][] = (all) => [all]) => {
    w.between.deliver = deliver;
    for (const batch of order(held)) await w.deliver(batch);
  };
};

describe('a task closed in the instant a rung fires', () => {
  test('closed first: the rung finds it closed, tells nobody and lets the run go on', async () => {
    const deal = await w.enter('invoice-quote', simple);
    await w.advanceTo('2026-02-03 08:59:59');
    const letGo = hold(); // the answer of the token comes too late
    await w.as('pavel').complete(deal, 'send-quote');

    await w.advanceTo('2026-02-03 09:00');
    await letGo();

    expect(await w.inbox('pavel')).toEqual([]);
    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-06 09:00']);
  });

  test('closed while the rung is being carried out: the run goes on', async () => {
    const deal = await w.enter('invoice-quote', simple);
    const { id } = await w.task(deal, 'send-quote');
    onceBefore(
      (write) => putsTask(write, 'send-quote'),
      () => meanwhile('POST', `/v1/tasks/${id}/complete`, {}),
    );

    await w.advanceTo('2026-02-03 09:00');

    expect(await w.inbox('pavel')).toEqual(['2026-02-03 09:00 quote-late']); // it was late, and closed after
    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-06 09:00']);
    expect(w.runs(deal)).toEqual([`${deal}-1-invoice-quote-feedback-1`]);
  });

  test('closed after: the new token lets the run go on', async () => {
    const deal = await w.enter('invoice-quote', simple);

    await w.advanceTo('2026-02-03 09:00');
    await w.as('pavel').complete(deal, 'send-quote');

    expect(await w.inbox('pavel')).toEqual(['2026-02-03 09:00 quote-late']);
    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-06 09:00']);
  });
});

describe('a deal that moves while its run works', () => {
  test('a task put down in that instant is taken back', async () => {
    onceBefore(
      (write) => putsTask(write, 'send-quote'),
      () => meanwhile('POST', '/v1/deals/d1/move', { to: 'contract' }),
    );

    const deal = await w.enter('invoice-quote', simple);

    expect(await w.stageOf(deal)).toBe('contract');
    expect(await w.endsOf(deal, 'send-quote')).toEqual(['stage left by the system']);
    expect(await w.open(deal)).toEqual(['send-contract pavel 2026-02-03 09:00']);
    expect(w.runs(deal)).toEqual([`${deal}-2-contract`]);
  });

  test('moved there and back before anything follows, it has the work of its last entry alone', async () => {
    const deal = await w.enter('express-identification', simple);
    const letGo = hold();
    await w.as('pavel').move(deal, 'invoice-quote');
    await w.as('pavel').move(deal, 'express-identification');
    await w.as('pavel').move(deal, 'invoice-quote');

    await letGo();

    expect(await w.open(deal)).toEqual(['send-quote pavel 2026-02-03 09:00']);
    expect(w.runs(deal)).toEqual([`${deal}-4-invoice-quote`]);
  });

  test('a stage entered again is a new run, and what is true already is passed over', async () => {
    const deal = await w.enter('picking', { dealTotal: 24_000_000 });
    await w.as('rita').pay(deal, 240_000);
    await w.as('pavel').complete(deal, 'pick-order');

    await w.as('pavel').move(deal, 'contract', { contractNeeded: 'yes' });
    await w.advanceTo('2026-02-03 09:00');
    await w.as('pavel').move(deal, 'picking');

    expect(await w.endsOf(deal, 'get-final-payment')).toEqual(['done by the system']);
    expect(await w.endsOf(deal, 'pick-order')).toEqual(['done by pavel', 'open']);
    expect(await w.open(deal)).toEqual(['pick-order pavel 2026-02-06 09:00']);
    expect(w.runs(deal)).toEqual([`${deal}-3-picking`]);
  });
});

describe('a thread that starts again', () => {
  test('while its predecessor opens a task, leaves one task and one run', async () => {
    const deal = await w.enter('invoice-quote', simple);
    onceBefore(
      (write) => putsTask(write, 'get-quote-feedback'),
      () => meanwhile('PATCH', `/v1/deals/${deal}`, { fields: { quoteFeedbackDate: feedback } }),
    );

    await w.as('pavel').complete(deal, 'send-quote');
    await w.clock.settle();

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-11 12:00']);
    expect(w.runs(deal)).toEqual([`${deal}-1-invoice-quote-feedback-2`]);
  });

  test('twice before anything follows, leaves the last', async () => {
    const deal = await w.enter('invoice-quote', simple);
    const letGo = hold();
    for (const day of ['10', '11', '12'])
      await w.as('pavel').change(deal, { quoteFeedbackDate: `2026-02-${day}T12:00:00+03:00` });

    await letGo();
    await w.as('pavel').complete(deal, 'send-quote');

    expect(await w.open(deal)).toEqual(['get-quote-feedback pavel 2026-02-12 12:00']);
    expect(w.runs(deal)).toEqual([`${deal}-1-invoice-quote-feedback-3`]);
  });
});

describe('a due date that moves', () => {
  const planned = { originalsPlannedDate: '2026-02-20' };
  const later = { fields: { originalsPlannedDate: '2026-02-27' } };

  test('in the instant its timer fires, before the rung looks, is told of at its new time', async () => {
    const deal = await w.enter('won', planned);
    await w.advanceTo('2026-02-20 08:59:59');
    let isDone = false;
    w.between.beforeStep = async () => {
      if (isDone) return;
      isDone = true;
      await meanwhile('PATCH', `/v1/deals/${deal}`, later);
    };

    await w.advanceTo('2026-02-27 08:59:59');
    expect(await w.inbox('pavel')).toEqual([]);
    await w.advanceTo('2026-02-27 09:00');
    expect(await w.inbox('pavel')).toEqual(['2026-02-27 09:00 originals-due']);
  });

  test('in the instant its timer fires, after the rung looked, is told of at both times', async () => {
    const deal = await w.enter('won', planned);
    onceBefore(
      (write) => putsTask(write, 'get-originals'),
      () => meanwhile('PATCH', `/v1/deals/${deal}`, later),
    );

    await w.advanceTo('2026-02-27 09:00');

    expect(await w.inbox('pavel')).toEqual([
      '2026-02-20 09:00 originals-due',
      '2026-02-27 09:00 originals-due',
    ]);
  });

  test('several times before anything follows, is told of at the last', async () => {
    const deal = await w.enter('won', planned);
    const letGo = hold();
    for (const day of ['25', '26', '27'])
      await w.as('pavel').change(deal, { originalsPlannedDate: `2026-02-${day}` });

    await letGo();
    await w.advanceTo('2026-03-31 09:00');

    expect(await w.inbox('pavel')).toEqual(['2026-02-27 09:00 originals-due']);
  });

  test('after its rung fired, is told of again', async () => {
    const deal = await w.enter('won', planned);
    await w.advanceTo('2026-02-21 09:00');

    await w.as('pavel').change(deal, { originalsPlannedDate: '2026-02-27' });
    await w.advanceTo('2026-03-31 09:00');

    expect(await w.inbox('pavel')).toEqual([
      '2026-02-20 09:00 originals-due',
      '2026-02-27 09:00 originals-due',
    ]);
  });
});

describe('a condition that comes true in the instant its work is put down', () => {
  const ready = { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup' };

  test('sends the first letter of a cycle', async () => {
    const deal = await w.enter('picking', ready, { paid: 1 });
    onceBefore(
      (write) => putsTask(write, 'ready-letters'),
      () => meanwhile('PATCH', `/v1/deals/${deal}`, { fields: { fullyReserved: true } }),
    );

    await w.as('pavel').complete(deal, 'pick-order');

    expect((await w.letters(deal)).map((line) => line.slice(0, 16))).toEqual(['2026-02-02 09:00']);
  });

  test('closes the task, and the run goes on', async () => {
    onceBefore(
      (write) => putsTask(write, 'fill-contract-feedback-date'),
      () => meanwhile('PATCH', '/v1/deals/d1', { fields: { contractFeedbackDate: feedback } }),
    );
    const deal = await w.enter('contract');

    await w.as('pavel').complete(deal, 'send-contract');

    expect(await w.endsOf(deal, 'fill-contract-feedback-date')).toEqual(['done by the system']);
    expect(w.runs(deal)).toEqual([expect.stringContaining('-contract-contract-feedback-')]);
  });
});

describe('a condition that turns', () => {
  test('in the instant a cycle takes its turn is written of once more', async () => {
    const ready = { dealTotal: 100, contact: 'anna', deliveryTerms: 'pickup', fullyReserved: true };
    const deal = await w.enter('picking', ready, { paid: 1 });
    await w.as('pavel').complete(deal, 'pick-order');
    const change = (fullyReserved: boolean) =>
      meanwhile('PATCH', `/v1/deals/${deal}`, { fields: { fullyReserved } });
    onceBefore(
      (write) => putsTask(write, 'ready-letters'),
      async () => {
        await change(false);
        await change(true);
      },
    );

    await w.advanceTo('2026-02-16 09:00:30');

    const letters = (await w.letters(deal)).map((line) => line.slice(0, 16));
    expect(letters).toEqual(['2026-02-02 09:00', '2026-02-16 09:00', '2026-02-16 09:00']);
    await w.advanceTo('2026-03-02 09:00:30');
    expect(await w.letters(deal)).toHaveLength(4);
  });
});

describe('two people at the same instant', () => {
  test('of two starts of one process one is refused', async () => {
    const deal = await w.enter('contract');

    const answers = await Promise.all(
      [1, 2].map(() =>
        send('pavel', 'POST', `/v1/deals/${deal}/processes`, { body: { pipeline: 'contract-approval' } }),
      ),
    );

    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect((await w.card(deal)).processes).toHaveLength(1);
  });

  test('a task closed twice is closed once, and its run goes on once', async () => {
    const deal = await w.enter('invoice-quote', simple);
    const { id } = await w.task(deal, 'send-quote');

    await Promise.all([1, 2].map(() => meanwhile('POST', `/v1/tasks/${id}/complete`, {})));
    await w.clock.settle();

    expect(await w.endsOf(deal, 'get-quote-feedback')).toEqual(['open']);
  });

  test('a task closed while its stage is left is over once, and nothing of the stage runs on', async () => {
    const deal = await w.enter('express-identification', { caseComplexity: 'simple', dealTotal: 100 });
    const pavel = w.as('pavel');

    const asked = await Promise.allSettled([
      pavel.complete(deal, 'express-identification'),
      pavel.move(deal, 'lost', { lossReason: 'price' }),
    ]);
    await w.clock.advance(7 * 86_400_000);

    expect(asked[1]?.status).toBe('fulfilled');
    expect(await w.stageOf(deal)).toBe('lost');
    expect(await w.endsOf(deal, 'express-identification')).toEqual([
      asked[0]?.status === 'fulfilled' ? 'done by pavel' : 'stage left by pavel',
    ]);
    expect(w.runs(deal)).toEqual([]);
    expect(await w.inbox('pavel')).toEqual([]);
  });

  test('of two moves to different stages the later one counts from where the first one led', async () => {
    const deal = await w.enter('contract');

    const answers = await Promise.all(
      ['picking', 'invoice-quote'].map((to) =>
        send('pavel', 'POST', `/v1/deals/${deal}/move`, { body: { to } }),
      ),
    );
    await w.clock.settle();

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    expect(w.runs(deal)).toEqual([`${deal}-2-${await w.stageOf(deal)}`]);
  });
});

/** A deal's way through six weeks, with most of what can happen on it. */
const wayOfADeal = async (advance: (local: string) => Promise<void>) => {
  const deal = await w.enter('express-identification', { ...simple, contact: 'anna', dealTotal: 24_000_000 });
  const pavel = w.as('pavel');
  await advance('2026-02-02 15:00');
  await pavel.move(deal, 'invoice-quote');
  await advance('2026-02-03 11:00');
  await pavel.complete(deal, 'send-quote');
  await advance('2026-02-04 11:00');
  await pavel.change(deal, { quoteFeedbackDate: '2026-02-05T12:00:00+03:00' });
  await advance('2026-02-05 15:00');
  await pavel.complete(deal, 'get-quote-feedback');
  await advance('2026-02-06 10:00');
  await pavel.complete(deal, 'update-feedback-date', { quoteFeedbackDate: '2026-02-06T12:00:00+03:00' });
  await advance('2026-02-06 13:00');
  await pavel.move(deal, 'contract', { contractNeeded: 'no', deliveryTerms: 'pickup' });
  await advance('2026-02-09 10:00');
  await w.as('rita').pay(deal, 240_000);
  await pavel.complete(deal, 'pick-order');
  await pavel.change(deal, { fullyReserved: true });
  await advance('2026-03-10 10:00');
  await pavel.change(deal, { deliveryTerms: 'carrier' });
  await pavel.move(deal, 'shipment');
  await pavel.complete(deal, 'arrange-shipment', { trackNumber: '77' });
  await pavel.complete(deal, 'confirm-delivery');
  await pavel.move(deal, 'wrap-up');
  await advance('2026-03-12 10:00');
  await pavel.complete(deal, 'get-scans');
  await pavel.complete(deal, 'fill-originals-date', { originalsPlannedDate: '2026-03-16' });
  await pavel.move(deal, 'won');
  await advance('2026-03-17 10:00');
  await pavel.complete(deal, 'get-originals', { hasOriginals: true });
  const card = await w.card(deal);
  return {
    stage: card.deal.stage,
    facts: card.deal.fields,
    tasks: (await w.tasks(deal)).map(({ id, status, outcome, due, closedAt }) => ({
      id,
      status,
      outcome,
      due,
      closedAt,
    })),
    inbox: await Promise.all(['pavel', 'semyon', 'nina'].map(w.inbox)),
    letters: await w.letters(deal),
    runs: w.runs(),
    badEnds: w.engine
      .listStateMachines()
      .flatMap(({ arn }) => w.engine.listExecutions({ stateMachineArn: arn, status: 'FAILED' }))
      .map(({ name }) => name),
  };
};

/** Rows in another order, each row's own changes in theirs. */
const byRowsBackwards = (batch: readonly StreamRecord[]): StreamRecord[] => {
  const rows = new Map<string, StreamRecord[]>();
  for (const record of batch) {
    const key = JSON.stringify(record.dynamodb.Keys);
    rows.set(key, [...(rows.get(key) ?? []), record]);
  }
  return [...rows.values()].reverse().flat();
};

describe('the same way of a deal', () => {
  let known: Awaited<ReturnType<typeof wayOfADeal>> | undefined;
  /** What undisturbed time and streams lead to; found once for all tests. */
  const straight = async () => {
    if (known !== undefined) return known;
    known = await wayOfADeal((local) => w.advanceTo(local));
    await w.stop();
    w = await world({ at: '2026-02-02 09:00' });
    return known;
  };

  test('ends well', async () => {
    const seen = await wayOfADeal((local) => w.advanceTo(local));

    expect([seen.stage, seen.runs, seen.badEnds]).toEqual(['won', [], []]);
    expect(seen.tasks.filter(({ status }) => status === 'open')).toEqual([]);
    expect(seen.letters).toHaveLength(4);
  });

  test('is the same with every batch of the stream delivered twice', async () => {
    const wanted = await straight();
    w.between.deliver = (batch) => [batch, batch];

    expect(await wayOfADeal((local) => w.advanceTo(local))).toEqual(wanted);
  });

  test('is the same with the batch before delivered again after each', async () => {
    const wanted = await straight();
    let last: readonly StreamRecord[] = [];
    w.between.deliver = (batch) => {
      const batches = [batch, last];
      last = batch;
      return batches;
    };

    expect(await wayOfADeal((local) => w.advanceTo(local))).toEqual(wanted);
  });

  test('is the same with rows of a batch in another order', async () => {
    const wanted = await straight();
    w.between.deliver = (batch) => [byRowsBackwards(batch)];

    expect(await wayOfADeal((local) => w.advanceTo(local))).toEqual(wanted);
  });

  test('is the same with each record in a batch of its own', async () => {
    const wanted = await straight();
    w.between.deliver = (batch) => batch.map((record) => [record]);

    expect(await wayOfADeal((local) => w.advanceTo(local))).toEqual(wanted);
  });

  test('is the same with every step called twice', async () => {
    const wanted = await straight();
    w.between.afterStep = async (payload) => void (await step(payload));

    expect(await wayOfADeal((local) => w.advanceTo(local))).toEqual(wanted);
  });

  test('is the same when time goes by the hour', async () => {
    const wanted = await straight();
    const byTheHour = async (local: string) => {
      const end = new Date(`${local.replace(' ', 'T')}:00+03:00`).getTime();
      while (w.clock.now().getTime() < end)
        await w.clock.advance(Math.min(3_600_000, end - w.clock.now().getTime()));
    };

    expect(await wayOfADeal(byTheHour)).toEqual(wanted);
  });
});

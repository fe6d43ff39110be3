import type { DealView } from '../../schemas/api/index.ts';
import { type Driver, type Line, moscow, NotSeen, personOn, see } from './scenario.ts';

/** Walk-through 9.1 of the industrial pack: goods for «Plant Demo-1», 240 000 roubles, seven weeks. */
export const industrialGoods = (driver: Driver): Line[] => {
  const pavel = personOn(driver, 'pavel');
  const semyon = personOn(driver, 'semyon');
  const nina = personOn(driver, 'nina');
  const galina = personOn(driver, 'galina');
  const rita = personOn(driver, 'rita');
  let deal = '';
  let approval = '';
  const total = 24_000_000;

  const refuseClose = async (on: string, step: string, fields?: Record<string, unknown>) =>
    pavel.refused('POST', `/v1/tasks/${(await pavel.task(on, step)).id}/complete`, fields ? { fields } : {});
  const pay = (amount: number) =>
    rita.ok('POST', `/v1/deals/${deal}/ledger`, {
      kind: 'payment',
      amount: { amount, currency: 'RUB' },
      account: 'bank',
    });
  const debt = async () => (await pavel.card(deal)).deal.facts.debt;
  const draft = async (name: string) => {
    const { put, headers, ref } = await pavel.ok<{
      put: string;
      headers: Record<string, string>;
      ref: unknown;
    }>('POST', `/v1/deals/${approval}/files`, {
      name,
      type: 'application/pdf',
      size: 8,
      field: 'contractDraft',
    });
    see('upload', await driver.put(put, headers, `${name}`.padEnd(8, '.').slice(0, 8)), 200);
    return ref;
  };
  const lettersTo = async (address: string) =>
    (await driver.letters()).filter(({ to }) => to.includes(address));
  const runs = async (of: string) => (await driver.openRuns()).filter((name) => name.startsWith(`${of}-`));

  const line = (at: string, event: string, play: () => Promise<string>): Line => ({ at, event, play });

  return [
    line('2026-02-02 09:15', 'request “12 bearings”', async () => {
      const company = await pavel.ok<{ id: string }>('POST', '/v1/companies', {
        name: 'Plant Demo-1',
        taxNumber: '7701000001',
      });
      const contact = await pavel.ok<{ id: string }>('POST', '/v1/contacts', {
        name: 'Anna Demo',
        email: 'anna@plant-demo-1.example',
        phone: '+79161234567',
        company: company.id,
      });
      const made = await pavel.ok<DealView>('POST', '/v1/deals', {
        pipeline: 'goods',
        title: '12 bearings',
        fields: { company: company.id, contact: contact.id, payerKind: 'legal' },
      });
      deal = made.id;
      see('stage', made.stage, 'unprocessed');
      see('number', /^G-\d+$/.test(made.number), true);
      see('responsible', made.responsible, undefined);
      return `deal ${made.number} in unprocessed`;
    }),
    line('2026-02-02 09:30', 'Pavel moves it to 02', async () => {
      const moved = await pavel.move(deal, 'express-identification');
      see('responsible', moved.responsible, 'pavel');
      see('head', moved.head, 'semyon');
      await driver.advanceTo(moscow('2026-02-02 09:30'));
      see('work', await pavel.work(deal), ['express-identification due Mon 02 Feb 14:30']);
      see('set by', (await pavel.task(deal, 'express-identification')).creator, 'semyon');
      see('runs', (await runs(deal)).length, 1);
      return 'responsible Pavel, head Semyon; one task due 14:30; timer running';
    }),
    line('2026-02-02 14:30', 'five hours are over', async () => {
      for (const person of [pavel, semyon, nina])
        see(`inbox of ${person.user}`, await person.inbox(deal), ['Mon 02 Feb 14:30 identification-late']);
      return '3 notifications: Pavel, Semyon, Nina';
    }),
    line('2026-02-02 15:00', 'task closed; complex, 240 000; moved to 03', async () => {
      await pavel.complete(deal, 'express-identification', { caseComplexity: 'complex', dealTotal: total });
      await pavel.move(deal, 'invoice-quote');
      await driver.advanceTo(moscow('2026-02-02 15:00'));
      see('work', await pavel.work(deal), ['send-quote due Thu 05 Feb 15:00']);
      return 'send-quote due Thu 05 Feb 15:00';
    }),
    line('2026-02-03 11:00', 'send-quote closed', async () => {
      await pavel.complete(deal, 'send-quote');
      await driver.advanceTo(moscow('2026-02-03 11:00'));
      see('work', await pavel.work(deal), ['get-quote-feedback due Fri 06 Feb 11:00']);
      await driver.advanceTo(moscow('2026-02-05 15:01'));
      see('inbox', await pavel.inbox(deal), ['Mon 02 Feb 14:30 identification-late']);
      return 'its timer cancelled; get-quote-feedback due Fri 06 Feb 11:00';
    }),
    line('2026-02-06 11:00', 'three days', async () => {
      see('inbox', (await pavel.inbox(deal)).at(-1), 'Fri 06 Feb 11:00 quote-feedback-late');
      return 'Pavel notified (3 days)';
    }),
    line('2026-02-06 15:00', 'feedback task closed, stage unchanged', async () => {
      await pavel.complete(deal, 'get-quote-feedback');
      await driver.advanceTo(moscow('2026-02-06 15:00'));
      see('work', await pavel.work(deal), []);
      return 'no task open';
    }),
    line('2026-02-07 03:00', '12 hours', async () => {
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['update-feedback-date'],
      );
      return 'update-feedback-date open';
    }),
    line(
      '2026-02-09 09:05',
      'Pavel closes it without a date',
      async () => `refused: ${await refuseClose(deal, 'update-feedback-date')}`,
    ),
    line('2026-02-09 09:10', 'date Wed 11 Feb 12:00', async () => {
      await pavel.change(deal, { quoteFeedbackDate: moscow('2026-02-11 12:00') });
      await driver.advanceTo(moscow('2026-02-09 09:10'));
      see('work', await pavel.work(deal), ['get-quote-feedback due Wed 11 Feb 12:00']);
      see(
        'title',
        (await pavel.task(deal, 'get-quote-feedback')).title.ru,
        'Получить обратную связь по КП/счету',
      );
      return 'update-feedback-date closed; one task «…по КП/счету» due Wed 12:00';
    }),
    line('2026-02-09 09:20', 'date changed to Wed 11 Feb 14:00', async () => {
      await pavel.change(deal, { quoteFeedbackDate: moscow('2026-02-11 14:00') });
      await driver.advanceTo(moscow('2026-02-09 09:20'));
      see('work', await pavel.work(deal), ['get-quote-feedback due Wed 11 Feb 14:00']);
      return 'still one open task, due 14:00';
    }),
    line('2026-02-11 13:30', 'task closed, moved to 04; contract needed, non-standard', async () => {
      await pavel.complete(deal, 'get-quote-feedback');
      await driver.advanceTo(moscow('2026-02-11 13:30'));
      await pavel.move(deal, 'contract', { contractNeeded: 'yes' });
      await driver.advanceTo(moscow('2026-02-11 13:30'));
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['send-contract'],
      );
      see(
        'runs',
        (await runs(deal)).map((name) => name.includes('-contract')),
        [true],
      );
      return 'send-contract open; 12-hour check cancelled';
    }),
    line(
      '2026-02-11 13:35',
      'Pavel starts IN-C, closes draft-contract without a file, then with draft-1',
      async () => {
        const process = await pavel.ok<DealView>('POST', `/v1/deals/${deal}/processes`, {
          pipeline: 'contract-approval',
        });
        approval = process.id;
        await pavel.refused('POST', `/v1/deals/${deal}/processes`, { pipeline: 'contract-approval' });
        await driver.advanceTo(moscow('2026-02-11 13:35'));
        const why = await refuseClose(approval, 'draft-contract');
        await pavel.complete(approval, 'draft-contract', { contractDraft: await draft('draft-1.pdf') });
        await driver.advanceTo(moscow('2026-02-11 13:35'));
        const assignments = await galina.ok<{ items: { step?: string; deal: string }[] }>(
          'GET',
          '/v1/tasks?kind=approval',
        );
        see(
          'assignments',
          assignments.items.map((one) => one.deal),
          [approval],
        );
        return `refused (${why}); then an assignment at Galina; a second start is refused`;
      },
    ),
    line('2026-02-11 15:00', 'Galina rejects without a comment, then “add penalty clause”', async () => {
      const task = (await galina.openTasks(approval)).find(({ kind }) => kind === 'approval');
      if (task === undefined) throw new NotSeen('no approval for Galina');
      const why = await galina.refused('POST', `/v1/tasks/${task.id}/decide`, { decision: 'rejected' });
      await galina.ok('POST', `/v1/tasks/${task.id}/decide`, {
        decision: 'rejected',
        comment: 'add penalty clause',
      });
      await driver.advanceTo(moscow('2026-02-11 15:00'));
      const fix = await pavel.task(approval, 'fix-contract');
      see('assignee', fix.assignee, 'pavel');
      see('text', fix.about?.includes('add penalty clause'), true);
      return `refused (${why}); then fix-contract for Pavel with the text`;
    }),
    line('2026-02-11 16:00', 'draft-2, closed', async () => {
      await pavel.complete(approval, 'fix-contract', { contractDraft: await draft('draft-2.pdf') });
      await driver.advanceTo(moscow('2026-02-11 16:00'));
      const round = (await galina.openTasks(approval)).find(({ kind }) => kind === 'approval');
      see('round', round?.attempt, 2);
      return 'round 2 at Galina';
    }),
    line('2026-02-11 16:30', 'Galina approves', async () => {
      const task = (await galina.openTasks(approval)).find(({ kind }) => kind === 'approval');
      await galina.ok('POST', `/v1/tasks/${task?.id}/decide`, { decision: 'approved' });
      await driver.advanceTo(moscow('2026-02-11 16:30'));
      see('inbox', (await pavel.inbox(approval)).length, 1);
      const card = await pavel.card(approval);
      see('process', card.deal.outcome, 'done');
      see('runs of the process', await runs(approval), []);
      see(
        'draft came back',
        (await pavel.card(deal)).deal.fields.contractDraft,
        card.deal.fields.contractDraft,
      );
      see(
        'send-contract still open',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['send-contract'],
      );
      return 'Pavel (initiator) notified, process ended';
    }),
    line('2026-02-11 17:00', 'send-contract closed, no date', async () => {
      await pavel.complete(deal, 'send-contract');
      await driver.advanceTo(moscow('2026-02-11 17:00'));
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['fill-contract-feedback-date'],
      );
      return `fill-contract-feedback-date; closing it empty refused: ${await refuseClose(deal, 'fill-contract-feedback-date')}`;
    }),
    line('2026-02-11 17:05', 'date Fri 13 Feb 12:00', async () => {
      await pavel.change(deal, { contractFeedbackDate: moscow('2026-02-13 12:00') });
      await driver.advanceTo(moscow('2026-02-11 17:05'));
      see('work', await pavel.work(deal), ['get-contract-feedback due Fri 13 Feb 12:00']);
      return 'get-contract-feedback due then';
    }),
    line('2026-02-13 12:00', 'date reached', async () => {
      see('inbox', (await pavel.inbox(deal)).at(-1), 'Fri 13 Feb 12:00 contract-feedback-due');
      return 'Pavel notified';
    }),
    line('2026-02-13 13:00', 'signed, task closed, moved to 05, terms pickup', async () => {
      await pavel.complete(deal, 'get-contract-feedback', { contractSignedAt: '2026-02-13' });
      await pavel.move(deal, 'picking', { deliveryTerms: 'pickup' });
      await driver.advanceTo(moscow('2026-02-13 13:00'));
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['get-final-payment'],
      );
      see('debt', await debt(), total);
      return 'get-final-payment; debt 240 000';
    }),
    line('2026-02-13 14:00', 'Pavel closes it', async () => {
      const why = await refuseClose(deal, 'get-final-payment');
      see('remainder shown', /240\s?000/.test(why), true);
      return `refused: ${why}`;
    }),
    line('2026-02-16 10:00', 'payment 100 000', async () => {
      await pay(10_000_000);
      await driver.advanceTo(moscow('2026-02-16 10:00'));
      see('debt', await debt(), 14_000_000);
      return `debt 140 000, close refused: ${await refuseClose(deal, 'get-final-payment')}`;
    }),
    line('2026-02-17 10:00', 'payment 140 000', async () => {
      await pay(14_000_000);
      await driver.advanceTo(moscow('2026-02-17 10:00'));
      see('debt', await debt(), 0);
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['pick-order'],
      );
      const closed = (await pavel.card(deal)).tasks.find(
        ({ step, status }) => step === 'get-final-payment' && status === 'done',
      );
      see('closed by the system', closed?.closedBy !== undefined && 'system' in closed.closedBy, true);
      return 'debt 0; payment task closed; pick-order open';
    }),
    line('2026-02-18 12:00', 'pick-order closed', async () => {
      await pavel.complete(deal, 'pick-order');
      await driver.advanceTo(moscow('2026-02-18 12:00'));
      see('letters', (await lettersTo('anna@')).length, 0);
      return 'nothing is sent before the goods are reserved';
    }),
    line('2026-02-18 12:30', 'fullyReserved on', async () => {
      await pavel.change(deal, { fullyReserved: true });
      await driver.advanceTo(moscow('2026-02-18 12:30'));
      const [letter, ...more] = await lettersTo('anna@');
      see('one letter', more.length, 0);
      return `email «${letter?.subject ?? ''}» at 12:30`;
    }),
    line('2026-03-04 12:30', '14 days', async () => {
      see('letters', (await lettersTo('anna@')).length, 2);
      return 'second email';
    }),
    line('2026-03-05 09:00', 'terms changed to carrier, moved to 06', async () => {
      await pavel.change(deal, { deliveryTerms: 'carrier' });
      await driver.advanceTo(moscow('2026-03-05 09:00'));
      await pavel.move(deal, 'shipment');
      await driver.advanceTo(moscow('2026-03-05 09:00'));
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['arrange-shipment'],
      );
      see('runs', (await runs(deal)).length, 1);
      return 'cycle stopped; paid, so arrange-shipment';
    }),
    line('2026-03-05 11:00', 'track 1234567890 from CDEK; task closed', async () => {
      await driver.command('cdek', { do: 'number', next: '1234567890' });
      await pavel.complete(deal, 'arrange-shipment', { deliveryPoint: 'SPB11' });
      // The carrier checks what it is given before it gives a number.
      await driver.advanceTo(moscow('2026-03-05 11:01'));
      see('track number', (await pavel.card(deal)).deal.fields.trackNumber, '1234567890');
      const letters = await lettersTo('anna@');
      see('letters', letters.length, 3);
      see('number in the letter', letters.at(-1)?.text.includes('1234567890'), true);
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['confirm-delivery'],
      );
      return 'client email with number; confirm-delivery';
    }),
    line('2026-03-09 10:00', 'confirmed, moved to 07', async () => {
      await driver.command('cdek', { do: 'status', order: '1234567890', code: 'DELIVERED' });
      await driver.advanceTo(moscow('2026-03-09 10:00'));
      see('work', await pavel.work(deal), []);
      await pavel.move(deal, 'wrap-up');
      await driver.advanceTo(moscow('2026-03-09 10:00'));
      see('work', await pavel.work(deal), ['get-scans due Tue 10 Mar 10:00']);
      return 'get-scans';
    }),
    line('2026-03-10 10:00', '1 day', async () => {
      see('inbox', (await pavel.inbox(deal)).at(-1), 'Tue 10 Mar 10:00 scans-late');
      return 'Pavel notified';
    }),
    line('2026-03-10 12:00', 'scans closed; date 20 Mar', async () => {
      await pavel.complete(deal, 'get-scans');
      await driver.advanceTo(moscow('2026-03-10 12:00'));
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step }) => step),
        ['fill-originals-date'],
      );
      const why = await refuseClose(deal, 'fill-originals-date');
      await pavel.complete(deal, 'fill-originals-date', { originalsPlannedDate: '2026-03-20' });
      return `fill-originals-date; closing without date refused: ${why}; date 20 Mar`;
    }),
    line('2026-03-10 12:30', 'moved to 08', async () => {
      await pavel.move(deal, 'won');
      await driver.advanceTo(moscow('2026-03-10 12:30'));
      see(
        'work',
        (await pavel.openTasks(deal)).map(({ step, due }) => [step, due?.slice(0, 10)]),
        [['get-originals', '2026-03-20']],
      );
      return 'get-originals due 20 Mar';
    }),
    line('2026-03-20 09:00', 'date reached', async () => {
      see('inbox', (await pavel.inbox(deal)).at(-1), 'Fri 20 Mar 09:00 originals-due');
      return 'Pavel notified';
    }),
    line('2026-03-23 10:00', 'hasOriginals on, closed', async () => {
      const why = await refuseClose(deal, 'get-originals');
      await pavel.complete(deal, 'get-originals', { hasOriginals: true });
      await driver.advanceTo(moscow('2026-03-23 10:00'));
      see('work', await pavel.work(deal), []);
      see('timers', await runs(deal), []);
      const { rows } = await semyon.ok<{ rows: Record<string, unknown>[] }>(
        'GET',
        '/v1/reports/payments?pipeline=goods',
      );
      const row = rows.find((one) => one.deal === deal || one.id === deal);
      see('report', [row?.expected, row?.received, row?.remaining], [total, total, 0]);
      return `before the tick refused (${why}); no open tasks, no timers; report: 240 000 / 240 000 / 0`;
    }),
  ];
};

import type { CardView, DealView } from '../../schemas/api/index.ts';
import { type Driver, type Line, moscow, personOn, see } from './scenario.ts';

/** Walk-through 9.2 of the industrial pack: vibration diagnostics for «Plant Demo-2», 90 000 roubles, five weeks; then an emergency. */
export const industrialServices = (driver: Driver): Line[] => {
  const pavel = personOn(driver, 'pavel');
  const semyon = personOn(driver, 'semyon');
  const rita = personOn(driver, 'rita');
  const artem = personOn(driver, 'artem');
  const total = 9_000_000;
  let client: { company: string; contact: string } = { company: '', contact: '' };
  let deal = '';
  let urgent = '';
  let approved = '';

  const request = (title: string) =>
    pavel.ok<DealView>('POST', '/v1/deals', {
      pipeline: 'services',
      title,
      fields: { ...client, payerKind: 'legal' },
    });
  const refuseClose = async (on: string, step: string) =>
    pavel.refused('POST', `/v1/tasks/${(await pavel.task(on, step)).id}/complete`, {});
  const steps = async (of: string) => (await pavel.openTasks(of)).map(({ step }) => step).sort();
  const runs = async (of: string) => (await driver.openRuns()).filter((name) => name.startsWith(`${of}-`));
  const debt = async () => (await pavel.card(deal)).deal.facts.debt;
  const told = async () => (await pavel.inbox(deal)).map((line) => line.split(' ').at(-1));
  const visitLetters = async (number: string) =>
    (await driver.letters()).filter(
      ({ to, subject }) => to.includes('artem@') && subject === `${number}: скоро выезд`,
    );
  const trip = async (purpose: string) => {
    const { id } = await artem.ok<DealView>('POST', `/v1/deals/${deal}/processes`, {
      pipeline: 'trip-approval',
    });
    await driver.advanceTo(now);
    await artem.complete(id, 'fill-trip-data', {
      traveller: 'artem',
      place: 'Plant Demo-2',
      from: '2026-02-05',
      to: '2026-02-07',
      purpose,
      amount: 1_500_000,
    });
    await driver.advanceTo(now);
    return id;
  };

  let now = '';
  /** lets everything happen that follows at once */
  const settle = () => driver.advanceTo(now);
  const line = (at: string, event: string, play: () => Promise<string>): Line => ({
    at,
    event,
    play: () => {
      now = moscow(at);
      return play();
    },
  });

  return [
    line('2026-02-02 10:00', 'Pavel takes a request for vibration diagnostics to 02', async () => {
      const company = await pavel.ok<{ id: string }>('POST', '/v1/companies', {
        name: 'Plant Demo-2',
        taxNumber: '7701000002',
      });
      const contact = await pavel.ok<{ id: string }>('POST', '/v1/contacts', {
        name: 'Oleg Demo',
        email: 'oleg@plant-demo-2.example',
        company: company.id,
      });
      client = { company: company.id, contact: contact.id };
      const made = await request('Vibration diagnostics');
      deal = made.id;
      see('number', /^S-\d+$/.test(made.number), true);
      const moved = await pavel.move(deal, 'primary-identification');
      await settle();
      see('responsible and head', [moved.responsible, moved.head], ['pavel', 'semyon']);
      see('work', await pavel.work(deal), ['express-identification due Mon 02 Feb 15:00']);
      return `deal ${made.number} of Pavel; one task due 15:00`;
    }),
    line('2026-02-02 12:00', 'task closed; 90 000; moved to 03', async () => {
      await pavel.complete(deal, 'express-identification', { serviceKinds: ['vibro-diagnostics'] });
      await settle();
      await pavel.change(deal, { dealTotal: total });
      await settle();
      await pavel.move(deal, 'invoice-quote');
      await settle();
      see('work', await pavel.work(deal), [
        'send-prep-sheet due Mon 02 Feb 14:00',
        'send-quote due Mon 02 Feb 14:00',
      ]);
      return 'two parallel tasks due 14:00';
    }),
    line('2026-02-02 13:00', 'send-quote closed', async () => {
      await pavel.complete(deal, 'send-quote');
      await settle();
      see('work', await pavel.work(deal), ['send-prep-sheet due Mon 02 Feb 14:00']);
      return 'the preparation sheet is still to be sent';
    }),
    line('2026-02-02 14:00', 'only send-quote is closed', async () => {
      see('inbox', await pavel.inbox(deal), ['Mon 02 Feb 14:00 prep-sheet-late']);
      return 'Pavel notified once';
    }),
    line('2026-02-02 14:20', 'send-prep-sheet closed, no date', async () => {
      await pavel.complete(deal, 'send-prep-sheet');
      await settle();
      see('work', await steps(deal), ['fill-quote-feedback-date']);
      return `fill-quote-feedback-date; closing it empty refused: ${await refuseClose(deal, 'fill-quote-feedback-date')}`;
    }),
    line('2026-02-02 14:25', 'date Tue 03 Feb 16:00', async () => {
      await pavel.change(deal, { quoteFeedbackDate: moscow('2026-02-03 16:00') });
      await settle();
      see('work', await pavel.work(deal), ['get-quote-feedback due Tue 03 Feb 16:00']);
      return 'exactly one feedback task';
    }),
    line('2026-02-03 15:00', 'one hour before', async () => {
      see('inbox', await pavel.inbox(deal), [
        'Mon 02 Feb 14:00 prep-sheet-late',
        'Tue 03 Feb 15:00 quote-feedback-soon',
      ]);
      see('inbox of the head', await semyon.inbox(deal), []);
      return 'Pavel notified; of the five hours nobody was';
    }),
    line('2026-02-03 16:10', 'agreed; no emergency; moved to 04, no contract needed', async () => {
      await pavel.complete(deal, 'get-quote-feedback');
      await settle();
      await pavel.move(deal, 'contract', { contractNeeded: 'no', emergency: false });
      await settle();
      see('stage', (await pavel.card(deal)).deal.stage, 'awaiting-visit');
      see('work', await pavel.work(deal), [
        'assign-executor due Wed 04 Feb 16:10',
        'fill-readiness-date due Wed 04 Feb 16:10',
        'get-readiness due Thu 05 Feb 16:10',
      ]);
      const why = await refuseClose(deal, 'assign-executor');
      return `at once in 05; get-readiness due Thu 05 Feb 16:10; two requests for data, not closed empty (${why})`;
    }),
    line('2026-02-03 16:15', 'readiness Fri 06 Feb 10:00, executor Artem', async () => {
      await pavel.change(deal, {
        plannedReadinessDate: moscow('2026-02-06 10:00'),
        workExecutor: 'artem',
      });
      await settle();
      see('work', await pavel.work(deal), ['get-readiness due Thu 05 Feb 16:10']);
      see('runs', (await runs(deal)).length, 2);
      return 'requests for data closed; the wait for Fri 08:00 is a run of its own';
    }),
    line(
      '2026-02-04 11:00',
      'Artem starts IN-T, fills it; Semyon refuses without a comment, then “use rail”',
      async () => {
        const asked = await trip('Diagnostics, by plane');
        const assignment = await semyon.task(asked, 'approve-trip');
        const path = `/v1/tasks/${assignment.id}/decide`;
        const why = await semyon.refused('POST', path, { decision: 'rejected' });
        await semyon.decide(asked, 'approve-trip', 'rejected', 'use rail');
        await settle();
        see('inbox of Artem', await artem.inbox(asked), ['Wed 04 Feb 11:00 trip-refused']);
        const { items } = await artem.ok<{ items: { deal?: string; body: string }[] }>('GET', '/v1/inbox');
        const line = items.find((one) => one.deal === asked);
        see('the reason is in it', line?.body.includes('use rail'), true);
        see('process', (await semyon.card(asked)).deal.outcome, 'lost');
        see('runs of the process', await runs(asked), []);
        return `refused (${why}); then Artem notified with the reason, process ended`;
      },
    ),
    line('2026-02-04 12:00', 'a new trip, approved', async () => {
      approved = await trip('Diagnostics, by rail');
      await semyon.decide(approved, 'approve-trip', 'approved');
      await settle();
      see('inbox of Artem', await artem.inbox(approved), ['Wed 04 Feb 12:00 trip-approved']);
      const cash = await rita.task(approved, 'issue-trip-cash');
      see('assignee and title', [cash.assignee, cash.title.ru], ['rita', 'Выдать ДС для командировки']);
      return 'Rita: «Выдать ДС для командировки»; Artem notified';
    }),
    line('2026-02-04 15:00', 'Rita hands out the money', async () => {
      await rita.complete(approved, 'issue-trip-cash');
      await settle();
      see('inbox of Artem', (await artem.inbox(approved)).at(-1), 'Wed 04 Feb 15:00 trip-cash-issued');
      see('runs of the process', await runs(approved), []);
      return 'Artem notified again';
    }),
    line('2026-02-06 08:00', 'readiness minus 2 hours', async () => {
      see('inbox of Artem', await artem.inbox(deal), ['Fri 06 Feb 08:00 readiness-soon']);
      const { number } = (await pavel.card(deal)).deal;
      const letters = await visitLetters(number);
      see('letters to Artem', letters.length, 1);
      return `Artem: in the app and a letter «${letters[0]?.subject ?? ''}»`;
    }),
    line('2026-02-06 09:30', 'moved to 06', async () => {
      await pavel.complete(deal, 'get-readiness');
      await settle();
      await pavel.move(deal, 'in-progress');
      await settle();
      see('work', await pavel.work(deal), ['send-invoice-prep due Fri 06 Feb 10:00']);
      return 'send-invoice-prep';
    }),
    line('2026-02-06 10:00', 'readiness date', async () => {
      see('inbox', (await pavel.inbox(deal)).at(-1), 'Fri 06 Feb 10:00 invoice-prep-due');
      return 'Pavel notified (task open)';
    }),
    line('2026-02-09 12:00', 'invoice sent, moved to 07', async () => {
      await pavel.complete(deal, 'send-invoice-prep');
      await settle();
      await pavel.move(deal, 'wrap-up');
      await settle();
      see('work', await pavel.work(deal), ['send-report due Thu 12 Feb 12:00']);
      return 'send-report';
    }),
    line('2026-02-10 12:00', 'report sent; date Thu 12 Feb 12:00', async () => {
      await pavel.complete(deal, 'send-report');
      await settle();
      see('work', await steps(deal), ['fill-report-feedback-date']);
      const why = await refuseClose(deal, 'fill-report-feedback-date');
      await pavel.complete(deal, 'fill-report-feedback-date', {
        reportFeedbackDate: moscow('2026-02-12 12:00'),
      });
      await settle();
      see('work', await pavel.work(deal), ['get-report-feedback due Thu 12 Feb 12:00']);
      return `get-report-feedback due then; without a date refused: ${why}`;
    }),
    line('2026-02-12 13:00', 'feedback closed, nothing paid', async () => {
      await pavel.complete(deal, 'get-report-feedback');
      await settle();
      see('work', await pavel.work(deal), [
        'get-final-payment due Tue 17 Feb 13:00',
        'send-originals due Sun 15 Feb 13:00',
      ]);
      see('debt', await debt(), total);
      const why = await refuseClose(deal, 'get-final-payment');
      return `get-final-payment (closing it refused: ${why}) and send-originals open`;
    }),
    line('2026-02-17 13:00', '5 days', async () => {
      see('inbox', (await pavel.inbox(deal)).at(-1), 'Tue 17 Feb 13:00 payment-missing');
      return 'Pavel notified';
    }),
    line('2026-02-22 13:00', '10 days', async () => {
      see('inbox', (await pavel.inbox(deal)).slice(-2), [
        'Tue 17 Feb 13:00 payment-missing',
        'Sun 22 Feb 13:00 payment-missing',
      ]);
      return 'Pavel notified again';
    }),
    line('2026-02-24 10:00', '90 000 received', async () => {
      await rita.ok('POST', `/v1/deals/${deal}/ledger`, {
        kind: 'payment',
        amount: { amount: total, currency: 'RUB' },
        account: 'bank',
      });
      await settle();
      see('debt', await debt(), 0);
      see('work', await steps(deal), ['send-originals']);
      const { tasks } = await pavel.ok<CardView>('GET', `/v1/deals/${deal}`);
      const waiting = tasks.filter(({ status, kind }) => status === 'open' && kind === 'watch');
      see('cycles', waiting, []);
      return 'payment task closed, cycle ended, debt 0';
    }),
    line('2026-02-24 11:00', 'send-originals closed, moved to 08', async () => {
      await pavel.complete(deal, 'send-originals');
      await settle();
      await pavel.move(deal, 'won');
      await settle();
      see('work', await pavel.work(deal), ['get-originals due Thu 26 Mar 11:00']);
      see('sent', (await pavel.card(deal)).deal.fields.originalsSentAt, '2026-02-24');
      return 'get-originals';
    }),
    line('2026-03-10 12:00', 'originals on, closed', async () => {
      const why = await refuseClose(deal, 'get-originals');
      await pavel.complete(deal, 'get-originals', { hasOriginals: true });
      await settle();
      see('work', await pavel.work(deal), []);
      see('timers', await runs(deal), []);
      see('everything Pavel was told', await told(), [
        'prep-sheet-late',
        'quote-feedback-soon',
        'invoice-prep-due',
        'payment-missing',
        'payment-missing',
      ]);
      return `before the tick refused (${why}); nothing open`;
    }),

    line('2026-03-10 13:00', 'an emergency comes to 05', async () => {
      urgent = (await request('Bearing on fire')).id;
      await pavel.move(urgent, 'primary-identification');
      await settle();
      await pavel.move(urgent, 'invoice-quote');
      await settle();
      await pavel.move(urgent, 'contract', {
        contractNeeded: 'no',
        emergency: true,
        workExecutor: 'artem',
        plannedReadinessDate: moscow('2026-03-10 20:00'),
      });
      await settle();
      see('work', await pavel.work(urgent), ['get-readiness due Tue 10 Mar 17:00']);
      return 'get-readiness due 4 hours later; nothing to ask for';
    }),
    line('2026-03-10 18:00', 'readiness minus 2 hours, moved to 06', async () => {
      see('inbox of Artem', await artem.inbox(urgent), ['Tue 10 Mar 18:00 readiness-soon']);
      await pavel.move(urgent, 'in-progress');
      await settle();
      see('work', await pavel.work(urgent), ['send-invoice-prep due Wed 11 Mar 18:00']);
      return 'Artem notified; send-invoice-prep';
    }),
    line('2026-03-11 18:00', '24 hours', async () => {
      see('inbox', await pavel.inbox(urgent), ['Wed 11 Mar 18:00 invoice-prep-due']);
      return 'Pavel notified, and not at the readiness date';
    }),
  ];
};

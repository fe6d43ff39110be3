import type { CardView, DealView } from '../../schemas/api/index.ts';
import type { FileRef } from '../../schemas/deal.ts';
import { type Driver, type Line, local, NotSeen, type Person, personOn, see } from './scenario.ts';

const zone = 'Europe/Kyiv';
const result = { capacityKw: 112, outdoorUnits: 4, indoorUnits: 32, areaM2: 2400, floors: 5 };

type Recorded = { deal: DealView };
type Desk = { items: { number: string; person?: string }[] };
type Board = { columns: { stage: string; deals: DealView[] }[] };

/** Walk-through of the climate pack: the climate system of “Business centre North”, 48 600 dollars, sixteen weeks. */
export const climateSystem = (driver: Driver): Line[] => {
  const person = (id: string): Person => personOn(driver, id, zone);
  const [olha, taras, ihor, danylo] = [person('olha'), person('taras'), person('ihor'), person('danylo')];
  const [lesia, nina, yurii, bohdan, vira] = [
    person('lesia'),
    person('nina-k'),
    person('yurii'),
    person('bohdan'),
    person('vira'),
  ];
  let contact = '';
  let deal = '';
  let calculation = '';
  let recalculation = '';
  let quote: FileRef | undefined;

  let now = '';
  const line = (at: string, event: string, play: () => Promise<string>): Line => ({
    at,
    event,
    play: () => {
      now = at;
      return play();
    },
  });
  /** lets all that follows at this moment happen */
  const settle = () => driver.advanceTo(local(zone, now));
  /** announces a file, puts it up and answers what the field is to hold */
  const file = async (who: Person, of: string, field: string, name: string): Promise<FileRef> => {
    const { put, headers, ref } = await who.ok<{
      put: string;
      headers: Record<string, string>;
      ref: FileRef;
    }>('POST', `/v1/deals/${of}/files`, { name, type: 'application/pdf', size: 8, field });
    see(`upload of ${name}`, await driver.put(put, headers, name.padEnd(8, '.').slice(0, 8)), 200);
    return ref;
  };
  const stageOf = async (of: string): Promise<string> => (await vira.card(of)).deal.stage;
  const factsOf = async (of: string, ...names: string[]): Promise<unknown[]> => {
    const { facts } = (await vira.card(of)).deal;
    return names.map((name) => facts[name]);
  };
  /** texts a person was told of a deal since the last look at their inbox */
  const seen = new Map<string, number>();
  const news = async (who: Person, of = deal): Promise<string[]> => {
    await settle();
    const all = (await who.inbox(of)).map((told) => told.split(' ').at(-1) ?? '');
    const known = seen.get(`${who.user} ${of}`) ?? 0;
    seen.set(`${who.user} ${of}`, all.length);
    return all.slice(known).sort();
  };
  const running = async (): Promise<string> => {
    await settle();
    const { processes } = await olha.ok<CardView>('GET', `/v1/deals/${deal}`);
    const open = processes.filter(({ outcome }) => outcome === undefined);
    see('calculations under way', open.length, 1);
    return open[0]?.deal ?? '';
  };
  const desk = (who: Person, id: string, query = '') => who.ok<Desk>('GET', `/v1/desks/${id}${query}`);
  const income = (hryvnias: number) =>
    nina.ok<Recorded>('POST', `/v1/deals/${deal}/ledger`, {
      kind: 'payment',
      amount: { amount: hryvnias * 100, currency: 'UAH' },
      rate: '41.50',
    });
  const ship = (dollars: number) =>
    lesia.ok<Recorded>('POST', `/v1/deals/${deal}/ledger`, {
      kind: 'shipment',
      amount: { amount: dollars * 100, currency: 'USD' },
    });
  const money = () => factsOf(deal, 'receivedUah', 'receivedUsd', 'shippedUsd');

  return [
    line(
      '2026-02-02 10:00',
      'Olha creates “Business centre North” without a brand, then with Brand A',
      async () => {
        const company = await olha.ok<{ id: string }>('POST', '/v1/companies', {
          name: 'Demo Development LLC',
          extra: { kind: ['client'] },
        });
        const maksym = await olha.ok<{ id: string }>('POST', '/v1/contacts', {
          name: 'Maksym',
          email: 'maksym@client.example',
          company: company.id,
          extra: { position: 'director' },
        });
        contact = maksym.id;
        const words = {
          pipeline: 'climate-sales',
          title: 'Business centre North',
          responsible: 'olha',
          fields: {
            dealType: 'supply',
            siteName: 'Business centre North',
            address: '12 Test Street',
            company: company.id,
            contact,
          },
        };
        const why = await olha.refused('POST', '/v1/deals', words);
        see('what is missing', why, 'Заполните поле «Бренд»');
        const made = await olha.ok<DealView>('POST', '/v1/deals', {
          ...words,
          fields: { ...words.fields, brand: 'brand-a' },
        });
        deal = made.id;
        see('stage', made.stage, 'new-request');
        see('number', /^CL-\d+$/.test(made.number), true);
        see('address', made.fields.address, {
          text: '12 Test Street',
          lat: 50.4545,
          lng: 30.5278,
          place: 'test-12',
        });
        return `refused (${why}); then ${made.number} in new-request, with coordinates`;
      },
    ),
    line('2026-02-02 10:10', 'Olha moves it to selection-needed', async () => {
      await olha.move(deal, 'selection-needed');
      calculation = await running();
      const made = (await danylo.card(calculation)).deal;
      see('calculation', [made.stage, made.responsible], ['new', 'danylo']);
      see(
        'copied',
        [made.fields.dealType, made.fields.siteName, made.fields.brand],
        ['supply', 'Business centre North', 'brand-a'],
      );
      see('Danylo', await news(danylo, calculation), ['climate-calculation-new']);
      see('offered to Olha', (await olha.card(deal)).deal.moves, ['new-request', 'on-hold', 'refused']);
      return 'calculation «Новая» with Danylo, who is told; Olha may only go back, on hold, or refuse';
    }),
    line('2026-02-02 10:40', 'Danylo assigns Ihor and ticks the check', async () => {
      await danylo.change(calculation, { checkRequired: true });
      await danylo.ok('POST', `/v1/deals/${calculation}/assign`, { responsible: 'ihor' });
      see('Ihor', await news(ihor, calculation), ['climate-calculation-yours']);
      const { items } = await desk(danylo, 'climate-selection');
      see(
        'planner',
        items.map((item) => item.person),
        ['ihor'],
      );
      return 'Ihor notified; the planner shows it under Ihor';
    }),
    line('2026-02-02 11:00', 'Ihor sets «В работе»', async () => {
      await ihor.move(calculation, 'in-progress');
      see('status', await stageOf(calculation), 'in-progress');
      return 'in progress';
    }),
    line('2026-02-04 10:10', 'two working days', async () => {
      see('Ihor', await news(ihor, calculation), ['climate-calculation-slow']);
      return 'one notification to Ihor';
    }),
    line('2026-02-05 10:10', 'third working day', async () => {
      see('Ihor', await news(ihor, calculation), ['climate-calculation-late']);
      see('Danylo', await news(danylo, calculation), ['climate-calculation-late']);
      see('mark', (await ihor.task(calculation, 'calculate')).mark, 'red');
      return 'Ihor and Danylo notified; red';
    }),
    line('2026-02-06 10:10', 'fourth working day', async () => {
      await settle();
      see('planner', (await desk(danylo, 'climate-deadline')).items.length, 1);
      return 'in the planner «Дедлайн»';
    }),
    line('2026-02-06 14:50', 'Ihor sets «Выполнено» without floors', async () => {
      const { floors: _, ...gaps } = result;
      const why = await ihor.refused('POST', `/v1/deals/${calculation}/move`, { to: 'done', fields: gaps });
      see('status', await stageOf(calculation), 'in-progress');
      return `refused: ${why}`;
    }),
    line('2026-02-06 15:00', 'Ihor fills all, attaches quote-v1.pdf, sets «Выполнено»', async () => {
      quote = await file(ihor, calculation, 'quoteFiles', 'quote-v1.pdf');
      await ihor.move(calculation, 'done', {
        ...result,
        quoteFiles: [quote],
        quoteComment: 'VRF, three contours',
      });
      see('Danylo', await news(danylo, calculation), ['climate-calculation-check']);
      see('planner', (await desk(danylo, 'climate-deadline')).items, []);
      see('deal', await stageOf(deal), 'selection-needed');
      return 'Danylo: check the work; the ladder has stopped; the deal stays';
    }),
    line('2026-02-06 15:30', 'Danylo accepts', async () => {
      await danylo.decide(calculation, 'check-calculation', 'approved');
      see('Olha', await news(olha), ['climate-quote-ready']);
      see('status', await stageOf(calculation), 'completed');
      see('deal', await stageOf(deal), 'send-quote');
      see('figures', await factsOf(deal, ...Object.keys(result)), Object.values(result));
      const { fields } = (await olha.card(deal)).deal;
      see('comment', fields.quoteComment, 'VRF, three contours');
      see('quote', Array.isArray(fields.quoteFiles) && fields.quoteFiles.length, 1);
      return '«Завершено»; file, comment and five figures on the deal; deal in send-quote; Olha notified';
    }),
    line('2026-02-06 16:00', 'Olha e-mails quote-v1.pdf from the deal', async () => {
      await olha.ok('POST', `/v1/deals/${deal}/letters`, { text: 'quote', file: quote?.id });
      await settle();
      const [sent] = await olha.messages(deal);
      see('message', [sent?.to, sent?.attachments?.[0]?.name], ['maksym@client.example', 'quote-v1.pdf']);
      see('deal', await stageOf(deal), 'client-deciding');
      return 'the letter is on the deal; deal in client-deciding';
    }),
    line('2026-02-09 11:00', 'Olha moves to reselection: “fewer outdoor units”', async () => {
      await olha.move(deal, 'reselection', { reselectionReason: 'fewer outdoor units' });
      recalculation = await running();
      const { responsible, fields } = (await danylo.card(recalculation)).deal;
      see(
        'calculation',
        [fields.category, responsible, fields.previousAssignee, fields.reselectionReason],
        ['reselection', 'ihor', 'ihor', 'fewer outdoor units'],
      );
      see(
        'figures',
        [fields.indoorUnits, fields.areaM2, fields.floors, fields.capacityKw, fields.outdoorUnits],
        [32, 2400, 5, undefined, undefined],
      );
      return '«Переподбор» with Ihor, as before; capacity and outdoor units empty';
    }),
    line('2026-02-10 12:00', 'Ihor: capacity 108, outdoor 3, quote-v2.pdf, «Выполнено»', async () => {
      await ihor.move(recalculation, 'in-progress');
      const second = await file(ihor, recalculation, 'quoteFiles', 'quote-v2.pdf');
      await ihor.move(recalculation, 'done', { capacityKw: 108, outdoorUnits: 3, quoteFiles: [second] });
      await settle();
      see('status', await stageOf(recalculation), 'completed');
      see('deal', await stageOf(deal), 'send-quote');
      see(
        'ladder',
        (await ihor.inbox(recalculation)).filter((told) => /slow|late/.test(told)),
        [],
      );
      return 'at once «Завершено»; deal in send-quote; no message of the ladder';
    }),
    line('2026-02-10 12:30', 'Olha sends it from the contact’s card', async () => {
      const answer = await olha.ok<{ deal: string }>('POST', `/v1/contacts/${contact}/letters`, {
        text: 'quote',
      });
      see('about', answer.deal, deal);
      await settle();
      see('deal', await stageOf(deal), 'client-deciding');
      const { items } = await olha.ok<{ items: unknown[] }>('GET', `/v1/contacts/${contact}/letters`);
      see('letters of the contact', items.length, 2);
      see('file', (await olha.messages(deal))[0]?.attachments?.[0]?.name, 'quote-v2.pdf');
      return 'deal in client-deciding';
    }),
    line('2026-02-10 12:35', 'Olha freezes it without a date, then until 11 May', async () => {
      const why = await olha.refused('POST', `/v1/deals/${deal}/move`, { to: 'on-hold' });
      await olha.move(deal, 'on-hold', { unfreezeOn: '2026-05-11' });
      const { columns } = await olha.ok<Board>('GET', '/v1/boards/climate-sales');
      see(
        'on the board',
        columns.flatMap(({ deals }) => deals).some(({ id }) => id === deal),
        false,
      );
      await news(olha);
      return `refused (${why}); then on hold and gone from the board`;
    }),
    line('2026-05-11 09:00', 'the thaw', async () => {
      see('Olha', await news(olha), ['thawed']);
      see('deal', await stageOf(deal), 'client-deciding');
      see('work', await olha.work(deal), ['contact-client due Mon 11 May 18:00']);
      return 'client-deciding; Olha notified; contact-client due 18:00';
    }),
    line('2026-05-12 10:00', 'Olha moves to deal-closing', async () => {
      await olha.move(deal, 'deal-closing');
      see('Lesia', await news(lesia), ['deal-closing']);
      see('watchers', (await vira.card(deal)).deal.watchers, ['lesia']);
      return 'Lesia notified, and auditor';
    }),
    line('2026-05-13 11:00', 'Yurii ticks the contract without a file, then with contract.pdf', async () => {
      const why = await yurii.refused('PATCH', `/v1/deals/${deal}`, { fields: { contractState: 'ready' } });
      const contractFile = await file(yurii, deal, 'contractFile', 'contract.pdf');
      await yurii.change(deal, { contractState: 'ready', contractFile });
      return `refused (${why}); then recorded`;
    }),
    line('2026-05-14 10:00', 'Olha moves to awaiting-shipment', async () => {
      await olha.move(deal, 'awaiting-shipment');
      for (const who of [lesia, olha]) {
        see(who.user, await news(who), ['not-ready-to-ship']);
        const { items } = await who.ok<{ items: { text: string; body: string }[] }>('GET', '/v1/inbox');
        const body = items.find(({ text }) => text === 'not-ready-to-ship')?.body ?? '';
        if (!body.includes('«Сумма сделки $»') || !body.includes('«Номер заказа в 1С»'))
          throw new NotSeen(`${who.user} reads ${body}`);
      }
      see('deal', await stageOf(deal), 'deal-closing');
      return 'back in deal-closing; Lesia and Olha told that total and order number are missing';
    }),
    line('2026-05-14 14:00', 'Nina adds 1 000 000 UAH at 41.50 and the day of payment', async () => {
      await income(1_000_000);
      await nina.change(deal, { paymentReceivedAt: '2026-05-14' });
      see('totals', await money(), [100_000_000, 2_409_639, 0]);
      see('Olha', await news(olha), ['payment-arrived', 'payment-dated']);
      see('Lesia', await news(lesia), ['order-goods', 'payment-arrived']);
      return '1 000 000.00 UAH, 24 096.39 $; Olha and Lesia notified, Lesia to order the goods';
    }),
    line('2026-05-14 15:00', 'Lesia enters order 000123, total 48 600, and moves it on', async () => {
      await lesia.move(deal, 'awaiting-shipment', { order1cNumber: '000123', dealTotalUsd: 4_860_000 });
      await settle();
      see('deal', await stageOf(deal), 'awaiting-shipment');
      see(
        'side by side',
        await factsOf(deal, 'dealTotalUsd', 'receivedUsd', 'shippedUsd'),
        [4_860_000, 2_409_639, 0],
      );
      return '48 600 / 24 096.39 / 0';
    }),
    line('2026-05-20 11:00', 'shipment 20 000', async () => {
      await ship(20_000);
      see('Olha', await news(olha), ['part-shipped']);
      return 'Olha notified; no serial alert';
    }),
    line('2026-05-22 11:00', 'shipment 10 000', async () => {
      await ship(10_000);
      see('Olha', await news(olha), ['part-shipped', 'serials-wanted']);
      see('Lesia', await news(lesia), ['serials-wanted']);
      see('Nina', await news(nina), ['serials-wanted']);
      return 'Olha notified; 30 000 of 24 096.39: serial alert to Lesia, Nina, Olha';
    }),
    line('2026-05-25 10:00', 'income 1 016 900 UAH at 41.50', async () => {
      await income(1_016_900);
      see('totals', await money(), [201_690_000, 4_860_000, 3_000_000]);
      for (const who of [olha, lesia]) see(who.user, await news(who), ['payment-arrived']);
      return '2 016 900.00 UAH, 48 600.00 $; Olha and Lesia notified';
    }),
    line('2026-05-25 10:30', 'Lesia tries completed-success', async () => {
      const why = await lesia.refused('POST', `/v1/deals/${deal}/move`, { to: 'completed-success' });
      see('why', why.includes('18 600,00 $'), true);
      return `refused: ${why}`;
    }),
    line('2026-05-27 11:00', 'shipment 18 600', async () => {
      await ship(18_600);
      see('Olha', await news(olha), ['part-shipped', 'serials-wanted']);
      see('Lesia', await news(lesia), ['serials-wanted']);
      see('Nina', await news(nina), ['serials-wanted']);
      return 'Olha notified; the serial alert again, since it became true again';
    }),
    line('2026-05-27 16:00', 'Lesia moves to completed-success', async () => {
      await lesia.move(deal, 'completed-success');
      see('Lesia', await news(lesia), ['serials-missing']);
      see('Taras', await news(taras), ['serials-missing']);
      const { accruals } = await nina.card(deal);
      see(
        'bonus',
        accruals.map(({ employee, amount, state }) => [employee, amount.amount, state]),
        [['olha', 48_600, 'accrued']],
      );
      return 'bonus of Olha 486.00 accrued; serial document → Lesia, Taras';
    }),
    line('2026-05-28 10:00', 'Olha moves to archive', async () => {
      await olha.move(deal, 'archive');
      see('Olha', await news(olha), ['warranty-missing']);
      see('Taras', await news(taras), ['serials-missing', 'warranty-missing']);
      see('Bohdan', await news(bohdan), ['warranty-missing']);
      see('Lesia', await news(lesia), ['serials-missing']);
      see('deal', await stageOf(deal), 'completed-success');
      return 'back in completed-success; warranty → Olha, Taras, Bohdan; serials → Lesia, Taras';
    }),
    line(
      '2026-05-28 12:00',
      'serials.pdf, warranty from 27 May for 36 months, bonus paid; archive',
      async () => {
        const serialNumbersFile = await file(lesia, deal, 'serialNumbersFile', 'serials.pdf');
        await lesia.change(deal, { serialNumbersFile, warrantyStart: '2026-05-27', warrantyMonths: 36 });
        const [bonus] = (await nina.card(deal)).accruals;
        await nina.ok('POST', `/v1/deals/${deal}/accruals/${bonus?.id}/pay`, {});
        await olha.move(deal, 'archive');
        await settle();
        see('deal', await stageOf(deal), 'archive');
        see('warranty', await factsOf(deal, 'warrantyEnd'), ['2029-05-27']);
        return 'archive; the warranty ends on 27 May 2029';
      },
    ),
    line('2026-05-28 12:05', 'Olha edits the address; Vira edits it', async () => {
      const why = await olha.refused(
        'PATCH',
        `/v1/deals/${deal}`,
        { fields: { address: '1 Test Street' } },
        403,
      );
      await vira.change(deal, { address: '1 Test Street' });
      await settle();
      const { feed } = await vira.card(deal);
      const [last] = feed;
      see(
        'history',
        [last?.kind, last?.by, Object.keys(last?.data ?? {})],
        ['changed', { user: 'vira' }, ['address']],
      );
      return `refused (${why}); allowed, and in the feed`;
    }),
  ];
};

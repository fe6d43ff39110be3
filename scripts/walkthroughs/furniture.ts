import type { CardView, DealView } from '../../schemas/api/index.ts';
import type { BusyView } from '../../schemas/api/visits.ts';
import type { FileRef } from '../../schemas/deal.ts';
import { type Driver, type Line, moscow, type Person, personOn, printLocal, see } from './scenario.ts';

const zone = 'Europe/Moscow';
const role = { measurer: 'furniture-measurer', installer: 'furniture-installer' };

type Availability = { people: { user: string; busy: BusyView[]; free: { start: string; end: string }[] }[] };
type Board = { columns: { stage: string; count: number; deals: DealView[] }[] };
type Visits = { items: { number: string; when: string; start: string }[] };

/** Walk-through of the furniture pack: a wardrobe and two doors for Polina, 150 000 roubles, four weeks. */
export const furnitureOrder = (driver: Driver): Line[] => {
  const irina = personOn(driver, 'irina');
  const timur = personOn(driver, 'timur');
  const oleg = personOn(driver, 'oleg');
  const kirill = personOn(driver, 'kirill');
  const anton = personOn(driver, 'anton');
  const zoya = personOn(driver, 'zoya');
  const viktor = personOn(driver, 'viktor');
  const marina = personOn(driver, 'marina');
  let deal = '';

  const line = (at: string, event: string, play: () => Promise<string>): Line => ({ at, event, play });
  const slot = (day: string, from: string, to: string, ...people: string[]) => ({
    start: moscow(`${day} ${from}`),
    end: moscow(`${day} ${to}`),
    people,
  });
  /** announces a file, puts it up and answers what the field is to hold */
  const file = async (person: Person, field: string, name: string, of = deal): Promise<FileRef> => {
    const isPhoto = name.endsWith('.jpg');
    const { put, headers, ref } = await person.ok<{
      put: string;
      headers: Record<string, string>;
      ref: FileRef;
    }>('POST', `/v1/deals/${of}/files`, {
      name,
      type: isPhoto ? 'image/jpeg' : 'application/pdf',
      size: 8,
      field,
    });
    see(`upload of ${name}`, await driver.put(put, headers, name.padEnd(8, '.').slice(0, 8)), 200);
    return ref;
  };
  const buyer = async (name: string, phone: string): Promise<string> =>
    (await irina.ok<{ id: string }>('POST', '/v1/contacts', { name, phone })).id;
  const photos = async (person: Person, field: string, names: string[]): Promise<FileRef[]> => {
    const refs: FileRef[] = [];
    for (const name of names) refs.push(await file(person, field, name));
    return refs;
  };
  const stage = async (): Promise<string> => (await irina.card(deal)).deal.stage;
  /** nothing of what a person of a crew gets to read tells a price */
  const seesNoPrice = async (person: Person): Promise<void> => {
    const answers = [
      await person.ok('GET', `/v1/deals/${deal}`),
      await person.ok('GET', `/v1/deals/${deal}/feed`),
      await person.ok('GET', '/v1/inbox'),
    ];
    const text = JSON.stringify(answers);
    for (const sign of ['15000000', '14600000', '400000', 'paymentTerms', 'contractFile', '150 000'])
      see(`${sign} in what ${person.user} reads`, text.includes(sign), false);
  };
  const close = async (person: Person, step: string, fields?: Record<string, unknown>) =>
    person.refused(
      'POST',
      `/v1/tasks/${(await person.task(deal, step)).id}/complete`,
      fields ? { fields } : {},
    );
  const reminders = async (person: Person, kind: string): Promise<string[]> =>
    (await person.inbox(deal)).filter((told) => told.includes(`${kind}-to`));

  return [
    line('2026-02-02 10:00', 'Irina creates the order, attaches draft and requirements, moves', async () => {
      const made = await irina.ok<DealView>('POST', '/v1/deals', {
        pipeline: 'furniture-order',
        title: 'Шкаф и 2 двери',
        fields: {
          contact: await buyer('Полина', '+79005552105'),
          segment: 'retail',
          productKinds: ['furniture', 'doors'],
          siteAddress: 'Образцовая ул., 5',
        },
      });
      deal = made.id;
      see('responsible', made.responsible, 'irina');
      await irina.change(deal, {
        contractDraft: await file(irina, 'contractDraft', 'draft.pdf'),
        buyerRequirements: await file(irina, 'buyerRequirements', 'wishes.pdf'),
      });
      const why = await irina.refused('POST', `/v1/deals/${deal}/move`, { to: 'measurement' });
      see('reason', why, 'Заполните поле «Первичные технологические расчеты»');
      return `refused: ${why}`;
    }),
    line('2026-02-02 10:20', 'file added; moved', async () => {
      await irina.change(deal, { techCalculations: await file(irina, 'techCalculations', 'calc.pdf') });
      const moved = await irina.move(deal, 'measurement');
      await driver.advanceTo(moscow('2026-02-02 10:20'));
      return moved.stage;
    }),
    line('2026-02-02 10:30', 'booking form for Thu 05 Feb', async () => {
      const other = await timur.ok<DealView>('POST', '/v1/deals', {
        pipeline: 'furniture-order',
        title: 'Кухня',
        fields: {
          contact: await buyer('Глеб', '+79005552106'),
          measurementAt: slot('2026-02-05', '10:00', '12:00', 'oleg'),
        },
      });
      const form = await irina.ok<Availability>(
        'GET',
        `/v1/availability?role=${role.measurer}&from=2026-02-05&person=oleg`,
      );
      see(
        'busy',
        form.people.map(({ busy }) => busy.map(({ start, end }) => [start, end])),
        [[[moscow('2026-02-05 10:00'), moscow('2026-02-05 12:00')]]],
      );
      const why = await irina.refused('PATCH', `/v1/deals/${deal}`, {
        fields: { measurementAt: slot('2026-02-05', '11:00', '13:00', 'oleg') },
      });
      see('who has it', why.includes(`10:00–12:00 (${other.number})`), true);
      await irina.change(deal, { measurementAt: slot('2026-02-05', '14:00', '16:00', 'oleg') });
      await driver.advanceTo(moscow('2026-02-02 10:30'));
      see('work', await oleg.work(deal), ['measure due Thu 05 Feb 16:00']);
      return 'Oleg busy 10:00–12:00; 11:00 refused; 14:00–16:00 saved; task at Oleg';
    }),
    line('2026-02-04 08:00', 'the morning before', async () => {
      see('reminders', await reminders(oleg, 'measurement'), ['Wed 04 Feb 08:00 measurement-tomorrow']);
      return 'Oleg: reminder for tomorrow';
    }),
    line('2026-02-05 08:00', 'the morning of the day', async () => {
      see('last', (await reminders(oleg, 'measurement')).at(-1), 'Thu 05 Feb 08:00 measurement-today');
      const { items } = await oleg.ok<Visits>('GET', '/v1/desks/furniture-my-visits');
      see(
        'my visits',
        items.map(({ when, start }) => `${when} ${printLocal(zone, start)}`),
        ['today Thu 05 Feb 10:00', 'today Thu 05 Feb 14:00'].slice(items.length === 1 ? 1 : 0),
      );
      return 'Oleg: reminder for today';
    }),
    line(
      '2026-02-05 15:10',
      'Oleg marks done without data',
      async () => `refused: ${await close(oleg, 'measure')}`,
    ),
    line('2026-02-05 15:20', '6 rows, 4 photos loaded; done', async () => {
      const measurements = ['шкаф', 'ниша', 'дверь 1', 'дверь 2', 'проём 1', 'проём 2'].map((place, n) => ({
        place,
        width: 800 + n,
        height: 2000 + n,
      }));
      const names = ['a.jpg', 'b.jpg', 'c.jpg', 'd.jpg'];
      await oleg.complete(deal, 'measure', {
        measurements,
        measurementFiles: await photos(oleg, 'measurementFiles', names),
      });
      await driver.advanceTo(moscow('2026-02-05 15:20'));
      see('stage', await stage(), 'deal-conclusion');
      see('inbox', (await irina.inbox(deal)).slice(-2).sort(), [
        'Thu 05 Feb 15:20 measured',
        'Thu 05 Feb 15:20 order-moved',
      ]);
      const { deal: seen } = await irina.card(deal);
      see(
        'data',
        [seen.fields.measurements, (seen.fields.measurementFiles as unknown[]).length],
        [measurements, 4],
      );
      await seesNoPrice(oleg);
      return 'order in deal-conclusion; Irina notified and sees the data; no price on Oleg’s card';
    }),
    line('2026-02-06 11:00', 'decor, finishing, extra work 4 000, base 146 000, terms 50/50', async () => {
      const changed = await irina.change(deal, {
        decor: 'дуб',
        finishing: 'матовая',
        extraWorks: [{ title: 'демонтаж старых дверей', price: 400_000 }],
        baseTotal: 14_600_000,
        paymentTerms: 'half',
      });
      see('total', changed.facts.total, 15_000_000);
      await seesNoPrice(oleg);
      await kirill.refused('GET', `/v1/deals/${deal}`, undefined, 404);
      return 'total 150 000; Oleg and Kirill cannot read it';
    }),
    line('2026-02-06 11:30', '“contract concluded” without file, then with it', async () => {
      const why = await irina.refused('POST', `/v1/deals/${deal}/move`, { to: 'production' });
      see('reason', why, 'Заполните поле «Договор»');
      const moved = await irina.move(deal, 'production', {
        contractFile: await file(irina, 'contractFile', 'contract.pdf'),
      });
      see('signed', moved.fields.contractSignedAt, '2026-02-06');
      await driver.advanceTo(moscow('2026-02-06 11:30'));
      see('work', await anton.work(deal), ['produce due Fri 20 Feb 18:00']);
      return `refused: ${why}; then production, task due 20 Feb`;
    }),
    line('2026-02-16 15:00', 'Anton writes in the chat', async () => {
      await anton.ok('POST', `/v1/deals/${deal}/comments`, {
        text: 'Дуб пришёл, начинаем',
        mentions: ['irina'],
      });
      await driver.advanceTo(moscow('2026-02-16 15:00'));
      see('inbox', (await irina.inbox(deal)).at(-1), 'Mon 16 Feb 15:00 chat-mention');
      const { items } = await irina.ok<{ items: { deal: string; unread: number }[] }>('GET', '/v1/chats');
      see('unread', items.find((one) => one.deal === deal)?.unread, 1);
      await irina.ok('POST', `/v1/deals/${deal}/seen`);
      return 'chat notice';
    }),
    line('2026-02-19 16:00', 'Anton closes `produce`', async () => {
      await anton.complete(deal, 'produce');
      await driver.advanceTo(moscow('2026-02-19 16:00'));
      see('inbox', (await irina.inbox(deal)).at(-1), 'Thu 19 Feb 16:00 produced');
      see('stage', await stage(), 'production');
      return 'Irina notified; stage still production';
    }),
    line('2026-02-19 16:10', 'Irina moves', async () => {
      await irina.move(deal, 'shipment-prep');
      await driver.advanceTo(moscow('2026-02-19 16:10'));
      see('work', await zoya.work(deal), ['prepare-shipment due Fri 20 Feb 16:10']);
      return "shipment-prep, Zoya's task due Fri 20 Feb 16:10";
    }),
    line('2026-02-20 12:00', 'Zoya done; Irina moves; delivery Tue 24 Feb 10:00', async () => {
      await zoya.complete(deal, 'prepare-shipment');
      await driver.advanceTo(moscow('2026-02-20 12:00'));
      await irina.move(deal, 'delivery', { deliveryAt: slot('2026-02-24', '10:00', '12:00', 'viktor') });
      await driver.advanceTo(moscow('2026-02-20 12:00'));
      see('work', await viktor.work(deal), ['deliver due Tue 24 Feb 12:00']);
      return "delivery; Viktor's task";
    }),
    line('2026-02-24 08:00', 'two mornings', async () => {
      see('reminders', await reminders(viktor, 'delivery'), [
        'Mon 23 Feb 08:00 delivery-tomorrow',
        'Tue 24 Feb 08:00 delivery-today',
      ]);
      return 'Viktor reminded twice';
    }),
    line(
      '2026-02-24 11:30',
      'delivered; Irina moves; installation Thu 26 Feb 09:00–13:00 Kirill',
      async () => {
        await viktor.complete(deal, 'deliver');
        await driver.advanceTo(moscow('2026-02-24 11:30'));
        const moved = await irina.move(deal, 'installation', {
          installationAt: { start: moscow('2026-02-26 09:00'), people: ['kirill'] },
        });
        see('four hours', (moved.fields.installationAt as { end: string }).end, moscow('2026-02-26 13:00'));
        await driver.advanceTo(moscow('2026-02-24 11:30'));
        see('work', await kirill.work(deal), ['install due Thu 26 Feb 13:00']);
        return 'installation';
      },
    ),
    line('2026-02-26 08:00', 'two mornings', async () => {
      see('reminders', await reminders(kirill, 'installation'), [
        'Wed 25 Feb 08:00 installation-tomorrow',
        'Thu 26 Feb 08:00 installation-today',
      ]);
      return 'Kirill reminded twice';
    }),
    line('2026-02-26 12:40', 'Kirill marks done, no photo; Irina tries to close', async () => {
      const own = await close(kirill, 'install');
      const why = await irina.refused('POST', `/v1/deals/${deal}/move`, { to: 'closed' });
      return `both refused: ${own} / ${why}`;
    }),
    line('2026-02-26 12:50', '3 photos, result `issues`; done', async () => {
      await kirill.complete(deal, 'install', {
        installPhotos: await photos(kirill, 'installPhotos', ['1.jpg', '2.jpg', '3.jpg']),
        installResult: 'issues',
        installNotes: 'Дверь 2 поцарапана',
      });
      await driver.advanceTo(moscow('2026-02-26 12:50'));
      see('inbox', (await irina.inbox(deal)).at(-1), 'Thu 26 Feb 12:50 installed');
      return 'Irina notified';
    }),
    line('2026-02-26 13:00', 'Irina moves to rework, notes', async () => {
      await irina.move(deal, 'rework', { reworkNotes: 'Заменить полотно двери 2', reworkBy: 'kirill' });
      await driver.advanceTo(moscow('2026-02-26 13:00'));
      const board = await irina.ok<Board>('GET', '/v1/boards/furniture-order');
      see(
        'columns',
        board.columns.map(({ stage }) => stage),
        [
          'order-intake',
          'measurement',
          'deal-conclusion',
          'production',
          'shipment-prep',
          'delivery',
          'installation',
          'rework',
          'closed',
        ],
      );
      see(
        'column',
        board.columns.find(({ stage }) => stage === 'rework')?.deals.some(({ id }) => id === deal),
        true,
      );
      see('work', await kirill.work(deal), ['rework due Sun 01 Mar 13:00']);
      return 'the column shows it; task due Sun 01 Mar 13:00';
    }),
    line('2026-02-27 15:00', 'new photo, closed; Irina closes the order', async () => {
      await close(kirill, 'rework');
      await kirill.complete(deal, 'rework', {
        reworkPhotos: await photos(kirill, 'reworkPhotos', ['4.jpg']),
      });
      await driver.advanceTo(moscow('2026-02-27 15:00'));
      await irina.move(deal, 'closed');
      await driver.advanceTo(moscow('2026-02-27 15:00'));
      const { deal: closed } = await marina.ok<CardView>('GET', `/v1/deals/${deal}`);
      see(
        'the end',
        [closed.stage, closed.facts.result, closed.fields.reworkRound, closed.facts.leadTimeDays],
        ['closed', 'success-after-rework', 1, 25],
      );
      await seesNoPrice(oleg);
      return 'closed, outcome success-after-rework, round 1, lead time 25 days';
    }),
  ];
};

import type { DealView } from '../../schemas/api/index.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import { type Driver, type Line, local, personOn, see } from './scenario.ts';

const zone = 'Europe/Moscow';
const at = (written: string): string => local(zone, written);

type Letter = { id: string; subject: string };
type Seen = { items: Letter[] };

/** Walk-through of the coffee pack up to the conversion of a lead: two letters, a number, and the ladder. */
export const coffeeLeads = (driver: Driver, made: { lead: string }): Line[] => {
  const yana = personOn(driver, 'yana');
  const denis = personOn(driver, 'denis');
  const svetlana = personOn(driver, 'svetlana');
  const arkadi = personOn(driver, 'arkadi');
  const lev = personOn(driver, 'lev');
  const client = 'oleg@demo-cafe-1.example';
  let waiting: Letter[] = [];

  const line = (written: string, event: string, play: () => Promise<string>): Line => ({
    at: written,
    event,
    play,
  });
  // The provider of the mailbox forwards to its address here.
  const arrives = (n: number, subject: string, email: string) =>
    driver.letterComes(
      [
        `From: Oleg Demo <${email}>`,
        'To: box3@coffee.example',
        `Subject: ${subject}`,
        `Message-ID: <walk-${n}@demo-cafe-1.example>`,
        'Content-Type: text/plain; charset=utf-8',
        '',
        'Two machines for a cafe, please.',
        '',
      ].join('\r\n'),
      'box+mailbox-3@in.voronka.example',
    );

  return [
    line('2026-02-02 10:00', 'two letters to mailbox 3', async () => {
      await arrives(1, 'Two coffee machines', client);
      await arrives(2, 'Cheap advertising', 'news@shop.example');
      waiting = (await denis.ok<Seen>('GET', '/v1/intake')).items;
      see('intake', waiting.map(({ subject }) => subject).sort(), [
        'Cheap advertising',
        'Two coffee machines',
      ]);
      const spam = waiting.find(({ subject }) => subject.startsWith('Cheap'));
      await denis.ok('POST', `/v1/intake/${spam?.id}/spam`, {});
      const { items } = await lev.ok<{ items: DealView[] }>('GET', '/v1/deals?pipeline=coffee-leads');
      see('leads', items, []);
      return 'both in Denis’s intake list; one is spam and no lead';
    }),
    line('2026-02-02 10:05', 'the other becomes a lead', async () => {
      const letter = waiting.find(({ subject }) => subject.startsWith('Two'));
      const { id } = await denis.ok<{ id: string }>('POST', `/v1/intake/${letter?.id}/lead`, {});
      made.lead = id;
      await driver.advanceTo(at('2026-02-02 10:05'));
      const { deal } = await svetlana.card(id);
      const written = (await driver.letters()).filter(({ to }) => to.includes(client));
      see('letters', written.length, 1);
      see('letter', written[0]?.text.includes(`Ваша заявка принята в работу. Номер ${deal.number}`), true);
      see('work', await svetlana.work(id), ['assign-manager due Tue 03 Feb 10:05']);
      return `letter «Ваша заявка принята в работу. Номер ${deal.number}»; Svetlana’s task`;
    }),
    line('2026-02-02 10:30', 'Denis named', async () => {
      await svetlana.ok('POST', `/v1/deals/${made.lead}/assign`, { responsible: 'denis' });
      await driver.advanceTo(at('2026-02-02 10:30'));
      see('inbox of Denis', await denis.inbox(made.lead), ['Mon 02 Feb 10:30 coffee-lead-named']);
      see('work', await svetlana.work(made.lead), []);
      return 'Denis notified';
    }),
    line('2026-02-03 10:30', 'nothing done', async () => {
      see('work', await svetlana.work(made.lead), ['react-to-late-lead due Wed 04 Feb 10:30']);
      const { fields } = await svetlana.task(made.lead, 'react-to-late-lead');
      see('form', fields, ['ladderChoice', 'nextManager']);
      return 'Svetlana’s task with three choices';
    }),
    line('2026-02-04 10:30', 'ignored', async () => {
      see('inbox of Arkadi', await arkadi.inbox(made.lead), ['Wed 04 Feb 10:30 coffee-lead-unprocessed']);
      return 'Arkadi notified';
    }),
    line('2026-02-05 10:30', 'ignored', async () => {
      see('inbox of Lev', await lev.inbox(made.lead), ['Thu 05 Feb 10:30 coffee-lead-unprocessed']);
      see('inbox of Arkadi', (await arkadi.inbox(made.lead)).length, 1);
      return 'Lev notified';
    }),
    line('2026-02-05 11:00', 'Svetlana appoints Yana', async () => {
      await svetlana.complete(made.lead, 'react-to-late-lead', {
        ladderChoice: 'another',
        nextManager: 'yana',
      });
      await driver.advanceTo(at('2026-02-05 11:00'));
      see('inbox of Denis', (await denis.inbox(made.lead)).at(-1), 'Thu 05 Feb 11:00 coffee-lead-taken');
      see('inbox of Yana', await yana.inbox(made.lead), ['Thu 05 Feb 11:00 coffee-lead-named']);
      const { deal } = await svetlana.card(made.lead);
      see('responsible', deal.responsible, 'yana');
      see('level', deal.fields.ladderLevel, 0);
      return 'Denis and Yana notified; a new day until Fri 11:00';
    }),
    line('2026-02-05 11:05', 'somebody calls', async () => {
      const { id } = await yana.ok<{ id: string }>('POST', '/v1/deals', {
        pipeline: 'coffee-leads',
        title: 'Repair of a machine',
        fields: { source: 'phone', phone: '8 916 123-45-67', clientName: 'Irina Demo' },
      });
      await driver.advanceTo(at('2026-02-05 11:10'));
      const { deal } = await svetlana.card(id);
      const { items } = await svetlana.ok<{ items: OutgoingMessage[] }>('GET', `/v1/deals/${id}/messages`);
      const [sms] = items.filter(({ channel }) => channel === 'sms');
      see(
        'SMS',
        [sms?.to, sms?.body, sms?.state],
        ['+79161234567', `Ваша заявка принята в работу. Номер ${deal.number}`, 'delivered'],
      );
      await svetlana.ok('POST', `/v1/deals/${id}/move`, {
        to: 'lead-rejected',
        fields: { spamReason: 'not-a-client' },
      });
      return `SMS «Ваша заявка принята в работу. Номер ${deal.number}» is on the phone; the lead is closed`;
    }),
  ];
};

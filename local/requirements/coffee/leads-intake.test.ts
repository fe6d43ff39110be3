import { expect } from 'vitest';
import { objectKey } from '../../../functions/deals/file-names.ts';
import { readText } from '../../../functions/deals/file-store.ts';
import { FileRef } from '../../../schemas/deal.ts';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';
import { aLeadByPhone, aLetter, lettersOf } from './leads.ts';

test('a letter to one of the ten mailboxes waits in the list of whoever reads it, in turn where several do [CO-01.1, CO-01.2, CO-60.2]', async ({
  w,
}) => {
  const { items: boxes } = await w.as('gleb').get('/v1/directories/coffee-mailboxes');
  expect(boxes).toHaveLength(10);

  for (const [n, box] of [1, 2, 2, 2, 10].entries())
    await w.says('mail', aLetter(`${n}`, { mailbox: `box${box}@coffee.example`, subject: `${n} ${box}` }));
  await w.says('mail', aLetter('4', { mailbox: 'box10@coffee.example' })); // said again

  const subjects = async (who: string) => (await lettersOf(w, who)).map(({ subject }) => subject).sort();
  expect(await subjects('yana')).toEqual(['0 1', '2 2']);
  expect(await subjects('denis')).toEqual(['1 2', '3 2']);
  expect(await subjects('svetlana')).toEqual(['4 10']);
  expect((await w.as('denis').get('/v1/desks/coffee-letters')).kind).toBe('intake');

  await w.as('gleb').ask('PUT', '/v1/directories/coffee-mailboxes/mailbox-1', {
    title: { ru: 'Ящик 1', en: 'Mailbox 1' },
    data: { address: 'box1@coffee.example', employees: ['svetlana'] },
  });
  await w.says('mail', aLetter('5', { mailbox: 'box1@coffee.example', subject: '5 1' }));
  expect(await subjects('svetlana')).toEqual(['4 10', '5 1']);
});

test('a letter is decided about once: a lead with the letter attached, or spam, which begins nothing and writes to nobody [CO-01.3, CO-01.4]', async ({
  w,
}) => {
  const known = await w
    .as('yana')
    .ask('POST', '/v1/contacts', { name: 'Олег', email: 'oleg@cafe-demo-1.example' });
  await w.says('mail', aLetter('1'));
  await w.says('mail', aLetter('2', { from: { email: 'news@shop.example' }, subject: 'Скидки!' }));
  const [one, other] = await lettersOf(w, 'denis');

  const lead = await w.as('denis').ask('POST', `/v1/intake/${one?.id}/lead`, {});
  const again = await w.as('denis').ask('POST', `/v1/intake/${one?.id}/lead`, {});
  const before = w.events.length;
  await w.as('denis').ask('POST', `/v1/intake/${other?.id}/spam`, {});

  expect(again.id).toBe(lead.id);
  const { deal } = await w.card(lead.id);
  expect(deal).toMatchObject({
    number: '1',
    stage: 'new-lead',
    title: 'Две кофемашины',
    fields: {
      source: 'email',
      mailbox: 'box3@coffee.example',
      email: 'oleg@cafe-demo-1.example',
      contact: known.id,
    },
  });
  const letter = FileRef.parse(deal.fields.letter);
  expect(await readText(objectKey(deal.id, letter.id, letter.name))).toContain('Нужны две машины');
  expect(w.events.slice(before)).toEqual([]);
  expect(await lettersOf(w, 'denis')).toEqual([]);
  expect(await refusal(w.as('denis').ask('POST', `/v1/intake/${other?.id}/lead`, {}))).toContain('spam');
  expect(await refusal(w.as('denis').ask('POST', `/v1/intake/${one?.id}/spam`, {}))).toContain('already');
  expect((await w.as('lev').get('/v1/deals?pipeline=coffee-leads')).items).toHaveLength(1);
});

test('a request by phone is written down by hand, with the client’s phone or e-mail [CO-01.5]', async ({
  w,
}) => {
  const nothing = w
    .as('yana')
    .create({ source: 'phone' }, { pipeline: 'coffee-leads', title: 'Без телефона' });
  expect(await refusal(nothing)).toContain('422');

  const lead = await aLeadByPhone(w);

  expect((await w.card(lead)).deal).toMatchObject({ number: '1', fields: { source: 'phone' } });
});

test('letters of all ten mailboxes come by mail itself, forwarded or to their own address; each is one letter, a lead at a click, and its answers come to the lead [CO-80.1]', async ({
  w,
}) => {
  const letter = (n: number | string, more: readonly string[] = []) =>
    [
      'From: =?koi8-r?B?78zFxw==?= <oleg@cafe-demo-1.example>',
      `Subject: Machines ${n}`,
      `Message-ID: <${n}@cafe-demo-1.example>`,
      'Content-Type: text/plain; charset=utf-8',
      ...more,
      '',
      `Two machines, please: ${n}.`,
      '',
    ].join('\r\n');
  for (let n = 1; n <= 10; n += 1) {
    const to = n % 2 === 0 ? `box${n}@coffee.example` : `box+mailbox-${n}@in.voronka.example`;
    await w.mailIn(letter(n), { to });
    await w.mailIn(letter(n), { to: `Box${(n % 10) + 1}@Coffee.example` }); // the copy for another of the ten
  }
  const waiting = (await Promise.all(['yana', 'denis', 'svetlana'].map((who) => lettersOf(w, who)))).flat();
  expect(waiting.map(({ subject }) => subject).sort()).toEqual(
    Array.from({ length: 10 }, (_, n) => `Machines ${n + 1}`).sort(),
  );

  const [one] = await lettersOf(w, 'svetlana');
  const { id } = await w.as('svetlana').ask('POST', `/v1/intake/${one?.id}/lead`, {});
  await w.mailIn(letter('answer', ['In-Reply-To: <10@cafe-demo-1.example>']), { to: 'box1@coffee.example' });

  const { deal } = await w.card(id);
  expect(deal.fields).toMatchObject({ source: 'email', mailbox: 'box10@coffee.example', clientName: 'Олег' });
  const { items } = await w.as('svetlana').get(`/v1/deals/${id}/letters`);
  const came = items.filter(({ direction }: { direction: string }) => direction === 'in');
  expect(came.map(({ text, by }: { text: string; by: string }) => `${by}: ${text}`).sort()).toEqual([
    'answer: Two machines, please: answer.',
    'person: Two machines, please: 10.',
  ]);
});

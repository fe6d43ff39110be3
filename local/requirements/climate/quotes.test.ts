import { expect } from 'vitest';
import { refusal } from '../../world/staff.ts';
import { test } from './company.ts';

test('who calculates alone moves the deal on with a quote in hand, and not without [CL-04.1, CL-04.2]', async ({
  w,
}) => {
  const deal = await w.begin();
  expect(await refusal(w.as('olha').move(deal, 'send-quote'))).toContain('A completed calculation is needed');
  const quote = await w.as('olha').upload(deal, 'quoteFiles', 'own.pdf');
  await w.as('olha').move(deal, 'send-quote', { quoteFiles: [quote] });
  expect((await w.deal(deal)).facts.scenario).toBe('sale');
});

test('a quote that is edited is another version, and the one before is kept [CL-04.3]', async ({ w }) => {
  const { deal, quote } = await w.quoted();
  const second = await w.as('olha').upload(deal, 'quoteFiles', 'quote-v1.pdf');
  await w.as('olha').change(deal, { quoteFiles: [second] });
  const { files } = await w.as('olha').get(`/v1/deals/${deal}`);
  expect(
    files.map(({ version, name }: { version: number; name: string }) => `${version} ${name}`).sort(),
  ).toEqual(['1 quote-v1.pdf', '2 quote-v1.pdf']);
  expect((await w.as('olha').get(`/v1/deals/${deal}/files/${quote.id}`)).get).toContain('attachment');
});

test('the quote goes to the client from the deal and from the contact, is seen on both, and the deal goes on by itself [CL-04.4, CL-04.5, CL-04.7, CL-04.9]', async ({
  w,
}) => {
  const { deal, quote } = await w.quoted();
  await w.as('olha').ask('POST', `/v1/deals/${deal}/letters`, { text: 'quote', file: quote.id });
  expect(w.mail.letters).toMatchObject([
    {
      to: 'anna@plant-demo-1.example',
      subject: 'Коммерческое предложение: Business centre North',
      files: { 'quote-v1.pdf': '8 bytes!' },
    },
  ]);
  expect(await w.stageOf(deal)).toBe('client-deciding');

  await w.as('olha').move(deal, 'send-quote');
  await w.as('olha').ask('POST', '/v1/contacts/anna/letters', { text: 'quote' });
  expect(await w.stageOf(deal)).toBe('client-deciding');
  expect(w.mail.letters).toHaveLength(2);
  const onDeal = (await w.as('olha').get(`/v1/deals/${deal}/messages`)).items;
  const onContact = (await w.as('olha').get('/v1/contacts/anna/letters')).items;
  expect([onDeal.length, onContact.length]).toEqual([2, 2]);
  expect(onContact[0]).toMatchObject({ deal, sender: 'olha', state: 'sent' });
});

test('with the flag set the quote leaves by itself, once a file and an address are there [CL-04.6]', async ({
  w,
}) => {
  const bare = await w.quoted('a.pdf', { autoSendQuote: true, contact: 'boris' });
  expect([await w.stageOf(bare.deal), await w.told('olha')]).toEqual(['send-quote', ['quote-failed']]);
  const { deal } = await w.quoted('b.pdf', { autoSendQuote: true });
  expect(await w.stageOf(deal)).toBe('client-deciding');
  const by_hand = await w.quoted('c.pdf');
  expect(await w.stageOf(by_hand.deal)).toBe('send-quote');
});

test('a quote that cannot be sent leaves the deal where it is, and its manager reads why [CL-04.8]', async ({
  w,
}) => {
  const { deal, quote } = await w.quoted();
  w.mail.refuse('Address is on the suppression list');
  await w.as('olha').ask('POST', `/v1/deals/${deal}/letters`, { text: 'quote', file: quote.id });

  expect(await w.stageOf(deal)).toBe('send-quote');
  expect(await w.told('olha')).toEqual(['letter-failed']);
  const { items } = await w.as('olha').get('/v1/inbox');
  expect(items[0].body).toContain('suppression list');
});

test('a deal is frozen until a day to come, out of sight, and comes back at nine of that day with a task for it [CL-10.1, CL-10.2, CL-10.3, CL-10.4, CL-10.5]', async ({
  w,
}) => {
  const { deal } = await w.quoted();
  await w.as('olha').move(deal, 'client-deciding');
  const freeze = (fields?: object) => w.as('olha').move(deal, 'on-hold', fields as never);
  expect(await refusal(freeze())).toContain('Fill in “Day of the thaw”');
  expect(await refusal(freeze({ unfreezeOn: '2026-02-02' }))).toContain('must be after today');
  await freeze({ unfreezeOn: '2026-05-11' });

  const board = await w.as('olha').get('/v1/boards/climate-sales');
  expect(board.columns.flatMap(({ deals }: { deals: unknown[] }) => deals)).toEqual([]);
  expect((await w.as('olha').get('/v1/deals?pipeline=climate-sales')).items).toEqual([]);
  await w.advanceTo('2026-05-11 08:59:59');
  expect(await w.stageOf(deal)).toBe('on-hold');
  await w.advanceTo('2026-05-11 09:00');
  expect(await w.stageOf(deal)).toBe('client-deciding');
  expect(await w.open(deal)).toEqual(['contact-client olha 2026-05-11 18:00']);
  expect(await w.inbox('olha')).toContain('2026-05-11 09:00 thawed');
});

test('a thaw may be years off, follows its day, and does not come once the deal is back [CL-10.6, CL-10.7]', async ({
  w,
}) => {
  const frozen = async (unfreezeOn: string) => {
    const { deal } = await w.quoted();
    await w.as('olha').move(deal, 'on-hold', { unfreezeOn });
    return deal;
  };
  const [far, moved, back] = [
    await frozen('2028-03-01'),
    await frozen('2026-03-02'),
    await frozen('2026-03-02'),
  ];
  await w.as('olha').change(moved, { unfreezeOn: '2026-04-01' });
  await w.as('olha').move(back, 'client-deciding');

  await w.advanceTo('2026-03-03 12:00');
  expect([await w.stageOf(moved), await w.open(back), await w.told('olha')]).toEqual(['on-hold', [], []]);
  await w.advanceTo('2026-04-01 09:00');
  expect(await w.stageOf(moved)).toBe('client-deciding');
  await w.advanceTo('2028-03-01 09:00');
  expect(await w.stageOf(far)).toBe('client-deciding');
});

test('a refusal is the manager’s to make; without a reason it stands, is asked for, and listed until it is there [CL-11.1, CL-11.2, CL-11.3, CL-11.4]', async ({
  w,
}) => {
  const explained = await w.begin();
  const { warnings } = await w
    .as('olha')
    .move(explained, 'refused', { refusalReason: 'expensive', refusalNote: 'x' });
  expect([warnings, await w.told('olha')]).toEqual([undefined, []]);
  const bare = await w.begin();
  const answer = await w.as('olha').move(bare, 'refused');
  expect(answer.warnings[0].en).toContain('Give the reason');
  expect([await w.stageOf(bare), await w.told('olha')]).toEqual(['refused', ['refusal-unexplained']]);
  expect(await refusal(w.as('olha').move(bare, 'client-deciding'))).toContain('no other stage');

  await w.as('olha').change(bare, { refusalReason: 'other', refusalNote: 'moved abroad' });
  await w.as('taras').move(bare, 'client-deciding');
  expect(await w.stageOf(bare)).toBe('client-deciding');
});

test('an answer to the quote, by its address or by what it answers, is a letter of the deal and of the contact beside the quote itself [CL-80.2]', async ({
  w,
}) => {
  const { deal, quote } = await w.quoted();
  await w.as('olha').ask('POST', `/v1/deals/${deal}/letters`, { text: 'quote', file: quote.id });
  const [sent] = w.mail.asked;
  const answer = (id: string, more: readonly string[]) =>
    [
      'From: anna@plant-demo-1.example',
      'Subject: Re: quote',
      `Message-ID: <${id}>`,
      ...more,
      '',
      'Agreed.',
      '',
    ].join('\r\n');

  await w.mailIn(answer('by-address@x', []), { to: String(sent?.ReplyToAddresses[0]) });
  await w.mailIn(answer('by-answer@x', [`In-Reply-To: <${sent?.id}@eu-central-1.amazonses.com>`]), {
    to: 'sales@in.voronka.example',
  });

  const lines = (items: { direction: string; subject: string }[]) =>
    items.map(({ direction, subject }) => `${direction}: ${subject}`).sort();
  const both = ['in: Re: quote', 'in: Re: quote', 'out: Коммерческое предложение: Business centre North'];
  expect(lines((await w.as('olha').get(`/v1/deals/${deal}/letters`)).items)).toEqual(both);
  expect(lines((await w.as('olha').get('/v1/contacts/anna/letters')).items)).toEqual(both);
  expect(await w.told('olha')).toEqual(['letter-received', 'letter-received']);
});

import { expect, test } from 'vitest';
import {
  email,
  field,
  goto,
  letterFailed,
  letterSent,
  move,
  notify,
  pipeline,
  responsible,
  set,
  t,
  tell,
  thread,
  value,
} from '../statemachines/vocabulary/index.ts';
import { packOf } from './world/pack-of.ts';
import { refusal } from './world/staff.ts';
import { type World, world } from './world.ts';

const title = (en: string) => t(en, en);

const base = packOf('offers', [
  pipeline({
    id: 'offers',
    kind: 'deal',
    title: title('Offers'),
    prefix: 'O',
    start: 'draft',
    fields: {
      contact: field.contact(title('Contact')),
      quote: field.file(title('Quote')),
      secret: field.file(title('Secret'), { hiddenFrom: ['accountant'] }),
      auto: field.boolean(title('Auto')),
      lost: field.boolean(title('Lost'), { system: true }),
    },
    stages: {
      draft: {
        title: title('Draft'),
        aim: title('Draft.'),
        work: [
          email('offer', { attach: 'quote', when: 'auto = true', failed: tell([responsible], 'not-sent') }),
        ],
        on: [
          thread('sent', { title: title('Sent'), on: letterSent('quote'), work: [goto('waiting')] }),
          thread('failed', {
            title: title('Failed'),
            on: letterFailed('quote'),
            work: [
              set('mark', { lost: value(true) }),
              notify('tell-failed', tell([responsible], 'not-sent')),
            ],
          }),
        ],
        moves: [move('waiting', ['anyone', 'system'])],
      },
      waiting: { title: title('Waiting'), aim: title('Waiting.'), moves: [move('draft', ['anyone'])] },
    },
  }),
]);
const pack = {
  ...base,
  messages: {
    offer: { subject: title('Offer {{number}}'), body: title('Dear client') },
    'not-sent': { subject: title('not sent'), body: title('not sent') },
    'letter-failed': { subject: title('failed'), body: title('{{missing}}') },
  },
};

const played = async (play: (w: World) => Promise<void>) => {
  const w = await world({ at: '2026-02-02 09:00', packs: [pack], mail: true });
  await play(w);
  await w.stop();
};
const begin = (w: World, fields: object = {}) =>
  w.as('pavel').create({ contact: 'anna', ...fields }, { pipeline: 'offers', responsible: 'pavel' });
const send = (w: World, deal: string, body: object, who = 'pavel') =>
  w.as(who).ask('POST', `/v1/deals/${deal}/letters`, body);

test('a letter from a person goes with its file, is in the history of the deal and on the contact, and the stage goes on', async () => {
  await played(async (w) => {
    const deal = await begin(w);
    const quote = await w.as('pavel').upload(deal, 'quote', 'quote-v1.pdf');
    await w.as('pavel').change(deal, { quote });

    const said = { subject: 'Our offer', body: 'Please find it attached.', file: quote.id };
    expect(await send(w, deal, said)).toMatchObject({ state: 'queued', sender: 'pavel', about: 'quote' });

    expect(w.mail.letters).toEqual([
      {
        to: 'anna@plant-demo-1.example',
        subject: 'Our offer',
        text: 'Please find it attached.',
        files: { 'quote-v1.pdf': expect.stringMatching(/./) },
      },
    ]);
    expect(await w.stageOf(deal)).toBe('waiting');
    const { items: feed } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
    expect(feed).toMatchObject([
      { subject: 'Our offer', state: 'sent', attachments: [{ name: 'quote-v1.pdf' }] },
    ]);
    const { items } = await w.as('pavel').get('/v1/contacts/anna/letters');
    expect(items).toMatchObject([{ subject: 'Our offer', deal }]);
    await w.as('pavel').move(deal, 'draft');
    expect(await w.stageOf(deal)).toBe('draft'); // the letter that left before is told of once
  });
});

test('from the card of a contact the deal that waits for it is found; of several one is chosen', async () => {
  await played(async (w) => {
    const from = (body: object) => w.as('pavel').ask('POST', '/v1/contacts/anna/letters', body);
    const words = { text: 'offer' };
    expect(await refusal(from(words))).toContain('None of your deals');
    const ready = async () => {
      const deal = await begin(w);
      await w.as('pavel').change(deal, { quote: await w.as('pavel').upload(deal, 'quote', 'q.pdf') });
      return deal;
    };
    const [one, other] = [await ready(), await ready()];

    expect(await refusal(from(words))).toMatch(/choose one: O-[12], O-[12]/);
    await from({ ...words, deal: one });
    expect([await w.stageOf(one), await w.stageOf(other)]).toEqual(['waiting', 'draft']);
    await from(words);
    expect(await w.stageOf(other)).toBe('waiting');
    expect(w.mail.letters.map(({ subject, files }) => [subject, Object.keys(files)])).toEqual([
      ['Offer O-1', ['q.pdf']],
      ['Offer O-2', ['q.pdf']],
    ]);
  });
});

test('a letter that fails keeps the stage and is heard of; one that cannot be written is refused', async () => {
  await played(async (w) => {
    const deal = await begin(w);
    const quote = await w.as('pavel').upload(deal, 'quote', 'q.pdf');
    await w.as('pavel').change(deal, { quote });
    const pending = await w.as('pavel').announce(deal, 'quote', 'later.pdf');

    expect(await refusal(send(w, deal, { subject: 'x' }))).toContain('a subject and a body');
    expect(await refusal(send(w, deal, { text: 'ghost' }))).toContain('no message "ghost"');
    expect(await refusal(send(w, deal, { text: 'offer', file: pending.id }))).toContain(
      'not been uploaded yet',
    );
    expect(await refusal(send(w, deal, { text: 'offer', file: 'ghost' }))).toMatch(/^404/);
    await w.as('pavel').change(deal, { contact: 'boris' });
    expect(await refusal(send(w, deal, { text: 'offer', file: quote.id }))).toContain('no e-mail address');

    await w.as('pavel').change(deal, { contact: 'anna' });
    w.mail.refuse('Address is on the suppression list');
    await send(w, deal, { text: 'offer', file: quote.id });
    expect([await w.stageOf(deal), await w.fact(deal, 'lost')]).toEqual(['draft', true]);
    expect((await w.inbox('pavel')).sort()).toEqual([
      '2026-02-02 09:00 letter-failed',
      '2026-02-02 09:00 not-sent',
    ]);
  });
});

test('a step sends the file of a field by itself, and tells people where there is none', async () => {
  await played(async (w) => {
    const deal = await begin(w, { auto: true });
    expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 not-sent']);

    await w.as('pavel').change(deal, { quote: await w.as('pavel').upload(deal, 'quote', 'q.pdf') });
    await w.as('pavel').move(deal, 'waiting');
    await w.as('pavel').move(deal, 'draft');

    expect(w.mail.letters).toMatchObject([{ subject: 'Offer O-1', files: { 'q.pdf': expect.anything() } }]);
    expect(await w.stageOf(deal)).toBe('waiting');
  });
});

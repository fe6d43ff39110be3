import { expect, test } from 'vitest';
import { readText } from '../../../functions/deals/file-store.ts';
import { addressOf } from '../../../functions/mail-in/address.ts';
import { placesOf } from '../../../functions/mail-in/rows.ts';
import type { Pack } from '../../../schemas/pack.ts';
import {
  field,
  letterReceived,
  move,
  pipeline,
  set,
  t,
  thread,
  value,
} from '../../../statemachines/vocabulary/index.ts';
import { packOf } from '../../world/pack-of.ts';
import { type World, world } from '../../world.ts';

const title = (en: string) => t(en, en);

const pack: Pack = {
  ...packOf('orders', [
    pipeline({
      id: 'orders',
      kind: 'deal',
      title: title('Orders'),
      prefix: 'O',
      start: 'open',
      fields: {
        contact: field.contact(title('Contact')),
        answered: field.boolean(title('Answered'), { system: true }),
      },
      stages: {
        open: {
          title: title('Open'),
          aim: title('Open.'),
          on: [
            thread('answered', {
              title: title('Answered'),
              on: letterReceived(),
              work: [set('mark', { answered: value(true) })],
            }),
          ],
          moves: [move('over', ['anyone'])],
        },
        over: { title: title('Over'), aim: title('Over.'), outcome: 'won', moves: [] },
      },
    }),
  ]),
};

const domain = 'in.voronka.example';
const vera = 'vera@client.example';

/** A letter as it goes over the wire. */
const eml = (headers: Record<string, string>, body: string | readonly string[] = 'Hello.'): string =>
  [
    ...Object.entries({
      From: `Vera <${vera}>`,
      Subject: 'An order',
      'Message-ID': '<1@client.example>',
      ...headers,
    }).map(([name, said]) => `${name}: ${said}`),
    '',
    ...[body].flat(),
    '',
  ].join('\r\n');

const played = async (
  play: (w: World, at: { deal: string; contact: string; address: string }) => Promise<void>,
) => {
  const w = await world({ at: '2026-02-02 09:00', packs: [pack], mail: true });
  try {
    const { id: contact } = await w
      .as('pavel')
      .ask('POST', '/v1/contacts', { name: 'Вера Лунина', email: vera });
    const deal = await w.enter('open', { contact });
    await play(w, { deal, contact, address: await addressOf(deal, domain) });
  } finally {
    await w.stop();
  }
};

test('a letter to the address of a deal is one of its letters and its contact’s, with its files; the responsible person reads of it, and the stage goes on', async () => {
  await played(async (w, { deal, contact, address }) => {
    const raw = eml({ 'Content-Type': 'multipart/mixed; boundary=B' }, [
      '--B',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'We take twelve.',
      '',
      'On Mon, 2 Feb 2026 at 09:00, Voronka wrote:',
      '> How many?',
      '--B',
      'Content-Type: application/octet-stream',
      "Content-Disposition: attachment; filename*=utf-8''%D0%9F%D0%BB%D0%B0%D0%BD.pdf",
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from('%PDF-1.7 plan').toString('base64'),
      '--B--',
    ]);
    await w.mailIn(raw, { to: address.toUpperCase(), from: vera });
    await w.mailIn(raw, { to: address, from: vera });

    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/letters`);
    expect(items).toMatchObject([
      {
        direction: 'in',
        from: { name: 'Vera', email: vera },
        subject: 'An order',
        text: 'We take twelve.',
        files: [{ name: 'План.pdf', type: 'application/pdf' }],
        came: { sender: 'known' },
        by: 'address',
      },
    ]);
    expect((await w.as('pavel').get(`/v1/contacts/${contact}/letters`)).items).toMatchObject([
      { id: items[0].id },
    ]);
    const { files } = await w.card(deal);
    expect(files.map(({ name }) => name)).toEqual(['План.pdf']);
    expect(await readText(`files/${deal}/${files[0]?.id}/_.pdf`)).toBe('%PDF-1.7 plan');
    expect(await readText(placesOf(deal, items[0].id).raw)).toBe(raw);
    expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 letter-received']);
    expect(await w.fact(deal, 'answered')).toBe(true);
  });
});

const unmatched = async (
  w: World,
): Promise<{ id: string; subject: string; suggests?: string; came: object }[]> => {
  const { items } = await w.as('galina').get('/v1/intake');
  return items;
};

test('an answer finds the deal by the letter it answers; a wrong tag, and an address that is known, attach nothing but are suggested', async () => {
  await played(async (w, { deal, contact, address }) => {
    await w.mailIn(eml({}), { to: address, from: vera });
    const dmarc = { dmarc: 'FAIL' };

    await w.mailIn(
      eml({ 'Message-ID': '<2@x>', References: '<0@x> <1@client.example> <9@x>', From: 'm@other.example' }),
      {
        to: `sales@${domain}`,
        from: 'm@other.example',
      },
    );
    await w.mailIn(eml({ 'Message-ID': '<3@x>', Subject: 'Forged' }), {
      to: address.replace(/\.[a-z2-7]{10}@/, '.aaaaaaaaaa@'),
      verdicts: dmarc,
    });
    await w.mailIn(eml({ 'Message-ID': '<4@x>', Subject: 'Tagged by nobody we know' }), {
      to: address,
      verdicts: dmarc,
    });

    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/letters`);
    expect(items.map(({ by, came, contact: of }: never) => [by, came, of]).sort()).toEqual([
      ['address', { sender: 'known' }, contact],
      ['address', { sender: 'unproven' }, contact],
      ['answer', { sender: 'unknown' }, contact],
    ]);
    expect(await unmatched(w)).toMatchObject([
      { subject: 'Forged', suggests: deal, came: { sender: 'unproven' } },
    ]);
  });
});

const toFour = { from: vera, to: `sales@${domain}` };
const first = async (w: World): Promise<string> => (await unmatched(w))[0]?.id ?? '';

test('a letter that belongs to no deal is put into one by a person, with its files, or called spam; what answers it comes there too', async () => {
  await played(async (w, { deal, contact }) => {
    await w.mailIn(
      eml({ 'Message-ID': '<lost@x>', 'Content-Type': 'multipart/mixed; boundary=B' }, [
        '--B',
        'Content-Type: text/html',
        '',
        '<p onclick="x">Where is it?</p>',
        '--B',
        'Content-Type: application/x-msdownload; name="run.exe"',
        'Content-Disposition: attachment; filename=run.exe',
        '',
        'MZ',
        '--B',
        'Content-Type: image/jpeg; name="photo.jpg"',
        'Content-Disposition: attachment; filename=photo.jpg',
        '',
        'JPEG',
        '--B--',
      ]),
      toFour,
    );
    const letter = await first(w);
    const galina = w.as('galina');
    expect(await galina.get(`/v1/intake/${letter}`)).toMatchObject({
      suggests: deal,
      files: [{ name: 'run.exe' }, { name: 'photo.jpg' }],
      original: expect.stringContaining('letter.eml'),
    });

    await galina.ask('POST', `/v1/intake/${letter}/file`, { deal });
    await galina.ask('POST', `/v1/intake/${letter}/file`, { deal });
    await w.mailIn(eml({ 'Message-ID': '<next@x>', 'In-Reply-To': '<lost@x>' }), toFour);

    const { items } = await galina.get(`/v1/deals/${deal}/letters`);
    const [filed] = items.filter(({ by }: { by: string }) => by === 'person');
    expect(filed).toMatchObject({
      text: 'Where is it?',
      contact,
      filedBy: 'galina',
      files: [{ name: 'photo.jpg' }],
      came: { sender: 'known', leftOut: 1 },
    });
    expect(await galina.get(`/v1/deals/${deal}/letters/${filed.id}`)).toMatchObject({
      body: { text: 'Where is it?', html: '<p>Where is it?</p>' },
      original: expect.stringContaining('letter.eml'),
    });
    expect(items.map(({ by }: { by: string }) => by).sort()).toEqual(['answer', 'person']);
    expect(await unmatched(w)).toEqual([]);
    expect(await w.inbox('pavel')).toHaveLength(2);
    await expect(galina.ask('POST', `/v1/intake/${letter}/spam`, {})).rejects.toThrow(
      'has been put into deal',
    );
  });
});

test('what no person wrote is filed without a word to anybody; talk between machines ends; the same letter by two addresses is one', async () => {
  await played(async (w, { deal, address }) => {
    const out = { 'Auto-Submitted': 'auto-replied', 'Message-ID': '<away@x>', Subject: 'Away' };
    await w.mailIn(eml(out), { to: address, from: vera });
    await w.mailIn(eml({ ...out, 'Message-ID': '<away2@x>' }), { ...toFour, from: '' });
    await w.mailIn(eml({ 'Message-ID': '<list@x>', 'List-Id': '<news.x>', From: 'news@x.example' }), toFour);
    expect(await w.inbox('pavel')).toEqual([]);
    expect(await w.fact(deal, 'answered')).toBeUndefined();
    expect(await unmatched(w)).toMatchObject([{ came: { automatic: 'bulk' } }]);

    const twice = { 'Message-ID': '<twice@x>', From: 'oleg@x.example' };
    const raw = eml(twice);
    await Promise.all([w.mailIn(raw, { to: [address, `sales@${domain}`] }), w.mailIn(raw, { to: address })]);
    await w.mailIn(eml(twice, 'Other words under the same id.'), { to: address });
    const before = (await unmatched(w)).length;
    for (const to of [`sales@${domain}`, address]) {
      await w.mailIn(eml({ ...twice, 'Message-ID': '<both@x>' }), { to });
      expect(await unmatched(w)).toHaveLength(to === address ? before : before + 1);
    }
    for (let n = 1; n <= 52; n += 1)
      await w.mailIn(eml({ 'Message-ID': `<loop${n}@x>` }, `${n}`), { to: address });

    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/letters?limit=100`);
    const kinds = Map.groupBy(
      items,
      ({ came }: { came: { automatic?: string } }) => came.automatic ?? 'person',
    );
    expect([...kinds].map(([kind, { length }]) => [kind, length]).sort()).toEqual([
      ['loop', 2],
      ['person', 53],
      ['reply', 1],
    ]);
    expect(await w.inbox('pavel')).toHaveLength(53);
  });
});

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

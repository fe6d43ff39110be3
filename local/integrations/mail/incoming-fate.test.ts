import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stored } from '../../../functions/deals/file-store.ts';
import { addressOf } from '../../../functions/mail-in/address.ts';
import { handler as sesCalls } from '../../../functions/mail-in/receive.handler.ts';
import { countKey, incomingKey, placesOf } from '../../../functions/mail-in/rows.ts';
import { messageOf } from '../../../functions/shared/rows.ts';
import { receiptEvent } from '../../mail/inbound.ts';
import { type World, world } from '../../world.ts';

const domain = 'in.voronka.example';
const vera = 'vera@client.example';
const kept = join(import.meta.dirname, '../../../functions/mail-in/letters');

const letter = (id: string, more: readonly string[] = [], text = 'Vera Lunina, please call me.'): string =>
  [
    `From: Vera Lunina <${vera}>`,
    'Subject: From Vera Lunina',
    `Message-ID: <${id}>`,
    ...more,
    '',
    text,
    '',
  ].join('\r\n');
const withFile = [
  'Content-Type: multipart/mixed; boundary=B',
  '',
  '--B',
  'Content-Type: text/plain',
  '',
  'Passport of Vera Lunina',
  '--B',
  'Content-Type: image/png; name=passport.png',
  'Content-Disposition: attachment; filename=passport.png',
  '',
  'PNG',
  '--B--',
].join('\r\n');

const played = async (
  play: (w: World, at: { deal: string; contact: string; to: string }) => Promise<void>,
) => {
  const w = await world({ at: '2026-02-02 09:00', mail: true });
  try {
    const { id: contact } = await w
      .as('pavel')
      .ask('POST', '/v1/contacts', { name: 'Vera Lunina', email: vera });
    const deal = await w.enter('quote', { contact });
    await play(w, { deal, contact, to: await addressOf(deal, domain) });
  } finally {
    await w.stop();
  }
};

test('letters are part of what is held of a person; an erased person is in none, nor in what came with them', async () => {
  await played(async (w, { deal, contact, to }) => {
    await w.mailIn(`${letter('one@x').split('\r\n').slice(0, 3).join('\r\n')}\r\n${withFile}\r\n`, { to });
    await w.mailIn(letter('two@x').replace(vera, 'oleg@client.example'), { to });
    await w.mailIn(letter('three@x'), { to: `sales@${domain}` });
    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/letters`);
    const { letters } = await w.as('admin').get(`/v1/contacts/${contact}/export`);
    expect(letters.map(({ text, deal: of, files }: never) => [text, of, files]).sort()).toMatchObject([
      ['Passport of Vera Lunina', deal, [{ name: 'passport.png' }]],
      ['Vera Lunina, please call me.', undefined, undefined],
    ]);
    const [file] = (await w.card(deal)).files;

    await w.as('admin').ask('POST', `/v1/contacts/${contact}/erase`, { reason: 'asked', force: true });
    await w.as('admin').ask('POST', `/v1/contacts/${contact}/erase`, { reason: 'asked', force: true });

    const left = await w.as('pavel').get(`/v1/deals/${deal}/letters`);
    const waiting = await w.as('galina').get('/v1/intake');
    expect(JSON.stringify([left, waiting, await w.card(deal)])).not.toMatch(/lunina|vera@|passport/i);
    expect(left.items).toHaveLength(2);
    for (const { id } of items) {
      expect(await stored(placesOf(deal, id).raw)).toBeUndefined();
      const { body } = await w.as('pavel').get(`/v1/deals/${deal}/letters/${id}`);
      expect(JSON.stringify(body)).not.toMatch(/lunina/i);
    }
    expect(await stored(`files/${deal}/${file?.id}/passport.png`)).toBeUndefined();
    const keys = await Promise.all(
      items.map(({ id }: { id: string }) => w.table.get(incomingKey(id), { consistent: true })),
    );
    expect(keys.map((row) => row?.raw)).toEqual([undefined, undefined]);
  });
});

test('a mail server that says by letter that ours did not arrive is believed if it names the letter and its address, and is filed with its deal', async () => {
  await played(async (w, { deal }) => {
    await w.as('pavel').ask('POST', `/v1/deals/${deal}/letters`, { subject: 'An offer', body: 'An offer.' });
    const report = readFileSync(join(kept, 'bounce.eml'), 'utf8');
    const state = async () => {
      const { items } = await w.table.query({ index: 'g2', pk: `LETTERS#${deal}` });
      return items.filter(({ row }) => row === 'message').map((row) => messageOf(row).state);
    };

    await w.mailIn(report.replaceAll(vera, 'other@client.example'), { to: `no-reply@${domain}`, from: '' });
    await w.mailIn(report.replace('ses-1@', 'ses-9@'), { to: `no-reply@${domain}`, from: '' });
    expect(await state()).toEqual(['sent']);
    await w.mailIn(report.replace('bounce@mx', 'bounce-2@mx'), { to: `no-reply@${domain}`, from: '' });

    expect(await state()).toEqual(['bounced']);
    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/letters`);
    expect(items.filter(({ direction }: { direction: string }) => direction === 'in')).toMatchObject([
      { came: { automatic: 'report' }, by: 'answer' },
    ]);
    expect((await w.as('galina').get('/v1/intake')).items).toEqual([]);
  });
});

test('a letter with a virus comes without its files, one to a deal that is over still comes, and what cannot be read is kept as it came', async () => {
  await played(async (w, { deal, to }) => {
    await w.mailIn(`${letter('virus@x').split('\r\n').slice(0, 3).join('\r\n')}\r\n${withFile}\r\n`, {
      to,
      verdicts: { virus: 'FAIL', spam: 'FAIL' },
    });
    expect((await w.card(deal)).files).toEqual([]);
    const row = {
      ...(await w.table.get({ pk: `D#${deal}`, sk: '9#DEAL' }, { consistent: true })),
      outcome: 'won',
    };
    await w.table.write({ put: row as never });

    await w.mailIn(letter('late@x'), { to });
    await w.mailIn(letter('hard@x', [`X-Big: ${'a'.repeat(300_000)}`]), { to });

    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/letters`);
    const came = items.map(({ came: known }: { came: object }) => JSON.stringify(known)).sort();
    expect(came).toEqual(
      [
        { sender: 'known' },
        { sender: 'known', spam: true, virus: true, leftOut: 1 },
        { sender: 'known', unread: 'head-too-long' },
      ]
        .map((known) => JSON.stringify(known))
        .sort(),
    );
    expect(await w.inbox('pavel')).toHaveLength(3);
    const hard = items.find((one: { came: { unread?: string } }) => one.came.unread !== undefined);
    expect((await w.as('pavel').get(`/v1/deals/${deal}/letters/${hard.id}`)).original).toContain(
      'letter.eml',
    );
    const seen = await w.as('pavel').get(`/v1/deals/${deal}`);
    expect(
      seen.feed.filter(({ data }: { data: { direction?: string } }) => data.direction === 'in'),
    ).toHaveLength(3);
  });
});

test('SES that calls twice, for a letter that is not there yet, or with what is no event of it, does no harm', async () => {
  await played(async (w, { deal, to }) => {
    const id = await w.mailIn(letter('again@x'), { to });
    const at = w.clock.now();
    const event = (messageId: string) =>
      receiptEvent(
        Buffer.from(letter('again@x')),
        messageId,
        { from: vera, to: [to] },
        {
          recipients: [to],
          functionArn: 'mail-in',
          at,
        },
      );

    await sesCalls(event(id) as never);
    await expect(sesCalls(event('never-put') as never)).rejects.toThrow('not in the bucket yet');
    await expect(sesCalls(event('../files/secret') as never)).rejects.toThrow('an id of SES');
    await expect(sesCalls({ Records: [] } as never)).rejects.toThrow('no event of SES');

    expect((await w.as('pavel').get(`/v1/deals/${deal}/letters`)).items).toHaveLength(1);
    expect(await w.table.get(countKey(vera, '2026-02-02'))).toMatchObject({ count: 1 });
    // Neither the talk of the deal nor what people are told tells of it twice.
    expect(await w.inbox('pavel')).toEqual(['2026-02-02 09:00 letter-received']);
  });
});

test('who may not see clients reads letters without their addresses; nobody reads those of a deal that is not theirs to see', async () => {
  await played(async (w, { deal, to }) => {
    await w.mailIn(letter('seen@x'), { to });
    const { items } = await w.as('pavel').get(`/v1/deals/${deal}/letters`);
    const other = await w.enter('quote');

    await expect(w.as('pavel').get(`/v1/deals/${other}/letters/${items[0].id}`)).rejects.toThrow('404');
    await expect(w.as('artem').get(`/v1/deals/${deal}/letters`)).rejects.toThrow('404');
    await expect(w.as('artem').get(`/v1/deals/${deal}/letters/${items[0].id}`)).rejects.toThrow('404');
  });
});

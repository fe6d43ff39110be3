import { expect } from 'vitest';
import { press } from '../robokassa/shop.ts';
import { linkOf, order, test } from './client.ts';
import { linesOf } from './lines.ts';

test('a client opens the link of a letter, pays, and reads that it is paid', async ({ w }) => {
  const deal = await w.enter('contract', order);
  await w.as('pavel').move(deal, 'picking');
  const { items } = await w.as('pavel').get(`/v1/deals/${deal}/messages`);
  const [link = ''] = /http\S+\/v1\/track\/\S+/.exec(String(items[0]?.body)) ?? [];
  const page = await w.ask(link);
  expect(linesOf(page.text)).toEqual([
    'Заказ D-1',
    '12 bearings',
    'Собираем заказ',
    'с 02.02.2026',
    'Оплата',
    '240 000,00 ₽',
    'Заказ D-1',
    'Оплатить',
    'оплатить до 05.02.2026, 09:00',
    'Оплата проходит на защищённой странице Робокассы.',
    'Подробности',
    'Сумма сделки',
    '240 000,00 ₽',
    'Сумма оплаты',
    '0,00 ₽',
    'Ваш менеджер',
    'Павел Рябов',
    'Написать',
    'Эта страница открывается по ссылке без пароля: не передавайте её посторонним.',
  ]);

  const atGateway = await press(w, page.text);
  await press(w, atGateway.text);

  const after = await w.ask(`${link}?lang=en`);
  expect(linesOf(after.text)).toEqual(expect.arrayContaining(['Paid, thank you, 02/02/2026, 09:00']));
  expect(after.text).not.toContain('<form');
  expect(await w.fact(deal, 'paidTotal')).toBe(24_000_000);
});

test('a page is kept by nobody, framed by nobody, and its forms lead to the gateway alone', async ({ w }) => {
  const deal = await w.enter('contract', order);
  await w.as('pavel').move(deal, 'picking');

  const { headers } = await w.ask(await linkOf(w, deal));

  expect(Object.fromEntries(headers)).toMatchObject({
    'cache-control': 'no-store',
    'content-type': 'text/html; charset=utf-8',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
    'x-frame-options': 'DENY',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'none'; form-action 'self' ${w.url}; frame-ancestors 'none'`,
  });
});

test('a parcel moves at its carrier and on the page, in words that no code of the carrier is among', async ({
  w,
}) => {
  await w.cdek({ do: 'number', next: '1234567890' });
  const deal = await w.registered();
  const uuid = String((await w.parcels(deal))[0]?.uuid);
  const link = await linkOf(w, deal);
  const [letter] = (await w.as('pavel').get(`/v1/deals/${deal}/messages`)).items;
  expect(letter.body).toContain(link);
  expect(linesOf((await w.ask(link)).text)).toEqual(
    expect.arrayContaining(['Доставка', 'Оформлена в СДЭК', '1234567890', 'Отследить на сайте СДЭК']),
  );

  await w.cdek({ do: 'status', order: uuid, code: 'RECEIVED_AT_SHIPMENT_WAREHOUSE' });
  await w.clock.advance(3_600_000);
  await w.cdek({ do: 'status', order: uuid, code: 'ACCEPTED_AT_PICK_UP_POINT' });
  await w.clock.settle();

  const { text } = await w.ask(link);
  const lines = linesOf(text);
  expect(lines.slice(lines.indexOf('Посылка'), lines.indexOf('Подробности'))).toEqual([
    'Посылка',
    'Ждёт вас в пункте выдачи',
    'Трек-номер',
    '1234567890',
    'Отследить на сайте СДЭК',
    'История доставки',
    'Ждёт вас в пункте выдачи, Новосибирск 02.02.2026, 10:00',
    'В пути, Новосибирск 02.02.2026, 09:00',
    'Оформлена в СДЭК, Москва 02.02.2026, 09:00',
    'Готовится к отправке 02.02.2026, 09:00',
  ]);
  expect(text).not.toMatch(/RECEIVED|ACCEPTED|PICK_UP/);
});

test('a link that was shut, replaced or never made answers alike, and so does that of somebody who was erased', async ({
  w,
}) => {
  const deal = await w.enter('picking', order);
  const pavel = w.as('pavel');
  const old = await linkOf(w, deal);
  const answers: [string, number, string][] = [];
  const look = async (what: string, url: string) => {
    const { status, text } = await w.ask(url);
    answers.push([what, status, status === 200 ? 'the page' : text]);
  };
  await look('at first', old);
  const { link: fresh } = await pavel.ask('POST', `/v1/deals/${deal}/tracking`, { do: 'new' });
  await look('the one before', old);
  await look('the new one', fresh);
  expect(await pavel.ask('POST', `/v1/deals/${deal}/tracking`, { do: 'off' })).toEqual({ on: false });
  await look('shut', fresh);
  expect(await pavel.ask('POST', `/v1/deals/${deal}/tracking`, { do: 'on' })).toEqual({
    on: true,
    link: fresh,
  });
  await look('open again', fresh);
  const other = await w.enter('picking', order);
  await look('of another deal', fresh.replace(`${deal}.`, `${other}.`));
  await look('of no deal', fresh.replace(`${deal}.`, 'nobody.'));
  await look('of no form', `${w.url}/v1/track/x`);
  await w.as('admin').ask('POST', '/v1/contacts/anna/erase', { reason: 'asked', force: true });
  await look('erased', fresh);

  const [, , none = ''] = answers.find(([what]) => what === 'shut') ?? [];
  expect(none).toContain('Страница не найдена');
  expect(answers).toEqual([
    ['at first', 200, 'the page'],
    ['the one before', 404, none],
    ['the new one', 200, 'the page'],
    ['shut', 404, none],
    ['open again', 200, 'the page'],
    ['of another deal', 404, none],
    ['of no deal', 404, none],
    ['of no form', 404, none],
    ['erased', 404, none],
  ]);
  await expect(pavel.ask('POST', `/v1/deals/${deal}/tracking`, { do: 'on' })).rejects.toThrow('422');
});

test('who may not change a deal gives nobody its link anew, and who may not see it does not learn it', async ({
  w,
}) => {
  const deal = await w.enter('picking', order, { responsible: 'pavel' });

  const asked = await Promise.all([
    w.as('nina').ask('POST', `/v1/deals/${deal}/tracking`, { do: 'off' }).catch(String),
    w.as('rita').get(`/v1/deals/${deal}/tracking`).catch(String),
    w.ask(`/v1/deals/${deal}/tracking`).then(({ status }) => status),
  ]);

  expect(asked).toEqual([expect.stringMatching(/40[34]/), expect.anything(), 401]);
});

test('names that are markup, turn the reading round or never end are shown as what they are', async ({
  w,
}) => {
  const title = `"><script>alert(1)</script>${'х'.repeat(100)}\u202Etxt.exe`;
  const deal = await w.enter(
    'shipment',
    { ...order, trackNumber: '<img src=x onerror=alert(1)>' },
    { title },
  );

  const { text, status } = await w.ask(`${await linkOf(w, deal)}?lang=%22%3E%3Cscript%3E`);

  expect(status).toBe(200);
  expect(text).toContain('<bdi>&quot;&gt;&lt;script&gt;');
  expect(text).toContain('<bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>');
  expect(text).not.toMatch(/<script|<img/);
  expect(text).toContain('<html lang="ru">');
});

test('a client fetches the documents that are named for them, by addresses made for the click, and no other file', async ({
  w,
}) => {
  const deal = await w.enter('invoice-quote', order);
  const pavel = w.as('pavel');
  const quote = await pavel.upload(deal, 'quoteFile', 'quote.pdf');
  const draft = await pavel.upload(deal, 'contractDraft', 'draft.pdf');
  await pavel.change(deal, { quoteFile: quote, contractDraft: draft });
  const link = await linkOf(w, deal);
  const { text } = await w.ask(link);
  expect(linesOf(text)).toEqual(expect.arrayContaining(['Документы', 'КП:', 'quote.pdf']));
  expect(text).not.toContain('draft.pdf');
  const [, href = ''] = /href="([^"]+\/files\/[^"]+)"/.exec(text) ?? [];

  const led = await w.ask(href);

  expect([led.status, led.text, led.headers.get('cache-control')]).toEqual([302, '', 'no-store']);
  const place = new URL(String(led.headers.get('location')));
  expect(Number(place.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(300);
  expect(await (await fetch(place)).text()).toBe('8 bytes!');
  const others = [
    `${link}/files/${draft.id}`,
    `${link}/files/none`,
    href.replace(/track\/[^/]+/, 'track/x.y'),
  ];
  expect(await Promise.all(others.map(async (url) => (await w.ask(url)).status))).toEqual([404, 404, 404]);
});

test('a shop without keys takes the button from the page and nothing else', async ({ w }) => {
  const deal = await w.enter('contract', order);
  await w.as('pavel').move(deal, 'picking');
  const link = await linkOf(w, deal);

  w.secrets.write('world/robokassa', {});
  const { status, text } = await w.ask(link);

  expect(status).toBe(200);
  expect(text).not.toContain('<form');
  expect(linesOf(text)).toEqual(
    expect.arrayContaining([
      'Оплатить сейчас нельзя. Попробуйте позже или напишите менеджеру.',
      'Подробности',
    ]),
  );
});

test('a page costs as many reads for a deal of many rows as for one of few, and a wrong link one', async ({
  w,
}) => {
  const readsOf = async (url: string): Promise<number> => {
    const since = w.table.calls.reads;
    await w.ask(url);
    return w.table.calls.reads - since;
  };
  const few = await w.enter('picking', { ...order, payerKind: 'legal' });
  const many = await w.enter('picking', { ...order, payerKind: 'legal' });
  for (let entry = 0; entry < 20; entry += 1) await w.as('rita').pay(many, 100);
  const [link, other] = [await linkOf(w, few), await linkOf(w, many)];
  await readsOf(link); // the company is read with the first

  const reads = {
    few: await readsOf(link),
    many: await readsOf(other),
    wrong: await readsOf(`${link.slice(0, -1)}?`),
    unknown: await readsOf(link.replace(`${few}.`, 'nobody.')),
  };

  expect(reads).toEqual({ few: reads.many, many: reads.few, wrong: reads.unknown, unknown: reads.wrong });
  expect(reads.few - reads.wrong).toBe(2);
});

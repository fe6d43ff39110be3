import { expect, test } from 'vitest';
import { html } from '../shared/html.ts';
import { clientStatus } from './client-status.ts';
import { pageFor } from './layout.ts';
import { stepsOf } from './parcels.ts';
import { palettes } from './style.ts';

/** https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
};

test.for(Object.entries(palettes))('every text of the page can be read by %s', ([, palette]) => {
  const { page, card, text, quiet, link, good, button, onButton } = palette;

  const pairs = [
    ...[text, quiet, link, good].flatMap((ink) => [contrast(ink, page), contrast(ink, card)]),
    contrast(onButton, button),
  ];

  expect(Math.min(...pairs)).toBeGreaterThanOrEqual(4.5);
});

test('a stage without words for the client shows those of the stage before it, by history and then by the board', () => {
  const say = (id: string) => ({ ru: id, en: id });
  const pipeline = {
    stages: { new: {}, offer: {}, check: {}, pack: {}, gone: {} },
    tracking: { stages: { offer: say('offer'), pack: say('pack') } },
  } as unknown as Parameters<typeof clientStatus>[1];
  const at = (stage: string, cameFrom?: string) => clientStatus({ stage, cameFrom }, pipeline)?.en;

  const said = [at('pack'), at('check'), at('check', 'pack'), at('gone', 'check'), at('new')];

  expect(said).toEqual(['pack', 'offer', 'pack', 'pack', 'offer']);
});

test('of the codes of a carrier a client reads where the parcel came to, each once, the newest first', () => {
  const statuses = [
    { code: 'CREATED', at: '1', state: 'created', city: 'Москва' },
    { code: 'READY_FOR_SHIPMENT_IN_SENDER_CITY', at: '2', state: 'in-transit', city: 'Москва' },
    { code: 'TAKEN_BY_TRANSPORTER_FROM_SENDER_CITY', at: '3', state: 'in-transit', city: 'Москва' },
    { code: 'WHO_KNOWS', at: '4', city: 'Тверь' },
    { code: 'ACCEPTED_IN_RECIPIENT_CITY', at: '5', state: 'in-transit', city: 'Новосибирск' },
  ] as never;

  expect(stepsOf({ statuses }).map(({ at, state, city }) => `${at} ${state} ${city}`)).toEqual([
    '5 in-transit Новосибирск',
    '2 in-transit Москва',
    '1 created Москва',
  ]);
});

test('a page loads nothing, runs nothing and is found by no search', () => {
  const { body, headers } = pageFor({ language: 'ro', title: '<b>' }, html`<p>${'<script>'}</p>`);

  expect(body).toContain('<html lang="ro">');
  expect(body).toContain('<title>&lt;b&gt;</title>');
  expect(body).toContain('<meta name="robots" content="noindex,nofollow">');
  expect(body.replace('<link rel="icon" href="data:,">', '')).not.toMatch(
    /<script|<link|<img|<iframe|\son\w+=|@import|url\(/,
  );
  expect(headers).toEqual({ 'x-robots-tag': 'noindex, nofollow' });
});

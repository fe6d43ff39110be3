import { expect, test } from 'vitest';
import type { Pack } from '../../schemas/pack.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { packs } from '../packs/index.ts';
import { sayCondition } from './condition.ts';
import { describe } from './describe.ts';
import { diagram } from './diagram.ts';
import { inRomanian } from './romanian.ts';

const goods = (): [Pack, Pipeline] => {
  const pack = packs.find(({ id }) => id === 'industrial');
  const pipeline = pack?.pipelines.find(({ id }) => id === 'goods');
  if (!pack || !pipeline) throw new Error('no industrial/goods');
  return [pack, pipeline];
};

test.each([
  ["deliveryTerms = 'pickup'", '“Delivery terms” is “Pickup”'],
  ["$exists(deliveryTerms) = false or deliveryTerms != 'pickup'", '“Delivery terms” is not “Pickup”'],
  ['$exists(hasOriginals) = false or hasOriginals != true', '“Originals received” is no'],
  [
    '$exists(paidTotal) and $exists(dealTotal) and paidTotal >= dealTotal',
    '“Paid” is no less than “Deal total”',
  ],
  [
    '$exists(quoteFeedbackDate) and ($exists(opened.quoteFeedbackDate) = false or quoteFeedbackDate != opened.quoteFeedbackDate)',
    '“Quote feedback date” has changed',
  ],
  ['$exists(trackNumber) = false', '“Track number” is empty'],
  ["stage in ['lost', 'won']", '“Stage” is “Deal lost” or “Deal won”'],
  ["outcome = 'done'", '“Outcome of the process” is done'],
  ["$exists(trackNumber) ? trackNumber : 'none'", '“Track number”, where it is empty none'],
  ['$exists(dealTotal) ? dealTotal + 1 : 1', 'one more'],
  ["hasOriginals = true ? 'yes' : 'no'", 'yes if “Originals received” is yes, else no'],
  [
    "fullyReserved = true and (deliveryTerms = 'pickup' or $exists(items))",
    '“Fully reserved” is yes and (“Delivery terms” is “Pickup” or “Items” is filled)',
  ],
])('%s reads: %s', (expression, said) => {
  const [pack, pipeline] = goods();

  expect(sayCondition({ pack, pipeline, language: 'en' }, expression)).toBe(said);
});

test('the description tells a stage in sentences', () => {
  const [pack, pipeline] = goods();

  const said = describe(pack, pipeline, 'en');

  expect(said).toContain(
    [
      '## 2. Express identification',
      '',
      'Aim: It is quickly known what the client needs.',
      '',
      '- Whoever moves the deal here becomes responsible.',
      '- Task “Do the express identification”: Responsible, in 5 hours.',
      '  - The form: Company, Contact, Kind of payer, Case complexity.',
      '  - If it is open: when due → Responsible, Head, Product manager.',
      '- Move: “Invoice or quote” (responsible).',
    ].join('\n'),
  );
  expect(said).toContain('- Every 14 days, while “Fully reserved” is yes and “Delivery terms” is “Pickup”:');
});

test('what people hear of every deal, and how else it may end, is told too', () => {
  const pack = packs.find(({ id }) => id === 'furniture');
  const [order] = pack?.pipelines ?? [];
  if (pack === undefined || order === undefined) throw new Error('no pipeline of furniture');

  const said = describe(pack, order, 'en');

  expect(said).toContain('- Of every move hears: Responsible\n');
  expect(said).toContain('- Members talk inside the deal, and hear of each message\n');
  expect(said).toContain('- If “Reason of the cancellation” is filled, the outcome is: lost.');
});

test('a picture is the same bytes each time, names every stage, and needs nothing from outside', () => {
  for (const pack of packs)
    for (const pipeline of pack.pipelines)
      for (const language of ['ru', 'en'] as const) {
        const svg = diagram(pack, pipeline, language);

        expect(diagram(pack, pipeline, language)).toBe(svg);
        for (const id of Object.keys(pipeline.stages)) expect(svg).toContain(`<g id="${id}">`);
        expect(svg).not.toMatch(/<script|<image|href=|url\((?!#)|@import|NaN|undefined/);
      }
});

test('the picture follows the definition: another task, another title, another stage', () => {
  const [pack, pipeline] = goods();
  const edited = structuredClone(pipeline);
  const quote = edited.stages['invoice-quote'];
  if (quote) quote.title = { ru: 'Предложение', en: 'Proposal' };

  expect(diagram(pack, edited, 'en')).toContain('Proposal');
  expect(diagram(pack, pipeline, 'en')).not.toContain('Proposal');
});

test.each([
  ['To enter: fill “Parcel”', 'La intrare: completați “Parcel”'],
  ['at 08:00, 1 zi before „Vizita”', 'la 08:00, cu 1 zi înainte de „Vizita”'],
  ['„Restul” is empty', '„Restul” este gol'],
  ['nothing of the kind', 'nothing of the kind'],
])('%s is said in Romanian as: %s', (english, romanian) => {
  expect(inRomanian(english)).toBe(romanian);
});

test('a page for a company in Moldova has no English left in it', () => {
  for (const pack of packs.filter(({ country }) => country === 'MD'))
    for (const pipeline of pack.pipelines) {
      const said = describe(pack, pipeline, 'ro').replaceAll(/„[^”]*”/g, '');

      const english = /\b(the|when|until|wait|task|move|tell|if|otherwise|before|after|only|by itself)\b/i;
      expect(said.split('\n').filter((line) => english.test(line))).toEqual([]);
    }
});

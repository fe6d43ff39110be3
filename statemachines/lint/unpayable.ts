import { ShopCurrency } from '../../schemas/integrations/robokassa.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Check, type Finding, finding, list } from './finding.ts';
import { placed } from './places.ts';

/** Currencies in which deals of a pipeline keep payments. */
const kept = ({ fields }: Pipeline): string[] => [
  ...new Set(
    Object.values(fields).flatMap((field) =>
      field.type === 'total' && field.of.includes('payment') && field.state === undefined
        ? [field.currency]
        : [],
    ),
  ),
];

/** Money that is asked of a client and could not be taken: no shop, or none for its currency; a bill of what are no lines. */
export const unpayable: Check = (pack, pipeline) =>
  placed(pipeline).flatMap(({ path, step }): Finding[] => {
    if (step.do !== 'pay') return [];
    const shop = pack.integrations?.robokassa;
    if (shop === undefined)
      return [
        finding(
          'unpayable',
          path,
          `${pack.id} takes no payments; give the pack integrations: { robokassa: { accountant: [...] } }`,
        ),
      ];
    const asked = pipeline.fields[step.amount.trim()];
    const currency =
      (asked !== undefined && 'currency' in asked ? asked.currency : undefined) ?? pack.currency;
    const taken: readonly string[] = shop.currencies;
    const letter = pack.messages[step.text];
    const mute = Object.entries(letter?.body ?? {}).filter(
      ([, body = '']) => !/\{\{\s*payLink\s*\}\}/.test(body),
    );
    const items = step.items === undefined ? undefined : pipeline.fields[step.items];
    return [
      ...mute.map(([language]) =>
        finding(
          'unpayable',
          path,
          `the message "${step.text}" (${language}) brings no link; write {{payLink}} into its body`,
        ),
      ),
      ...(taken.includes(currency)
        ? []
        : [
            finding(
              'unpayable',
              path,
              `"${step.amount}" is in ${currency}; the shop takes ${list(taken)} (of ${list(ShopCurrency.options)})`,
            ),
          ]),
      ...(kept(pipeline).includes(currency)
        ? []
        : [
            finding(
              'unpayable',
              path,
              `"${step.amount}" is in ${currency}, in which ${pipeline.id} keeps no total of payments; it keeps ${list(kept(pipeline))}`,
            ),
          ]),
      ...(items === undefined || items.type === 'lines'
        ? []
        : [
            finding(
              'unpayable',
              path,
              `"${step.items}" is a field of type ${items.type}; a bill needs lines`,
            ),
          ]),
    ];
  });

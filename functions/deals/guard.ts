import type { Deal } from '../../schemas/deal.ts';
import type { Requirement } from '../../schemas/pipeline.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { withOpenColumns } from '../access/columns.ts';
import { hiddenFields } from '../access/rights.ts';
import { fill, printDay, printFacts } from '../notify/render.ts';
import { localDay } from '../schedule/local-time.ts';
import type { Refusal } from '../shared/errors.ts';
import { type Facts, holds } from '../shared/expression.ts';
import type { Context } from './context.ts';
import { factsOf } from './facts.ts';

/** What guards read: the facts of the deal, `today` in the company's zone, and `now`. */
export const guardFacts = async (deal: Deal, { pipeline, pack, now }: Context): Promise<Facts> => ({
  ...(await factsOf(deal, pipeline)),
  today: localDay(now, pack.zone),
  now: instantOf(now),
});

/** Facts without those that the one who acts may not see. */
export const openFacts = (facts: Facts, { reader, pipeline }: Context): Facts => {
  const hidden = reader === undefined ? new Set<string>() : hiddenFields(reader, pipeline);
  return withOpenColumns(
    Object.fromEntries(Object.entries(facts).filter(([name]) => !hidden.has(name))),
    pipeline,
    reader,
  );
};

/** A refusal or a warning with the facts put in that its reader may see. */
export const sayWith = (text: Text, facts: Facts, context: Context): Text => {
  const { pipeline, pack, company } = context;
  const open = openFacts(facts, context);
  const said = (language: Language) => {
    const printed = printFacts(open, pipeline, { language, zone: pack.zone, company });
    const today = printDay(String(facts.today), language);
    return fill(say(text, language), { ...printed, today });
  };
  return { ru: said('ru'), en: said('en'), ...(text.ro === undefined ? {} : { ro: said('ro') }) };
};

const missing = (field: string, title: Text): Refusal => ({
  path: `fields.${field}`,
  code: 'required',
  message: {
    ru: `Заполните поле «${title.ru}»`,
    en: `Fill in “${title.en}”`,
    ro: `Completați câmpul „${say(title, 'ro')}”`,
  },
});

/** Which of these requirements fail, in their own words. */
export const failing = async (
  requirements: readonly Requirement[],
  facts: Facts,
  context: Context,
): Promise<Text[]> => {
  const texts: Text[] = [];
  for (const { condition, refusal } of requirements)
    if (!(await holds(condition, facts))) texts.push(sayWith(refusal, facts, context));
  return texts;
};

/** Everything that stands in the way: fields without a value, conditions that fail. */
export const unmet = async (
  required: readonly string[],
  conditions: readonly Requirement[],
  facts: Facts,
  context: Context,
): Promise<Refusal[]> => [
  ...required
    .filter((field) => facts[field] === undefined)
    .map((field) => missing(field, context.pipeline.fields[field]?.title ?? { ru: field, en: field })),
  ...(await failing(conditions, facts, context)).map((message) => ({
    path: 'stage',
    code: 'condition',
    message,
  })),
];

/** What the pipeline's own checks say of a write: what refuses it, and what it is only warned of. */
export type Checked = { readonly refusals: readonly Refusal[]; readonly warnings: readonly Text[] };

/**
 * Looks at a write by the checks of its pipeline, those about a field, total or figure that it changes. The system is
 * not asked.
 */
export const check = async (before: Deal | undefined, after: Deal, context: Context): Promise<Checked> => {
  const { checks = [] } = context.pipeline;
  if (context.reader === undefined || checks.length === 0 || before === after)
    return { refusals: [], warnings: [] };
  const old: Facts = before === undefined ? {} : await factsOf(before, context.pipeline);
  const facts = await guardFacts(after, context);
  const refusals: Refusal[] = [];
  const warnings: Text[] = [];
  for (const { on, condition, refusal, unmet: then } of checks) {
    const changed = on.find((name) => JSON.stringify(old[name]) !== JSON.stringify(facts[name]));
    if (changed === undefined || (await holds(condition, facts))) continue;
    const message = sayWith(refusal, facts, context);
    if (then === 'warn') warnings.push(message);
    else refusals.push({ path: `fields.${changed}`, code: 'check', message });
  }
  return { refusals, warnings };
};

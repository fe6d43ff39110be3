import type { Preview } from '../../schemas/api/previews.ts';
import type { Deal } from '../../schemas/deal.ts';
import { DealId, UserId } from '../../schemas/ids.ts';
import { printMoney } from '../../schemas/money.ts';
import type { Message, Pack } from '../../schemas/pack.ts';
import type { Field, Pipeline } from '../../schemas/pipeline.ts';
import { say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import type { Context } from '../deals/context.ts';
import { newDeal } from '../deals/new-deal.ts';
import { compose } from '../notify/tell.ts';
import { localDay } from '../schedule/local-time.ts';
import type { Facts } from '../shared/expression.ts';
import { publicUrl } from '../shared/public-url.ts';

const placeholders = (message: Message): Set<string> =>
  new Set(
    [...JSON.stringify([message.subject, message.body]).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(
      ([, name = '']) => name,
    ),
  );

/** The pipeline whose deals can say most of what a message asks for. */
const pipelineFor = (message: Message, { pipelines }: Pack): Pipeline | undefined => {
  const names = placeholders(message);
  const known = ({ fields }: Pipeline) => [...names].filter((name) => fields[name] !== undefined).length;
  return pipelines.toSorted((one, other) => known(other) - known(one))[0];
};

/** A value such a field might have; nothing for those that a text prints from elsewhere. */
const madeUp = (field: Field, { users }: Company, now: Date): unknown => {
  switch (field.type) {
    case 'number':
      return 12;
    case 'boolean':
      return true;
    case 'money':
    case 'total':
    case 'accrued':
    case 'computed':
      return 12_500_000;
    case 'date':
      return localDay(now, 'UTC');
    case 'datetime':
      return instantOf(now);
    case 'enum':
      return Object.keys(field.options)[0];
    case 'set':
      return Object.keys(field.options).slice(0, 2);
    case 'user':
      return users.keys().next().value;
    case 'file':
      return { id: 'example', name: 'example.pdf', version: 1 };
    default:
      return undefined;
  }
};

const factsOf = (deal: Deal, { pipeline, pack: { currency }, company, now }: Context): Facts => ({
  ...Object.fromEntries(
    Object.entries(pipeline.fields).flatMap(([name, field]) => {
      const value = madeUp(field, company, now);
      // What has no better example stands there by its title.
      return [[name, value ?? `«${field.title.en}»`]];
    }),
  ),
  number: deal.number,
  title: deal.title,
  stage: deal.stage,
  responsible: deal.responsible,
  today: localDay(now, 'UTC'),
  payLink: publicUrl('/v1/pay/example'),
  trackingLink: publicUrl('/v1/track/example'),
  payAmount: printMoney({ amount: 12_500_000, currency }),
});

const said: Text = {
  ru: 'Пример того, что кто-то написал',
  en: 'An example of what somebody wrote',
  ro: 'Exemplu de text scris de cineva',
};

/** A deal that does not exist. */
const example = (context: Context): Deal => {
  const [responsible] = context.company.users.keys();
  return newDeal(
    {
      id: DealId.parse('example'),
      number: `${context.pipeline.prefix}-123`,
      title: 'Example',
      ...(responsible === undefined ? {} : { responsible: UserId.parse(responsible) }),
    },
    context,
  );
};

const languagesOf = ({ subject, body }: Message): Preview['language'][] =>
  subject.ro === undefined && body.ro === undefined ? ['ru', 'en'] : ['ru', 'en', 'ro'];

/** Every message of a pack in each of its languages, as it reads with the facts of a deal that does not exist. */
export const previewsOf = (pack: Pack, company: Company, now: Date): Preview[] =>
  Object.entries(pack.messages).flatMap(([text, message]): Preview[] => {
    const pipeline = pipelineFor(message, pack);
    if (pipeline === undefined) return [];
    const context = { now, by: { system: 'preview' }, reader: undefined, company, pack, pipeline } as const;
    const deal = example(context);
    const facts = factsOf(deal, context);
    return languagesOf(message).map((language) => {
      const about = {
        id: 'preview',
        deal,
        facts,
        context,
        said: { author: 'Ann', text: say(said, language) },
      };
      return { text, kind: message.kind ?? 'service', language, ...compose(text, language, about) };
    });
  });

import { printMoney } from '../../schemas/money.ts';
import type { User } from '../../schemas/people.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { say, type Text } from '../../schemas/text.ts';
import type { Company } from '../access/company.ts';
import { may, readerOf } from '../access/rights.ts';
import { none } from '../reports/keys.ts';
import { addTo, type Kept, type Sums } from '../reports/read.ts';
import { openFigures } from '../reports/scope.ts';
import { localDay } from '../schedule/local-time.ts';
import { type News, personOf } from './digest-news.ts';
import type { Section } from './digest-text.ts';
import { printInstant } from './render.ts';

/** Whom a digest is for, of whose deals it tells, and of what time. */
export type Telling = {
  readonly user: User;
  readonly isAbout: (person: string | undefined) => boolean;
  readonly company: Company;
  readonly since: Date;
  readonly now: Date;
};

const titles = {
  created: { ru: 'Новые сделки', en: 'New deals', ro: 'Tranzacții noi' },
  overdue: { ru: 'Просроченные задачи', en: 'Overdue tasks', ro: 'Sarcini întârziate' },
  breaches: { ru: 'Нарушенные сроки', en: 'Terms broken', ro: 'Termene încălcate' },
  money: { ru: 'Поступило', en: 'Money in', ro: 'Încasări' },
  debts: { ru: 'Долги по открытым сделкам', en: 'Debts on open deals', ro: 'Datorii' },
  nobody: { ru: 'без ответственного', en: 'nobody', ro: 'fără responsabil' },
  due: { ru: 'срок', en: 'due', ro: 'termen' },
  won: { ru: 'выиграно', en: 'won', ro: 'câștigate' },
  lost: { ru: 'проиграно', en: 'lost', ro: 'pierdute' },
  made: { ru: 'создано', en: 'created', ro: 'create' },
} as const satisfies Record<string, Text>;

const currencyOf = (pipeline: Pipeline, { company }: Telling) => company.packOf(pipeline).currency;

const nameOf = (person: string | undefined, { user, company }: Telling): string =>
  person === undefined || person === none
    ? say(titles.nobody, user.language)
    : (company.users.get(person)?.name ?? person);

/** Figures of the people told of, by person. */
const byPerson = (kept: readonly Kept[], figure: string, telling: Telling): [string, number][] => {
  const sums: Sums = {};
  for (const one of kept)
    if (telling.isAbout(personOf(one))) addTo(sums, { [personOf(one)]: one.sums[figure] ?? 0 });
  return Object.entries(sums)
    .filter(([, amount]) => amount !== 0)
    .sort(([, one], [, other]) => other - one);
};

const money = (news: News, telling: Telling): string[] => {
  const { user, company } = telling;
  if (!may(readerOf(user, company), 'view', 'ledger')) return [];
  const sums: Sums = {};
  for (const { entry, deal } of news.entries) {
    const sign = { payment: 1, refund: -1, cost: 0, shipment: 0 }[entry.kind];
    if (telling.isAbout(deal.responsible))
      addTo(sums, { [`${entry.account} ${entry.amount.currency}`]: sign * entry.amount.amount });
  }
  return Object.entries(sums)
    .filter(([, amount]) => amount !== 0)
    .map(([name, amount]) => {
      const [account = '', currency] = name.split(' ');
      const known = news.entries.find(({ entry }) => entry.amount.currency === currency)?.entry.amount
        .currency;
      return `${account}: ${known === undefined ? amount : printMoney({ amount, currency: known })}`;
    });
};

const debts = (news: News, telling: Telling): string[] => {
  const reader = readerOf(telling.user, telling.company);
  const kept = news.standing.filter(({ pipeline }) =>
    openFigures(pipeline, { reader, company: telling.company }).has('debt'),
  );
  const [first] = kept;
  if (first === undefined) return [];
  return byPerson(
    kept.flatMap((one) => one.kept),
    'open',
    telling,
  ).map(
    ([person, amount]) =>
      `${nameOf(person, telling)}: ${printMoney({ amount, currency: currencyOf(first.pipeline, telling) })}`,
  );
};

/** What a head reads each morning: what is new, what is late, what came in, what is owed. */
export const dailySections = (news: News, telling: Telling): Section[] => {
  const { user, company, since, now, isAbout } = telling;
  const { language } = user;
  const title = (of: keyof typeof titles): string => say(titles[of], language);
  const zone = company.packs[0]?.zone ?? 'UTC';
  const [from, today] = [localDay(since, zone), localDay(now, zone)];
  return [
    {
      title: title('created'),
      lines: news.created
        .filter((deal) => isAbout(deal.responsible) && new Date(deal.createdAt) > since)
        .map((deal) => `${deal.number} ${deal.title} — ${nameOf(deal.responsible, telling)}`),
    },
    {
      title: title('overdue'),
      lines: news.overdue
        .filter(({ assignee }) => isAbout(assignee))
        .map(
          ({ dealNumber, title: task, assignee, due }) =>
            `${dealNumber} ${say(task, language)} — ${nameOf(assignee, telling)}, ${title('due')} ${
              due === undefined ? '—' : printInstant(due, language, zone)
            }`,
        ),
    },
    {
      title: title('breaches'),
      // Whole days: those of today are told tomorrow, so that none is told twice.
      lines: byPerson(
        news.breaches.filter(({ groups: [day = ''] }) => day >= from && day < today),
        'count',
        telling,
      ).map(([person, count]) => `${nameOf(person, telling)}: ${count}`),
    },
    {
      title: title('money'),
      lines: money(
        { ...news, entries: news.entries.filter(({ entry }) => new Date(entry.at) > since) },
        telling,
      ),
    },
    { title: title('debts'), lines: debts(news, telling), standing: true },
  ];
};

/** What a head reads once a week: each pipeline with its stages, and what was made, won and lost. */
export const weeklySections = (news: News, telling: Telling): Section[] => {
  const { user, company, since, now, isAbout } = telling;
  const { language } = user;
  const reader = readerOf(user, company);
  const zone = company.packs[0]?.zone ?? 'UTC';
  const [from, today] = [localDay(since, zone), localDay(now, zone)];
  return news.standing.map(({ pipeline, kept }) => {
    const currency = currencyOf(pipeline, telling);
    const showsSums = openFigures(pipeline, { reader, company }).has('sum');
    const worth = (sum: number): string => (showsSums ? `, ${printMoney({ amount: sum, currency })}` : '');
    const stages = Object.entries(pipeline.stages).flatMap(([stage, { title }]) => {
      const { count = 0, sum = 0 } = kept
        .filter((one) => one.groups[0] === stage && isAbout(personOf(one)))
        .reduce((total, { sums }) => addTo(total, sums), {} as Sums);
      return count === 0 ? [] : [`${say(title, language)}: ${count}${worth(sum)}`];
    });
    const {
      created = 0,
      won = 0,
      wonSum = 0,
      lost = 0,
      lostSum = 0,
    } = (news.flow.find((one) => one.pipeline === pipeline)?.kept ?? [])
      .filter(
        (one) => isAbout(personOf(one)) && (one.groups[0] ?? '') >= from && (one.groups[0] ?? '') < today,
      )
      .reduce((total, { sums }) => addTo(total, sums), {} as Sums);
    const line = (name: keyof typeof titles, count: number, rest: string): string[] =>
      count === 0 ? [] : [`${say(titles[name], language)}: ${count}${rest}`];
    return {
      title: say(pipeline.title, language),
      lines: [
        ...stages,
        ...line('made', created, ''),
        ...line('won', won, worth(wonSum)),
        ...line('lost', lost, worth(lostSum)),
      ],
    };
  });
};

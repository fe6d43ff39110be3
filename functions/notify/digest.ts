import * as z from 'zod';
import { EntityId } from '../../schemas/ids.ts';
import type { Notification, OutgoingMessage } from '../../schemas/message.ts';
import type { User } from '../../schemas/people.ts';
import { say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { subordinatesOf } from '../access/people.ts';
import { companyOfPack } from '../access/tenant.ts';
import { none } from '../reports/keys.ts';
import { localDay } from '../schedule/local-time.ts';
import { idOf } from '../shared/new-id.ts';
import { messageRow, notificationRow } from '../shared/rows.ts';
import { ConditionFailed, type Table, type Write } from '../shared/table/port.ts';
import { type News, readNews } from './digest-news.ts';
import { dailySections, weeklySections } from './digest-sections.ts';
import { printDigest } from './digest-text.ts';
import { printDay } from './render.ts';

export const DigestKind = z.enum(['daily', 'weekly']);
export type DigestKind = z.infer<typeof DigestKind>;

const dayMs = 86_400_000;
const usual: Record<DigestKind, number> = { daily: dayMs, weekly: 7 * dayMs };

const subjects: Record<DigestKind, Text> = {
  daily: { ru: 'Сводка на', en: 'Digest of', ro: 'Sumarul zilei' },
  weekly: { ru: 'Сводка за неделю на', en: 'Weekly digest of', ro: 'Sumarul săptămânii' },
};

type Reader = { readonly user: User; readonly isAbout: (person: string | undefined) => boolean };

/** Who is told: heads of their people and themselves, whoever is the last resort of everybody and of what nobody took up. */
const readersOf = (company: Company): Reader[] =>
  [...company.users.values()]
    .filter(({ active }) => active)
    .flatMap((user): Reader[] => {
      if (company.packs.some(({ lastResort: [first] }) => first !== undefined && user.roles.includes(first)))
        return [{ user, isAbout: () => true }];
      const people = new Set([user, ...subordinatesOf(user, company)].map(({ id }) => id as string));
      return people.size === 1
        ? []
        : [{ user, isAbout: (person) => person !== undefined && person !== none && people.has(person) }];
    });

const runsOf = (user: User, kind: DigestKind) => ({ pk: `DIGEST#${user.id}`, sk: { begins: `${kind}#` } });

/** Until when the last digest told; without one, as long ago as digests are apart. */
const toldUntil = async (user: User, kind: DigestKind, now: Date, table: Table): Promise<Date> => {
  const { items } = await table.query({
    ...runsOf(user, kind),
    descending: true,
    limit: 1,
    consistent: true,
  });
  const until = items[0]?.until;
  return typeof until === 'string' ? new Date(until) : new Date(now.getTime() - usual[kind]);
};

type Telling = Reader & { readonly since: Date };

const rowsFor = (
  { user, isAbout, since }: Telling,
  kind: DigestKind,
  news: News,
  { company, now, date }: { company: Company; now: Date; date: string },
): Write[] => {
  const { language } = user;
  const telling = { user, isAbout, company, since, now };
  const subject = `${say(subjects[kind], language)} ${printDay(date, language)}`;
  const sections = kind === 'daily' ? dailySections(news, telling) : weeklySections(news, telling);
  const printed = printDigest(subject, sections, { language, company: company.packs[0]?.company ?? '' });
  if (printed === undefined) return [];
  const id = EntityId.parse(idOf('digest', kind, user.id, date));
  const text = `digest-${kind}`;
  const line: Notification = { id, user: user.id, at: instantOf(now), text, subject, body: printed.body };
  if (user.email === undefined) return [{ put: notificationRow(line) }];
  const letter: OutgoingMessage = {
    id,
    channel: 'email',
    to: user.email,
    user: user.id,
    text,
    subject,
    ...printed,
    language,
    state: 'queued',
    attempts: 0,
    createdAt: instantOf(now),
    changedAt: instantOf(now),
  };
  return [{ put: notificationRow(line) }, { put: messageRow(letter) }];
};

/**
 * Writes the digests of a day, pack by pack and each person one at most, however often it is asked for; one without news is not sent.
 * Letters leave as all others do.
 */
export const writeDigests = async (
  kind: DigestKind,
  { table, company, now }: { table: Table; company: Company; now: Date },
): Promise<void> => {
  for (const pack of company.packs)
    await writeDigestsOf(kind, { table, company: companyOfPack(company, pack), now });
};

const writeDigestsOf = async (
  kind: DigestKind,
  { table, company, now }: { table: Table; company: Company; now: Date },
): Promise<void> => {
  const date = localDay(now, company.packs[0]?.zone ?? 'UTC');
  const readers = await Promise.all(
    readersOf(company).map(
      async (reader): Promise<Telling> => ({
        ...reader,
        since: await toldUntil(reader.user, kind, now, table),
      }),
    ),
  );
  if (readers.length === 0) return;
  const since = new Date(Math.min(...readers.map((reader) => reader.since.getTime())));
  const news = await readNews(table, company, { kind, since, now });
  await Promise.all(
    readers.map(async (reader) => {
      const rows = rowsFor(reader, kind, news, { company, now, date });
      if (rows.length === 0) return; // nothing to tell, so that the next one tells of today as well
      const run: Write = {
        put: { pk: `DIGEST#${reader.user.id}`, sk: `${kind}#${date}`, row: 'digest', until: instantOf(now) },
        if: { absent: true },
      };
      try {
        await table.transact([run, ...rows]);
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error; // told already today
      }
    }),
  );
};

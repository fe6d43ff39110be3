import type { Deal } from '../../schemas/deal.ts';
import { EntityId } from '../../schemas/ids.ts';
import type { Notification, OutgoingMessage } from '../../schemas/message.ts';
import type { User } from '../../schemas/people.ts';
import type { Notice, Who } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { instantOf } from '../../schemas/time.ts';
import { withOpenColumns } from '../access/columns.ts';
import { resolveAll } from '../access/people.ts';
import { hiddenFields, readerOf } from '../access/rights.ts';
import type { Context } from '../deals/context.ts';
import { membersOf } from '../deals/members.ts';
import type { Facts } from '../shared/expression.ts';
import { idOf } from '../shared/new-id.ts';
import { messageRow, notificationRow } from '../shared/rows.ts';
import type { Item } from '../shared/table/port.ts';
import { pushRow } from './push.ts';
import { fill, printFacts, printInstant } from './render.ts';

/** A message's subject and body in one language, with the facts of the deal and the task put in. */
export const compose = (
  text: string,
  language: Language,
  { deal: _, facts, task, said, missing = [], context }: About,
): { subject: string; body: string } => {
  const { pack, pipeline, company } = context;
  const message = pack.messages[text];
  if (message === undefined)
    throw new Error(`${pack.id}: no message "${text}"; the linter refuses such a pack`);
  const reading = { language, zone: pack.zone, company };
  const values = {
    ...printFacts(facts, pipeline, reading),
    stage: say(pipeline.stages[String(facts.stage)]?.title ?? { ru: '—', en: '—' }, language),
    company: pack.company,
    task: task === undefined ? '—' : say(task.title, language),
    due: task?.due === undefined ? '—' : printInstant(task.due, language, pack.zone),
    comment: said?.text ?? task?.comment ?? '—',
    author: said?.author ?? '—',
    missing: missing.map((text) => say(text, language)).join('; ') || '—',
  };
  return {
    subject: fill(say(message.subject, language), values),
    body: fill(say(message.body, language), values),
  };
};

/** What a message is about. `id` is the same for the same occasion, so that telling twice tells once. */
export type About = {
  readonly id: string;
  readonly deal: Deal;
  readonly facts: Facts;
  readonly task?: Task | undefined;
  /** of the deal's card, to know who works on it */
  readonly tasks?: readonly Task[] | undefined;
  /** what somebody wrote into the deal's talk */
  readonly said?: { readonly author: string; readonly text: string } | undefined;
  /** what stood in the way of a move that was undone */
  readonly missing?: readonly Text[] | undefined;
  readonly context: Context;
};

/** A line for a person's inbox. */
export const notificationTo = (user: User, text: string, about: About): Notification => ({
  id: EntityId.parse(idOf(about.id, user.id)),
  user: user.id,
  at: instantOf(about.context.since ?? about.context.now), // part of its key: told again, it is the same line
  text,
  ...compose(text, user.language, about),
  deal: about.deal.id,
  dealNumber: about.deal.number,
  ...(about.task === undefined ? {} : { task: about.task.id }),
});

const kindOf = (text: string, { context: { pack } }: About): Pick<OutgoingMessage, 'kind'> => {
  const kind = pack.messages[text]?.kind;
  return kind === undefined || kind === 'service' ? {} : { kind };
};

/** A letter, queued; sending it is somebody else's work. */
export const letterTo = (
  to: Pick<OutgoingMessage, 'to' | 'channel'> & {
    language: Language;
    user?: User['id'];
    contact?: OutgoingMessage['contact'];
  },
  text: string,
  about: About,
): OutgoingMessage => ({
  id: EntityId.parse(idOf(about.id, to.channel, to.to)),
  channel: to.channel,
  to: to.to,
  ...(to.user === undefined ? {} : { user: to.user }),
  ...(to.contact === undefined ? {} : { contact: to.contact }),
  pack: about.context.pack.id,
  deal: about.deal.id,
  dealNumber: about.deal.number,
  text,
  ...(to.user === undefined ? kindOf(text, about) : {}),
  ...compose(text, to.language, about),
  language: to.language,
  state: 'queued',
  attempts: 0,
  createdAt: instantOf(about.context.now),
  changedAt: instantOf(about.context.now),
});

const factsSeenBy = (user: User, { facts, context: { company, pipeline } }: About): Facts => {
  const reader = readerOf(user, company);
  const hidden = hiddenFields(reader, pipeline);
  const seen = Object.fromEntries(Object.entries(facts).filter(([name]) => !hidden.has(name)));
  return withOpenColumns(seen, pipeline, reader);
};

/**
 * Rows that tell people: an inbox line each, one person once, and a letter where the notice or the person asks for
 * e-mail. A person without an address is told in the app alone. Nobody is told a figure their roles hide.
 */
export const rowsToTell = (notice: Notice, about: About): Item[] => {
  return rowsTo(peopleOf(notice.to, about), notice, about);
};

/** The people a notice is for, each once. */
export const peopleOf = (to: readonly Who[], { deal, tasks, context }: About): User[] => {
  const { pack, company } = context;
  const members =
    tasks !== undefined && to.some(({ who }) => who === 'members') ? membersOf({ deal, tasks }, context) : [];
  const others = resolveAll(
    to.filter(({ who }) => who !== 'members' || tasks === undefined),
    deal,
    pack,
    company,
  );
  return [...new Map([...others, ...members].map((user) => [user.id, user])).values()];
};

/** The same for people who are known by name. */
export const rowsTo = (
  users: readonly User[],
  notice: Pick<Notice, 'text' | 'channels'>,
  about: About,
): Item[] =>
  users.flatMap((user) => {
    const byEmail =
      user.email !== undefined && (notice.channels.includes('email') || user.channels.includes('email'));
    const seen = { ...about, facts: factsSeenBy(user, about) };
    const line = notificationTo(user, notice.text, seen);
    const toPhone = notice.channels.includes('push') || user.channels.includes('push');
    return [
      notificationRow(line),
      ...(toPhone ? [pushRow(line)] : []),
      ...(byEmail && user.email !== undefined
        ? [
            messageRow(
              letterTo(
                { channel: 'email', to: user.email, language: user.language, user: user.id },
                notice.text,
                seen,
              ),
            ),
          ]
        : []),
    ];
  });

import type { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import { EntityId } from '../../schemas/ids.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { EmailStep } from '../../schemas/pipeline.ts';
import { instantOf } from '../../schemas/time.ts';
import { phoneOf } from '../contacts/phone.ts';
import { idOf } from '../shared/new-id.ts';

/** A channel with the address by which it reaches somebody. */
export type Way = NonNullable<OutgoingMessage['turns']>['left'][number];

const addressOf = (contact: Contact, channel: Way['channel']): string | undefined => {
  switch (channel) {
    case 'email':
      return contact.email;
    case 'sms':
      return contact.phone;
    case 'instagram':
    case 'facebook':
      return undefined;
    default:
      return channel satisfies never;
  }
};

/** The ways to the client of a deal, in the order in which a letter tries them; without channels by e-mail alone. */
export const waysTo = (
  { channels = ['email'], to = {} }: Pick<EmailStep, 'channels' | 'to'>,
  client: Contact | undefined,
  { fields }: Deal,
  { country }: Pick<Pack, 'country'>,
): Way[] =>
  channels.flatMap((channel) => {
    const written = to[channel] === undefined ? undefined : fields[to[channel]];
    const given = typeof written === 'string' ? written : undefined;
    const address =
      (client === undefined ? undefined : addressOf(client, channel)) ??
      (channel === 'sms' ? phoneOf(given, country) : given);
    return address === undefined ? [] : [{ channel, to: address }];
  });

/** The same message by the next way, where one is left. */
export const byNextWay = (message: OutgoingMessage, now: Date): OutgoingMessage | undefined => {
  const [next, ...left] = message.turns?.left ?? [];
  if (next === undefined || message.turns === undefined) return undefined;
  const { nextAttemptAt: _, providerId: __, problem: ___, sms: ____, history: _____, ...same } = message;
  return {
    ...same,
    ...next,
    id: EntityId.parse(idOf(message.id, 'then', next.channel, next.to)),
    state: 'queued',
    attempts: 0,
    turns: { ...message.turns, left },
    createdAt: instantOf(now),
    changedAt: instantOf(now),
  };
};

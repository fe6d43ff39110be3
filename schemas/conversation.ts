import * as z from 'zod';
import { By } from './deal.ts';
import { DealId, EntityId } from './ids.ts';
import { Instant } from './time.ts';

/** Networks a client writes by. */
export const SocialChannel = z.enum(['instagram', 'facebook']);
export type SocialChannel = z.infer<typeof SocialChannel>;

/** An address that a browser opens; of another kind it could be a program. */
const Link = z.url({ protocol: /^https?$/ }).max(1000);

/** What a comment was written under, as it stood then: which advert brought the client. */
export const Post = z.strictObject({
  id: z.string().min(1).max(120),
  text: z.string().max(4000).optional(),
  image: Link.optional(),
  link: Link.optional(),
});
export type Post = z.infer<typeof Post>;

/** A file the network keeps. */
export const SharedFile = z.strictObject({ name: z.string().min(1).max(200), link: Link });
export type SharedFile = z.infer<typeof SharedFile>;

/**
 * One message of the thread that a company has with a client, whatever orders it is about: what came in, and what was
 * answered. `state` and what belongs to it are those of an answer.
 */
export const ClientMessage = z.strictObject({
  /** begins with the instant, so that messages of a thread sort by it */
  id: EntityId,
  client: EntityId,
  channel: SocialChannel,
  direction: z.enum(['in', 'out']),
  kind: z.enum(['message', 'comment']),
  text: z.string().max(4000),
  files: z.array(SharedFile).max(20),
  post: Post.optional(),
  /** the deal it came to, or was answered from */
  deal: DealId,
  at: Instant,
  by: By,
  /** the network's own id */
  externalId: z.string().max(120).optional(),
  /** the client's message this answers */
  answers: EntityId.optional(),
  quickReply: EntityId.optional(),
  /** `refused`: it did not arrive, `problem` says why, and the text waits to be sent again */
  state: z.enum(['queued', 'sent', 'refused']).optional(),
  problem: z.string().max(500).optional(),
  changedAt: Instant,
});
export type ClientMessage = z.infer<typeof ClientMessage>;

import * as z from 'zod';
import { DealId, EntityId, Slug, UserId } from './ids.ts';
import { Instant } from './time.ts';

/** That a line of a person's inbox is to reach their phone at once; its words stay in the inbox. */
export const Push = z.strictObject({
  /** the line's own id */
  id: EntityId,
  user: UserId,
  at: Instant,
  text: Slug,
  deal: DealId,
});
export type Push = z.infer<typeof Push>;

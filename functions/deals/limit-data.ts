import * as z from 'zod';
import { Slug, UserId } from '../../schemas/ids.ts';

/**
 * What an entry of a directory of limits holds: for which figures of which kinds and whose requests it speaks, and who
 * decides then. `above` is left behind by the figure, `upTo` is not; both in the figure's own unit, money in minor ones.
 */
export const LimitData = z.strictObject({
  /** entries are taken from the lowest place to the highest */
  place: z.int().default(0),
  above: z.number().optional(),
  upTo: z.number().optional(),
  kinds: z.array(z.string()).optional(),
  /** roles of the author */
  positions: z.array(Slug).optional(),
  approver: z.discriminatedUnion('who', [
    z.strictObject({ who: z.literal('head') }),
    z.strictObject({ who: z.literal('responsible') }),
    z.strictObject({ who: z.literal('role'), role: Slug }),
    z.strictObject({ who: z.literal('user'), user: UserId }),
  ]),
});
export type LimitData = z.infer<typeof LimitData>;

import { EntityId } from '../../schemas/ids.ts';
import { idOf } from '../shared/new-id.ts';

const digits = 9;

const instantIn = (id: string | undefined): number =>
  id === undefined ? 0 : Number.parseInt(id.slice(0, digits), 36);

/**
 * An id that sorts by the instant, and behind the message before it: two of one instant keep their order.
 *
 * @param last - the newest message of the thread
 * @param parts - what makes it another than those of the same instant
 */
export const messageIdOf = (at: Date, last: string | undefined, ...parts: readonly string[]): EntityId => {
  const instant = Math.max(at.getTime(), instantIn(last) + 1);
  return EntityId.parse(`${instant.toString(36).padStart(digits, '0')}-${idOf(...parts)}`);
};

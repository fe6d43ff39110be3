import { EntityId } from '../../schemas/ids.ts';
import { idOf } from '../shared/new-id.ts';

/** An id that sorts by the instant, and is the same for the same parts at the same instant. */
export const messageIdOf = (at: Date, ...parts: readonly string[]): EntityId =>
  EntityId.parse(`${at.getTime().toString(36).padStart(9, '0')}-${idOf(...parts)}`);

import type { Action } from '../../schemas/people.ts';
import { may, type Reader } from '../access/rights.ts';
import { Conflict, Forbidden } from '../shared/errors.ts';

/** @throws {Forbidden} unless one of the reader's roles allows it */
export const mustHave = (
  reader: Reader,
  action: Action,
  entity: 'contact' | 'company' | 'product' | 'directory' | 'settings' | 'users',
): void => {
  if (!may(reader, action, entity))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) have no right to ${action} (${entity}); an administrator gives rights`,
    );
};

/** @throws {Conflict} if the caller saw another version than the one stored */
export const mustBeAt = (wanted: number | undefined, stored: { id: string; version: number }): void => {
  if (wanted !== undefined && wanted !== stored.version)
    throw new Conflict(`"${stored.id}" is at version ${stored.version}, you saw ${wanted}; read it again`, {
      details: { version: stored.version },
    });
};

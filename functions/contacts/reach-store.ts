import type { Contact } from '../../schemas/contact.ts';
import { Conflict, Passing } from '../shared/errors.ts';
import type { Table } from '../shared/table/port.ts';
import { contacts } from './kinds.ts';
import { noted } from './reach.ts';
import { change, findAll, readOne } from './store.ts';

const tries = 4;

/**
 * Writes a contact by a rule that may find nothing to change: it then gives back what it was given. Somebody else's change in
 * between is no hindrance; who was erased is left alone.
 */
export const changeReach = async (
  id: string,
  rule: (contact: Contact) => Contact,
  table: Table,
): Promise<Contact> => {
  for (let tried = 1; tried <= tries; tried += 1) {
    const before = await readOne(table, contacts, id);
    const after = before.erased === undefined ? rule(before) : before;
    if (after === before) return before;
    try {
      return await change(table, contacts, before, noted(before, after));
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  throw new Passing(`others kept writing contact "${id}"`);
};

/** Everybody whom letters to an address reach: a family or an office shares one. `contact` is looked at first. */
export const peopleAt = async (
  address: string,
  contact: string | undefined,
  table: Table,
): Promise<Contact[]> => {
  const row =
    contact === undefined ? undefined : await table.get(contacts.key(contact), { consistent: true });
  const own = row === undefined ? [] : [contacts.of(row)];
  const all = [...own, ...(await findAll(table, contacts, 'email', address))];
  const there = all.filter(({ email }) => email?.toLowerCase() === address.trim().toLowerCase());
  return [...new Map(there.map((person) => [person.id, person])).values()];
};

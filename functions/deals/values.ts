import * as z from 'zod';
import { Address, type FieldValue, FileRef, Line } from '../../schemas/deal.ts';
import { EntityId } from '../../schemas/ids.ts';
import type { Field } from '../../schemas/pipeline.ts';
import { Day, instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { waitMoment } from '../schedule/local-time.ts';
import { readSlot } from '../visits/slot.ts';
import { readRows } from './rows-field.ts';

type Read = { readonly value: FieldValue } | { readonly wanted: string };

/** Percentages by entry; those left out stay as they are. */
const RatesGiven = z.record(EntityId, z.number().min(0).max(100));

const list = (values: Iterable<string>): string => [...values].join(', ');

const readInstant = (given: unknown, zone: string): Read => {
  const wanted = { wanted: 'an instant such as 2026-02-11T12:00:00+03:00, or a day such as 2026-02-11' };
  if (typeof given !== 'string') return wanted;
  const day = Day.safeParse(given);
  if (day.success) return { value: instantOf(waitMoment(day.data, zone)) };
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(given)) return wanted;
  const date = new Date(given);
  return Number.isNaN(date.getTime()) ? wanted : { value: instantOf(date) };
};

/**
 * Reads a value given for a field, in the field's own form: a date and time without a time is 09:00 of the company's
 * zone.
 *
 * @returns the value to store, or in words what would have done
 */
export const readValue = (field: Field, given: unknown, zone: string, company: Company): Read => {
  switch (field.type) {
    case 'text':
      return typeof given === 'string' && given.trim() !== '' && given.length <= field.max
        ? { value: given }
        : { wanted: `a text of 1 to ${field.max} characters, or null to empty it` };
    case 'number':
      return typeof given === 'number' && Number.isFinite(given) ? { value: given } : { wanted: 'a number' };
    case 'money':
      return typeof given === 'number' && Number.isSafeInteger(given) && given >= 0
        ? { value: given }
        : { wanted: `whole minor units of ${field.currency}, zero or more: 24000000 is 240 000,00` };
    case 'boolean':
      return typeof given === 'boolean' ? { value: given } : { wanted: 'true or false' };
    case 'date': {
      const day = Day.safeParse(given);
      return day.success ? { value: day.data } : { wanted: 'a day such as 2026-02-11' };
    }
    case 'datetime':
      return readInstant(given, zone);
    case 'enum':
      return typeof given === 'string' && Object.hasOwn(field.options, given)
        ? { value: given }
        : { wanted: `one of ${list(Object.keys(field.options))}` };
    case 'set':
      return Array.isArray(given) &&
        given.every((one) => typeof one === 'string' && Object.hasOwn(field.options, one))
        ? { value: [...new Set(given as string[])] }
        : { wanted: `a list of ${list(Object.keys(field.options))}` };
    case 'user': {
      const user = typeof given === 'string' ? company.users.get(given) : undefined;
      return user?.active === true
        ? { value: user.id }
        : { wanted: `the id of a person who works here: ${list(company.users.keys())}` };
    }
    case 'users': {
      const people = Array.isArray(given) ? given : [given];
      return people.every((one) => typeof one === 'string' && company.users.get(one)?.active === true)
        ? { value: [...new Set(people as string[])] }
        : { wanted: `a list of the ids of people who work here: ${list(company.users.keys())}` };
    }
    case 'company':
    case 'contact':
      return typeof given === 'string' && /^[A-Za-z0-9._-]{1,64}$/.test(given)
        ? { value: given }
        : { wanted: `the id of a ${field.type}` };
    case 'address': {
      const address = Address.safeParse(typeof given === 'string' ? { text: given } : given);
      return address.success
        ? { value: address.data }
        : {
            wanted:
              'an address { text, lat, lng, place }, such as GET /v1/places suggests, or its text alone',
          };
    }
    case 'file': {
      const ref = FileRef.safeParse(given);
      return ref.success
        ? { value: ref.data }
        : { wanted: 'the `ref` that announcing the file answered: { id, name, version }' };
    }
    case 'files': {
      const refs = FileRef.array().max(field.max).safeParse(given);
      return refs.success
        ? { value: refs.data.filter(({ id }, at) => refs.data.findIndex((one) => one.id === id) === at) }
        : {
            wanted: `at most ${field.max} of the \`ref\`s that announcing files answered: [{ id, name, version }]`,
          };
    }
    case 'slot':
      return readSlot(field, given, company);
    case 'rows':
      return readRows(field, given);
    case 'lines': {
      const lines = Line.array().max(500).safeParse(given);
      return lines.success
        ? { value: lines.data }
        : { wanted: 'lines { name, quantity, price } with the price in minor units' };
    }
    case 'rates': {
      const rates = RatesGiven.safeParse(given);
      return rates.success
        ? { value: rates.data }
        : {
            wanted: `percentages from 0 to 100 by entry of the directory ${field.directory}: { "entry": 12 }`,
          };
    }
    case 'total':
    case 'accrued':
    case 'computed':
      return { wanted: 'nothing: it follows from other figures and is never written' };
    default:
      return field satisfies never;
  }
};

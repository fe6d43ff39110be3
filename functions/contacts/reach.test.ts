import { expect, test } from 'vitest';
import { Contact, Reach, type ReachChanges } from '../../schemas/contact.ts';
import { arrives, wantsPromo, withReach } from './reach.ts';

const at = '2026-02-02T09:00:00.000Z';
const anna = (email: string, reach?: unknown): Contact =>
  Contact.parse({
    id: 'anna',
    name: 'Anna',
    email,
    phone: '+79161234567',
    version: 1,
    changedAt: at,
    ...(reach === undefined ? {} : { reach }),
  });

const bounced = { state: 'bounced', at, problem: '550 no such user' };
const unwilling = { ...bounced, optedOut: true };
const optedOut = { state: 'opted-out', at, optedOut: true };

test.for<[string, unknown, string, ReachChanges, unknown]>([
  ['an address that stays has bounced still', { email: bounced }, 'anna@a.example', {}, { email: bounced }],
  ['its letter case is no other address', { email: bounced }, 'ANNA@a.example', {}, { email: bounced }],
  ['another address has not bounced', { email: bounced }, 'anna@b.example', {}, undefined],
  ['what the person wants stays', { email: unwilling }, 'anna@b.example', {}, { email: optedOut }],
  ['a person may say that it is right', { email: unwilling }, 'anna@a.example', { email: null }, undefined],
  ['a zone is set', undefined, 'anna@a.example', { zone: 'Asia/Omsk' }, { zone: 'Asia/Omsk' }],
  [
    'a zone is taken away, and nothing else',
    { zone: 'Asia/Omsk', sms: { state: 'opted-out', at } },
    'anna@a.example',
    { zone: null },
    { sms: { state: 'opted-out', at } },
  ],
])('%s', ([, reach, email, changes, expected]) => {
  const after = withReach(anna(email, reach), anna('anna@a.example', reach), changes);

  expect(after.reach).toEqual(expected === undefined ? undefined : Reach.parse(expected));
});

test('letters arrive unless they bounced; advertising is for who never said no', () => {
  const all = [undefined, { soft: [at], at }, bounced, { state: 'complained', at }, optedOut].map((email) =>
    anna('anna@a.example', email === undefined ? undefined : { email }),
  );

  expect(all.map(arrives)).toEqual([true, true, false, true, true]);
  expect(all.map(wantsPromo)).toEqual([true, true, false, false, false]);
});

import { expect, test } from 'vitest';
import { Contact } from '../../schemas/contact.ts';
import { type ReachNews, reachAfter } from './reach-news.ts';

const anna = Contact.parse({
  id: 'anna',
  name: 'Anna',
  email: 'anna@client.example',
  version: 1,
  changedAt: '2026-02-02T09:00:00Z',
});

const day = (n: number): Date => new Date(Date.UTC(2026, 1, 2 + n));
const soft = (n: number): ReachNews => ({ as: 'soft', problem: `452 ${n}`, at: day(n) });
const bounced: ReachNews = { as: 'bounced', problem: '550' };
const complained: ReachNews = { as: 'complained', problem: 'abuse' };

const permutations = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, at) => permutations(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));

const after = (news: readonly ReachNews[]): Contact =>
  news.reduce((contact, one) => reachAfter(contact, one, { id: 'm1' }, day(30)), anna);

const told = (contact: Contact) => {
  const { state, optedOut, soft: failed } = contact.reach?.email ?? {};
  return state === 'bounced' ? { state, optedOut } : { state, optedOut, failed };
};

test.for<[string, ReachNews[], string | undefined]>([
  ['a bounce and a complaint', [bounced, complained], 'bounced'],
  ['two failures and a complaint', [soft(0), soft(3), complained], 'complained'],
  ['three failures within seven days', [soft(0), soft(3), soft(6)], 'bounced'],
  ['three failures of which one is older', [soft(0), soft(3), soft(7)], undefined],
  ['failures, a bounce and a complaint', [soft(1), soft(9), bounced, complained], 'bounced'],
])('%s come to the same in whatever order and however often they are told', ([, news, state]) => {
  const expected = told(after(news));

  expect(expected.state).toBe(state);
  for (const order of permutations(news)) {
    expect(told(after(order))).toEqual(expected);
    expect(after([...order, ...order])).toEqual(after(order));
  }
});

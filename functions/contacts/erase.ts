import * as z from 'zod';
import { type Contact, ErasureReason } from '../../schemas/contact.ts';
import { DealId, UserId } from '../../schemas/ids.ts';
import { Instant, instantOf } from '../../schemas/time.ts';
import type { Reader } from '../access/rights.ts';
import { auditRow } from '../admin/keep.ts';
import { eraseConversation } from '../conversation/erase.ts';
import { wallMs } from '../shared/clock.ts';
import { Conflict, Refused } from '../shared/errors.ts';
import { contactKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item, Table } from '../shared/table/port.ts';
import { dealsOf } from './deals-of.ts';
import { eraseDeal } from './erase-deal.ts';
import { eraseLettersFrom } from './erase-incoming.ts';
import { eraseNotices } from './erase-letters.ts';
import { eraseMail } from './erase-mail.ts';
import { contacts } from './kinds.ts';
import { erasedMark } from './redact.ts';
import { mustHave } from './rights.ts';
import { change, readOne } from './store.ts';

/** A call begins no further deal after this long: the function has 29 seconds. */
const budgetMs = 15_000;

/**
 * What is left to do of an erasure, kept beside the contact until it is done: the contact itself no longer knows by what
 * the person is told in a text.
 */
const Plan = z.strictObject({
  identifiers: z.strictObject({
    name: z.string(),
    email: z.string().optional(),
    phone: z.string().optional(),
  }),
  by: UserId,
  at: Instant,
  reason: ErasureReason,
  deals: z.array(DealId),
  left: z.array(DealId),
});
type Plan = z.infer<typeof Plan>;

const planKey = (contact: string) => ({ pk: contactKey(contact).pk, sk: 'ERASURE' });
const planRow = (contact: string, plan: Plan): Item => ({ ...planKey(contact), row: 'erasure', ...plan });

const readPlan = async (contact: string, table: Table): Promise<Plan> => {
  const row = await table.get(planKey(contact), { consistent: true });
  if (row === undefined)
    throw new Conflict(`the erasure of "${contact}" has just been finished; read it again`);
  return Plan.parse(contentOf(row));
};

/** The contact with nothing of the person: in no list, found by nothing, there for what points at it. */
const blank = ({ id, version, language }: Contact, plan: Plan): Contact => ({
  id,
  name: erasedMark,
  language,
  extra: {},
  version: version + 1,
  changedAt: plan.at,
  erased: { at: plan.at, by: plan.by, reason: plan.reason, state: 'under-way' },
});

const openDeals = (numbers: readonly string[]): Refused =>
  new Refused([
    {
      path: 'force',
      code: 'open-deals',
      message: {
        ru: `Открыты сделки этого человека: ${numbers.join(', ')}. Завершите их или подтвердите удаление (force)`,
        en: `Deals of this person are open: ${numbers.join(', ')}; finish them, or confirm the erasure by force`,
      },
    },
  ]);

type Asked = Pick<Call<'contacts.erase'>, 'body' | 'company' | 'now'> & { readonly reader: Reader };

/** Empties the contact, and notes down what is left to do, in one step. */
const begin = async (contact: Contact, { body, company, now, reader }: Asked, table: Table) => {
  const deals = await dealsOf(contact.id, company, table);
  const open = deals.filter(({ outcome }) => outcome === undefined);
  if (open.length > 0 && !body.force) throw openDeals(open.map(({ number }) => number));
  const { name, email, phone } = contact;
  const ids = deals.map(({ id }) => id);
  const plan: Plan = {
    identifiers: { name, ...(email && { email }), ...(phone && { phone }) },
    by: reader.user.id,
    at: instantOf(now),
    reason: body.reason,
    deals: ids,
    left: ids,
  };
  const audit = {
    reader,
    now,
    what: 'contact',
    id: contact.id,
    before: undefined,
    after: { erased: body.reason, forced: open.length > 0, deals: ids.length },
  };
  const emptied = await change(table, contacts, contact, blank(contact, plan), [
    { put: planRow(contact.id, plan) },
    { put: auditRow(audit), if: { absent: true } },
  ]);
  return { contact: emptied, plan };
};

/** Deals one by one as long as there is time, then what colleagues were told; how far it came is kept. */
const goOn = async (contact: Contact, plan: Plan, { company }: Asked, table: Table) => {
  const until = wallMs() + budgetMs;
  const left = [...plan.left];
  for (let deal = left[0]; deal !== undefined && wallMs() < until; deal = left[0]) {
    await eraseDeal(deal, plan, table);
    left.shift();
    await table.write({ put: planRow(contact.id, { ...plan, left: [...left] }), if: { present: true } });
  }
  if (left.length > 0) return { contact, left: left.length };
  await eraseMail(plan.identifiers, table);
  await eraseLettersFrom(plan.identifiers, table);
  for (const user of company.users.keys())
    await eraseNotices(user, new Set(plan.deals), plan.identifiers, table);
  await eraseConversation(contact.id, table);
  const { by, at, reason } = plan;
  const finished: Contact = {
    ...contact,
    version: contact.version + 1,
    erased: { by, at, reason, state: 'done' },
  };
  return {
    contact: await change(table, contacts, contact, finished, [{ remove: planKey(contact.id) }]),
    left: 0,
  };
};

/**
 * POST /v1/contacts/{id}/erase: takes a person's data away for good. Deals and money stay, and the history that it was
 * done, by whom and when. Repeated, it goes on where it was, and once done changes nothing.
 *
 * @throws {Refused} while deals of the person are open, unless forced
 */
export const eraseContact = async (call: Call<'contacts.erase'>) => {
  mustHave(call.reader, 'delete', 'contact');
  const table = theTable();
  const stored = await readOne(table, contacts, call.params.id);
  if (stored.erased?.state === 'done') return { contact: stored, left: 0 };
  const { contact, plan } =
    stored.erased === undefined
      ? await begin(stored, call, table)
      : { contact: stored, plan: await readPlan(stored.id, table) };
  return goOn(contact, plan, call, table);
};

import type { Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import { DealId } from '../../schemas/ids.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { Company } from '../access/company.ts';
import { may, type Reader } from '../access/rights.ts';
import { changeFields } from '../deals/change.ts';
import { contextFor } from '../deals/context.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { lastNumber, newRows, numberAfter } from '../deals/number.ts';
import { Forbidden, Passing } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import { ConditionFailed, type Write } from '../shared/table/port.ts';

type QuickTask = NonNullable<Pack['quickTask']>;
type Caller = { readonly reader: Reader; readonly company: Company; readonly now: Date };

/** A title has to be read at a glance. */
const titleLength = 60;
const tries = 10;

/** The task that the two fields of the card ask for, and whose it is. */
const askedFor = ({ extra }: Contact, { reader, company }: Caller): QuickTask | undefined => {
  const asked = company.packs.flatMap(({ quickTask }) =>
    quickTask !== undefined && extra[quickTask.at] !== undefined && extra[quickTask.text] !== undefined
      ? [quickTask]
      : [],
  );
  const [first] = asked;
  if (first === undefined) return undefined;
  const allowed = asked.find(({ pipeline }) => may(reader, 'create', 'deal', pipeline));
  if (allowed === undefined)
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) may not set tasks; leave "${first.at}" or "${first.text}" empty`,
    );
  return allowed;
};

const errandOf = (contact: Contact, quick: QuickTask, number: string, caller: Caller): Deal => {
  const { reader, company, now } = caller;
  const context = contextFor(quick.pipeline, { now, by: { user: reader.user.id }, reader, company });
  const text = String(contact.extra[quick.text]);
  const at = String(contact.extra[quick.at]);
  const blank = newDeal(
    {
      id: DealId.parse(idOf('quick-task', contact.id, String(contact.version))),
      number,
      title: text.slice(0, titleLength),
      responsible: reader.user.id,
      initiator: reader.user.id,
    },
    context,
  );
  const values = { [quick.about]: text, [quick.start]: at, [quick.due]: at, [quick.contact]: contact.id };
  return changeFields(bareCard(blank), values, context).deal;
};

/**
 * Writes the card of a contact. Where both fields of the quick task are filled, the task is made in the same step and the
 * fields are empty afterwards; one of them alone waits for the other.
 *
 * @param write - stores the card with further rows, if nobody changed it meanwhile
 */
export const withQuickTask = async (
  contact: Contact,
  caller: Caller,
  write: (contact: Contact, along: readonly Write[]) => Promise<Contact>,
): Promise<Contact> => {
  const quick = askedFor(contact, caller);
  if (quick === undefined) return write(contact, []);
  const { [quick.at]: _, [quick.text]: __, ...extra } = contact.extra;
  const pipeline = caller.company.pipeline(quick.pipeline);
  for (let attempt = 1; attempt <= tries; attempt += 1) {
    const last = await lastNumber(theTable(), pipeline);
    const errand = errandOf(contact, quick, numberAfter(pipeline, last), caller);
    try {
      return await write({ ...contact, extra }, newRows(errand, pipeline, last));
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error; // somebody else took the number
    }
  }
  throw new Passing('too many tasks are being set at once', { retryAfterSeconds: 1 });
};

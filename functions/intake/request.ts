import { FieldChanges } from '../../schemas/api/shapes.ts';
import { Contact } from '../../schemas/contact.ts';
import type { PortEvent } from '../../schemas/event.ts';
import { DealId } from '../../schemas/ids.ts';
import type { Pack } from '../../schemas/pack.ts';
import { instantOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { contacts } from '../contacts/kinds.ts';
import { phoneOf } from '../contacts/phone.ts';
import { adding, findAll } from '../contacts/store.ts';
import { changeFields } from '../deals/change.ts';
import { contextFor } from '../deals/context.ts';
import { filled } from '../deals/follow.ts';
import { bareCard, newDeal } from '../deals/new-deal.ts';
import { placeDeal } from '../deals/number.ts';
import { mustExist } from '../deals/references.ts';
import { clock } from '../shared/clock.ts';
import { BadInput } from '../shared/errors.ts';
import { idOf } from '../shared/new-id.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import type { Write } from '../shared/table/port.ts';
import { firstBookings } from '../visits/book.ts';
import { byAdapter, marking, type Occasion } from './marker.ts';

type Request = Extract<PortEvent, { type: 'request.received' }>;

const known = async ({ email, phone }: NonNullable<Request['contact']>): Promise<Contact | undefined> => {
  const byEmail = email === undefined ? [] : await findAll(theTable(), contacts, 'email', email);
  const byPhone =
    byEmail.length > 0 || phone === undefined ? [] : await findAll(theTable(), contacts, 'phone', phone);
  return [...byEmail, ...byPhone][0];
};

/** Who wrote: somebody known by address or phone, else a new contact and what stores it. */
const clientOf = async (
  given: Request['contact'],
  country: Pack['country'],
  occasion: Occasion,
): Promise<{ id?: string; writes: Write[] }> => {
  if (given === undefined) return { writes: [] };
  const phone = phoneOf(given.phone, country);
  const { phone: _, ...rest } = given;
  const client = { ...rest, ...(phone === undefined ? {} : { phone }) };
  const there = await known(client);
  if (there !== undefined) return { id: there.id, writes: [] };
  const contact = Contact.safeParse({
    ...client,
    id: idOf('contact', occasion.source, occasion.externalId),
    version: 1,
    changedAt: instantOf(clock.now()),
  });
  if (!contact.success)
    throw new BadInput(
      `contact: ${contact.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`,
    );
  return { id: contact.data.id, writes: adding(contacts, contact.data) };
};

/**
 * A pack that has a setting for a channel of requests, `intakeSite` for `site`, takes none while it is off.
 *
 * @throws {BadInput}
 */
const mustBeOn = (channel: string, pack: Pack, company: Company): void => {
  const id = `intake${channel.slice(0, 1).toUpperCase()}${channel.slice(1)}`;
  if (pack.settings[id]?.type !== 'boolean' || company.setting(pack, id) === true) return;
  throw new BadInput(
    `channel: requests by "${channel}" are switched off in ${pack.id}; an administrator switches them on by its setting ${id}`,
  );
};

/** A request from outside becomes a deal on the first stage, in everybody's queue. */
export const receiveRequest = async (request: Request, occasion: Occasion): Promise<void> => {
  const company = await theCompany();
  const context = contextFor(request.pipeline, {
    now: clock.now(),
    by: byAdapter(occasion),
    reader: undefined,
    company,
  });
  const { pipeline, pack } = context;
  if (pack.id !== request.pack)
    throw new BadInput(`pack: ${pipeline.id} is of pack ${pack.id}, given ${request.pack}`);
  mustBeOn(request.channel, pack, company);
  const client = await clientOf(request.contact, pack.country, occasion);
  const given = FieldChanges.parse(request.fields);
  const blank = newDeal(
    {
      id: DealId.parse(idOf('request', occasion.source, occasion.externalId)),
      number: '',
      title: request.title,
    },
    context,
  );
  await mustExist(bareCard(blank), given, context, theTable());
  const changed = changeFields(
    bareCard(blank),
    {
      ...(pipeline.fields.channel === undefined ? {} : { channel: request.channel }),
      ...(client.id === undefined || pipeline.fields.contact?.type !== 'contact'
        ? {}
        : { contact: client.id }),
      ...given,
    },
    context,
  );
  const { deal, along } = await filled(changed.deal, context);
  await placeDeal(
    theTable(),
    pipeline,
    (number) => ({ ...deal, number }),
    async (placed) => [
      marking(occasion),
      ...client.writes,
      ...along,
      ...(await firstBookings(placed, context, theTable())),
    ],
  );
};

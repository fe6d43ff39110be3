import type { Contact, Reach, ReachChanges } from '../../schemas/contact.ts';
import type { Instant } from '../../schemas/time.ts';

type Email = NonNullable<Reach['email']>;

const isOther = (one: string | undefined, other: string | undefined): boolean =>
  one?.toLowerCase() !== other?.toLowerCase();

/** What is left of it for another address: what the person wants, not what became of letters. */
const ofAnotherAddress = ({ at, optedOut, stopped }: Email): Pick<Reach, 'email'> =>
  optedOut === undefined && stopped === undefined
    ? {}
    : {
        email: {
          at,
          ...(optedOut === undefined ? {} : { state: 'opted-out', optedOut }),
          ...(stopped === undefined ? {} : { stopped }),
        },
      };

/** A contact whose address somebody says is right after all. */
export const withRightAddress = (contact: Contact, at: Instant): Contact => {
  const { email, ...others } = contact.reach ?? {};
  if (email?.state !== 'bounced' && email?.soft === undefined) return contact;
  const left = { ...others, ...ofAnotherAddress(email) };
  const { reach: _, ...rest } = contact;
  return {
    ...rest,
    ...(Object.keys(left).length === 0 ? {} : { reach: left }),
    version: contact.version + 1,
    changedAt: at,
  };
};

/** What is left of a way: nothing once somebody says that it is right. */
const left = (before: Contact, after: Contact, { email, sms, zone }: ReachChanges): Reach => {
  const { email: mail, sms: texts, zone: lives } = before.reach ?? {};
  const own = zone === undefined ? lives : zone;
  return {
    ...(mail === undefined || email === null
      ? {}
      : isOther(before.email, after.email)
        ? ofAnotherAddress(mail)
        : { email: mail }),
    ...(texts === undefined ||
    sms === null ||
    (texts.state === 'unreachable' && isOther(before.phone, after.phone))
      ? {}
      : { sms: texts }),
    ...(own === undefined || own === null ? {} : { zone: own }),
  };
};

/** A changed contact with what is still true of the ways to the person. */
export const withReach = (changed: Contact, before: Contact, changes: ReachChanges = {}): Contact => {
  const { reach: _, ...rest } = changed;
  const reach = left(before, changed, changes);
  return Object.keys(reach).length === 0 ? rest : { ...rest, reach };
};

/** Whether letters to the person's address arrive, as far as is known. */
export const arrives = ({ reach }: Contact): boolean => reach?.email?.state !== 'bounced';

/** Whether the person may be sent advertising by e-mail. */
export const wantsPromo = ({ reach }: Contact): boolean =>
  reach?.email?.state === undefined && reach?.email?.optedOut === undefined;

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
  const { email: mail, sms: texts, zone: lives, history } = before.reach ?? {};
  const own = zone === undefined ? lives : zone;
  return {
    ...(mail === undefined || email === null
      ? {}
      : isOther(before.email, after.email)
        ? ofAnotherAddress(mail)
        : { email: mail }),
    ...(sms === undefined
      ? texts === undefined || (texts.state === 'unreachable' && isOther(before.phone, after.phone))
        ? {}
        : { sms: texts }
      : sms === null
        ? {}
        : { sms: { ...sms, at: after.changedAt } }),
    ...(own === undefined || own === null ? {} : { zone: own }),
    ...(history === undefined ? {} : { history }),
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

const keptTurns = 20;

/** How it turned between two states of a contact; nothing where it did not. */
const turnOf = (before: Contact, after: Contact): NonNullable<Reach['history']>[number]['is'] | undefined => {
  const [was, is] = [before.reach?.email, after.reach?.email];
  if (was?.state !== is?.state) return is?.state ?? 'right';
  return (is?.stopped?.length ?? 0) > (was?.stopped?.length ?? 0) ? 'stopped' : undefined;
};

/** The changed contact with the turn that its way by e-mail took noted down. */
export const noted = (before: Contact, after: Contact): Contact => {
  const is = turnOf(before, after);
  if (is === undefined) return after;
  const history = [...(before.reach?.history ?? []), { at: after.changedAt, is }].slice(-keptTurns);
  return { ...after, reach: { ...after.reach, history } };
};

/** A contact who wants no advertising by e-mail any more. */
export const optedOut = (contact: Contact, at: Instant): Contact => {
  const email = contact.reach?.email;
  return email?.optedOut === true
    ? contact
    : {
        ...contact,
        reach: {
          ...contact.reach,
          email: {
            ...email,
            state: email?.state ?? 'opted-out',
            at: email?.state ? email.at : at,
            optedOut: true,
          },
        },
        version: contact.version + 1,
        changedAt: at,
      };
};

/** A contact who wants no more of the letters that come again and again by this text. */
export const stopped = (contact: Contact, text: string, at: Instant): Contact => {
  const email = contact.reach?.email;
  const texts = email?.stopped ?? [];
  return texts.includes(text)
    ? contact
    : {
        ...contact,
        reach: { ...contact.reach, email: { at, ...email, stopped: [...texts, text].slice(-50) } },
        version: contact.version + 1,
        changedAt: at,
      };
};

/** Whether the person wants no messages on the phone. */
export const wantsNoSms = ({ reach }: Contact): boolean => reach?.sms?.state === 'opted-out';

/** A contact who said so; told again it is the same. */
export const withoutSms = (contact: Contact, reason: string, at: Instant): Contact =>
  wantsNoSms(contact)
    ? contact
    : {
        ...contact,
        reach: { ...contact.reach, sms: { state: 'opted-out', at, reason } },
        version: contact.version + 1,
        changedAt: at,
      };

import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Company } from '../access/company.ts';
import { readThread, threadHeaders } from '../letters/thread.ts';
import { unsubscribeLink } from '../letters/unsubscribe.ts';
import { addressOf } from '../mail-in/address.ts';
import { environment } from '../shared/environment.ts';
import type { Table } from '../shared/table/port.ts';
import { oneLine } from './letter.ts';

/** What stands around a letter: who it is from, where the answer goes, and what mail programs read. */
export type Envelope = {
  readonly from: string;
  readonly replyTo?: string;
  readonly headers: readonly { readonly Name: string; readonly Value: string }[];
  /** where the person turns such letters down */
  readonly unsubscribe?: string;
};

/** The address that leads an answer back to its deal; none where the company receives no letters, nor where an address cannot say the id. */
export const replyAddress = async (deal: string): Promise<string | undefined> => {
  const { MAIL_IN_DOMAIN } = environment();
  return MAIL_IN_DOMAIN === undefined || deal !== deal.toLowerCase()
    ? undefined
    : addressOf(deal, MAIL_IN_DOMAIN);
};

/** A name in a header: as it is, or in the words that RFC 2047 makes of other than ASCII, of 75 characters at most. */
const phrase = (name: string): string => {
  if (/^[ -~]*$/.test(name)) return `"${name.replace(/["\\]/g, '\\$&')}"`;
  const words: string[] = [];
  let word = '';
  for (const sign of name) {
    if (Buffer.byteLength(word + sign) > 45) {
      words.push(word);
      word = '';
    }
    word += sign;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ');
};

/** Whose letter it is: the company of its pack, and the colleague who wrote it. */
export const companyOfLetter = ({ pack }: OutgoingMessage, { packs }: Company): string =>
  (packs.find(({ id }) => id === pack) ?? packs[0])?.company ?? 'Voronka';

const fromOf = (message: OutgoingMessage, company: Company): string => {
  const { MAIL_FROM } = environment();
  if (MAIL_FROM.includes('<')) return MAIL_FROM; // somebody has named it
  const its = companyOfLetter(message, company);
  const writer = message.sender === undefined ? undefined : company.users.get(message.sender)?.name;
  const name = oneLine(writer === undefined ? its : `${writer}, ${its}`).slice(0, 120);
  return `${phrase(name.toWellFormed())} <${MAIL_FROM}>`;
};

/** A header's value is ASCII; what is not is left out. */
const header = (Name: string, value: string | undefined): { Name: string; Value: string }[] => {
  const Value = value === undefined ? '' : oneLine(value);
  return Value !== '' && /^[ -~]+$/.test(Value) ? [{ Name, Value }] : [];
};

/** What stands around a letter as it leaves now. */
export const envelopeOf = async (
  message: OutgoingMessage,
  { table, company }: { table: Table; company: Company },
): Promise<Envelope> => {
  const { deal, dealNumber, contact, sender, to, user } = message;
  const isToClient = user === undefined && deal !== undefined;
  const replyTo = isToClient ? await replyAddress(deal) : undefined;
  const unsubscribe = await unsubscribeLink(message);
  return {
    from: fromOf(message, company),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(unsubscribe === undefined ? {} : { unsubscribe }),
    headers: [
      ...(sender === undefined ? header('Auto-Submitted', 'auto-generated') : []),
      ...header('X-CRM-Deal', dealNumber ?? deal),
      ...(unsubscribe === undefined
        ? []
        : [
            { Name: 'List-Unsubscribe', Value: `<${unsubscribe}>` },
            { Name: 'List-Unsubscribe-Post', Value: 'List-Unsubscribe=One-Click' },
          ]),
      ...(isToClient ? threadHeaders(await readThread({ deal, contact, address: to }, table)) : []),
    ],
  };
};

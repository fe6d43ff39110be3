import type { OutgoingMessage } from '../../schemas/message.ts';
import { isLinkToken, linkToken } from '../shared/link-token.ts';
import { publicUrl } from '../shared/public-url.ts';

/** What a person turns down by a link: all advertising, or letters that come again and again by one text. */
export type TurnedDown =
  | { readonly what: 'promo'; readonly contact: string }
  | { readonly what: 'repeated'; readonly contact: string; readonly text: string };

const partsOf = (down: TurnedDown): string[] =>
  down.what === 'promo' ? [down.what, down.contact] : [down.what, down.contact, down.text];

/** In no id, and needs no escape in an address. */
const between = '~';

const tokenOf = async (down: TurnedDown): Promise<string> =>
  [...partsOf(down), await linkToken('unsubscribe', ...partsOf(down))].join(between);

/** The page by which a person turns such letters down; none for letters of the business, and for whom nobody knows. */
export const unsubscribeLink = async ({
  kind,
  repeated,
  contact,
  user,
  text,
}: OutgoingMessage): Promise<string | undefined> => {
  if (contact === undefined || user !== undefined) return undefined;
  const down: TurnedDown | undefined =
    kind === 'promo'
      ? { what: 'promo', contact }
      : repeated === true
        ? { what: 'repeated', contact, text }
        : undefined;
  return down === undefined ? undefined : publicUrl(`/v1/unsubscribe/${await tokenOf(down)}`);
};

/** What a link turns down; nothing for one that we did not make. */
export const turnedDownBy = async (token: string): Promise<TurnedDown | undefined> => {
  const given = token.split(between);
  const signature = given.pop() ?? '';
  const [what, contact, text, ...more] = given;
  if (contact === undefined || more.length > 0 || !(await isLinkToken(signature, 'unsubscribe', ...given)))
    return undefined;
  if (what === 'promo' && text === undefined) return { what, contact };
  return what === 'repeated' && text !== undefined ? { what, contact, text } : undefined;
};

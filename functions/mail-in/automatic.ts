import type { Automatic } from '../../schemas/incoming.ts';

export type Signs = {
  /** names in lower case */
  readonly headers: ReadonlyMap<string, string>;
  /** who SMTP was told to return it to; empty where nobody */
  readonly returnPath: string;
  readonly from: string | undefined;
};

const isServer = /^(mailer-daemon|postmaster)@/i;

/** What a letter says of itself, by RFC 3834 and by the customs of mail programs; nothing where a person seems to have written it. */
export const automaticBy = ({ headers, returnPath, from }: Signs): Automatic | undefined => {
  const said = (name: string): string => headers.get(name)?.trim().toLowerCase() ?? '';
  if (headers.has('x-crm-deal')) return 'own';
  if (said('content-type').startsWith('multipart/report')) return 'report';
  if (['', '<>'].includes(returnPath.trim()) || isServer.test(returnPath)) return 'report';
  if (from !== undefined && isServer.test(from)) return 'report';
  const submitted = said('auto-submitted').split(/[\s;]/, 1)[0];
  if (submitted === 'auto-replied') return 'reply';
  if (said('x-autoreply') !== '' || said('x-autorespond') !== '' || said('x-auto-response') !== '')
    return 'reply';
  if (/^(auto_reply|auto-reply)$/.test(said('precedence'))) return 'reply';
  // Exchange puts this on what it answers itself, and on what must not be answered by a machine.
  if (
    headers.has('x-auto-response-suppress') &&
    /^(automatic reply|автоматический ответ|автоответ|răspuns automat)/i.test(said('subject'))
  )
    return 'reply';
  const isBulk =
    (submitted !== undefined && submitted !== '' && submitted !== 'no') ||
    /^(bulk|list|junk)$/.test(said('precedence')) ||
    headers.has('list-id') ||
    headers.has('x-auto-response-suppress');
  return isBulk ? 'bulk' : undefined;
};

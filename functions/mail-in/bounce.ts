/** What a mail server reports of a letter of ours, in a letter of its own (RFC 3464). */
export type Bounce = {
  /** the Message-ID of the letter it speaks of, in angle brackets */
  readonly of?: string;
  readonly recipient?: string;
  readonly status?: string;
  readonly problem?: string;
};

type Part = { readonly contentType: string; readonly content: Buffer };

const readBytes = 64 * 1024;

const textOf = ({ content }: Part): string =>
  content
    .subarray(0, readBytes)
    .toString('utf8')
    .replace(/\r?\n[ \t]+/g, ' ');

const found = (pattern: RegExp, text: string | undefined): string | undefined =>
  text === undefined ? undefined : pattern.exec(text)?.[1]?.trim();

/** The report in a letter, where it holds one that says that something did not arrive. */
export const bounceIn = (parts: readonly Part[]): Bounce | undefined => {
  const status = parts.find(({ contentType }) => contentType === 'message/delivery-status');
  if (status === undefined) return undefined;
  const told = textOf(status);
  if (found(/^action:\s*(\w+)/im, told)?.toLowerCase() !== 'failed') return undefined;
  const original = parts.find(({ contentType }) =>
    ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'].includes(
      contentType,
    ),
  );
  const of = found(
    /^message-id:\s*(<[^<>\s]{1,300}>)/im,
    original === undefined ? undefined : textOf(original),
  );
  const recipient = found(/^(?:final|original)-recipient:\s*[^;\r\n]{1,40};\s*<?([^\s<>]{1,320})>?/im, told);
  const code = found(/^status:\s*([245]\.\d{1,3}\.\d{1,3})/im, told);
  const problem = found(/^diagnostic-code:\s*([^\r\n]{1,400})/im, told);
  return {
    ...(of === undefined ? {} : { of }),
    ...(recipient === undefined ? {} : { recipient: recipient.toLowerCase() }),
    ...(code === undefined ? {} : { status: code }),
    ...(problem === undefined ? {} : { problem }),
  };
};

/** Lines after which a letter repeats one that it answers, as the usual programs write them. */
const beginnings: readonly RegExp[] = [
  /^-{2,}\s*(original message|исходное сообщение|пересылаемое сообщение|forwarded message|mesaj original|mesajul original)\s*-{2,}$/i,
  /^(on|le|am|в|пн|вт|ср|чт|пт|сб|вс|la|în|pe)\b.{0,200}\b(wrote|writes|schrieb|a scris):$/iu,
  /^.{0,200}\s(wrote|пишет|писал|писала|писал\(а\)|написал|написала|написал\(а\)|a scris):$/iu,
  // a day and an address, whatever the words between them
  /^.{0,200}\b20\d\d\b.{0,160}<[^\s<>]{3,100}@[^\s<>]{3,100}>:$/u,
  /^_{20,}$/,
];

/** The block of headers that Outlook repeats. */
const header =
  /^\*?(from|от|от кого|de la|sent|отправлено|дата|date|trimis|data|to|кому|către|subject|тема|subiect)\*?\s?:\*?\s/i;

const isHeaderBlock = (lines: readonly string[], at: number): boolean =>
  /^\*?(from|от|от кого|de la)\*?\s?:/i.test(lines[at]?.trim() ?? '') &&
  lines.slice(at, at + 5).filter((line) => header.test(line.trim())).length >= 3;

/** Where a line that announces a quotation was broken by the program into two. */
const isBeginning = (lines: readonly string[], at: number): boolean => {
  const line = lines[at]?.trim() ?? '';
  const joined = `${line} ${lines[at + 1]?.trim() ?? ''}`;
  const isBroken =
    line.length > 0 && !line.endsWith(':') && /^(on|в|пн|вт|ср|чт|пт|сб|вс|la|în|pe)\b/iu.test(line);
  return (
    line.length < 400 &&
    (beginnings.some((one) => one.test(line)) ||
      (isBroken && joined.length < 400 && beginnings.slice(1, 3).some((one) => one.test(joined))))
  );
};

/**
 * What the writer of a letter says, without the letters it repeats. A letter that is nothing but a quotation is given as it is,
 * since then the quotation is what was meant.
 */
export const withoutQuotes = (text: string): string => {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const end = lines.findIndex(
    (line, at) =>
      isBeginning(lines, at) ||
      isHeaderBlock(lines, at) ||
      // Answers between the quoted lines are the writer's own: only a quotation up to the end is cut.
      (line.startsWith('>') && lines.slice(at).every((rest) => rest.startsWith('>') || rest.trim() === '')),
  );
  const own = (end < 0 ? lines : lines.slice(0, end)).join('\n').trim();
  return own === '' ? text.trim() : own;
};

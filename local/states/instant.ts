const EXTENDED = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

/** Epoch ms of an ISO 8601 instant with an offset, or `undefined`; fractions of a millisecond are cut off. */
export const parseInstant = (text: string): number | undefined => {
  const [, year, month, day, hour, minute, second, fraction = ''] = EXTENDED.exec(text) ?? [];
  if (year === undefined) return undefined;
  const days = new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate();
  const sound =
    Number(month) >= 1 &&
    Number(month) <= 12 &&
    Number(day) >= 1 &&
    Number(day) <= days &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59;
  if (!sound) return undefined;
  const ms = Date.parse(text.replace(fraction, fraction.slice(0, 4)));
  return Number.isNaN(ms) ? undefined : ms;
};

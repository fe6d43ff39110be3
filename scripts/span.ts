const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a span as people type it: `90s`, `30m`, `5h`, `14d`; `undefined` for anything else. */
export const readSpan = (text: string): number | undefined => {
  const [, amount, unit] = /^(\d{1,5})([smhd])$/.exec(text) ?? [];
  const size = unit === undefined ? undefined : units[unit];
  return amount === undefined || size === undefined ? undefined : Number(amount) * size;
};

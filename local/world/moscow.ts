/** Moscow keeps three hours ahead of UTC all year. */
const aheadMs = 3 * 3_600_000;

/** An instant of the company's wall clock: `2026-02-02 14:30`, or `2026-02-02 14:29:59`. */
export const instantAt = (local: string): Date => {
  const instant = new Date(`${local.replace(' ', 'T')}${local.length === 16 ? ':00' : ''}+03:00`);
  if (Number.isNaN(instant.getTime()))
    throw new RangeError(
      `"${local}" is no time of the company; write 2026-02-02 14:30 or 2026-02-02 14:29:59`,
    );
  return instant;
};

/** The company's wall clock at an instant, as `instantAt` reads it; seconds where there are any. */
export const localTime = (instant: string): string =>
  new Date(Date.parse(instant) + aheadMs).toISOString().slice(0, 19).replace('T', ' ').replace(/:00$/, '');

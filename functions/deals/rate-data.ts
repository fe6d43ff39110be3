import * as z from 'zod';

/** What an entry of a directory of rates holds: a percentage. */
export const RateData = z.looseObject({ rate: z.number().min(0).max(100) });

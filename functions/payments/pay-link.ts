import { publicUrl } from '../shared/public-url.ts';

/** Where a client pays; the token is all that leads there. */
export const payUrl = (token: string): string => publicUrl(`/v1/pay/${token}`);

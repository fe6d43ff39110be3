import { environment } from './environment.ts';

/** An address of the HTTP API as clients and other systems reach it. @param path - begins with a slash: `/v1/pay/…` */
export const publicUrl = (path: string): string => `${environment().PUBLIC_URL.replace(/\/$/, '')}${path}`;

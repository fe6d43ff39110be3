import * as z from 'zod';
import { FieldId } from '../ids.ts';
import { Money } from '../money.ts';
import { TimeOfDay } from '../time.ts';

/** Who hands messages over to phones. */
export const SmsGateway = z.enum(['smsaero', 'smsc', 'sns']);
export type SmsGateway = z.infer<typeof SmsGateway>;

/** A time of day, or a number setting of whole hours that an administrator may change. */
const Hour = z.union([TimeOfDay, z.strictObject({ setting: FieldId })]);
export type Hour = z.infer<typeof Hour>;

/** By whom numbers that begin so are reached, the first first; the next only where one before certainly did not take a message. */
export const SmsRoute = z.strictObject({
  /** `+79`; `+` is every number */
  prefix: z
    .string()
    .regex(/^\+\d{0,12}$/, 'a prefix is the beginning of an international number, such as +79'),
  by: z.array(SmsGateway).min(1),
  /** what a part costs, where the company knows it */
  price: Money.optional(),
});
export type SmsRoute = z.infer<typeof SmsRoute>;

/** How a pack writes to phones. What is secret of its gateways is kept elsewhere. */
export const SmsSettings = z.strictObject({
  /** of several that fit, the longest prefix counts */
  routes: z.array(SmsRoute).min(1),
  /** hours in which nobody is disturbed, by the client's clock; two that are equal: none */
  quiet: z.strictObject({ from: Hour, to: Hour }).default({ from: '21:00', to: '09:00' }),
  /** what may go to somebody who wants no messages: nothing, or what a process has to say where the law asks for no consent */
  afterOptOut: z.enum(['nothing', 'service']).default('nothing'),
});
export type SmsSettings = z.infer<typeof SmsSettings>;

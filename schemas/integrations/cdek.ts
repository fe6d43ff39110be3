import * as z from 'zod';
import { FieldId } from '../ids.ts';

/** A figure of the pack: a literal, or a number setting that an administrator may change. */
const Figure = z.union([z.number().positive(), z.strictObject({ setting: FieldId })]);
export type Figure = z.infer<typeof Figure>;

/** How a pack ships by CDEK. Its account and password are no part of it: they lie in the secret `cdek`. */
export const CdekSettings = z.strictObject({
  /** where parcels are handed in: a point of CDEK by its code, or an address the courier comes to; CDEK's code of the city */
  from: z.strictObject({
    city: z.int().positive(),
    point: z.string().min(1).max(20).optional(),
    address: z.string().min(1).max(255).optional(),
  }),
  sender: z.strictObject({
    company: z.string().min(1).max(255),
    name: z.string().min(1).max(255),
    phone: z.string().regex(/^\+\d{10,15}$/, 'use the international form, +79161234567'),
  }),
  /** CDEK's codes of the tariffs in use; where none was chosen, the first that goes to such a place */
  tariffs: z.array(z.int().positive()).min(1),
  /** what a parcel weighs and measures where the deal does not tell: kilograms, centimetres */
  parcel: z.strictObject({ weight: Figure, length: Figure, width: Figure, height: Figure }),
});
export type CdekSettings = z.infer<typeof CdekSettings>;

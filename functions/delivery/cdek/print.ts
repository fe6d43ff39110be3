import * as z from 'zod';
import { Accepted, type Cdek, CdekRequest, segment, uuidOf } from './client.ts';
import { CdekAway, CdekRefused, type Reason, reasonsOf } from './errors.ts';

/** The waybill that goes with a parcel, or the sticker with its barcode. */
export type Form = 'waybill' | 'barcode';

const paths: Record<Form, string> = { waybill: '/print/orders', barcode: '/print/barcodes' };

/** Has CDEK make a form for registered orders; answers its id. */
export const printForm = async (
  cdek: Cdek,
  form: Form,
  orders: readonly string[],
  options: { readonly copies?: number; readonly format?: 'A4' | 'A5' | 'A6' | 'A7' } = {},
): Promise<string> =>
  uuidOf(
    await cdek.ask({
      method: 'POST',
      path: paths[form],
      body: {
        orders: orders.map((order_uuid) => ({ order_uuid })),
        copy_count: options.copies ?? (form === 'waybill' ? 2 : 1),
        ...(form === 'waybill' ? { type: 'tpl_russia' } : { format: options.format ?? 'A6', lang: 'RUS' }),
      },
      shape: Accepted,
    }),
  );

const FormAnswer = z.object({
  entity: z
    .object({ uuid: z.string(), statuses: z.array(z.object({ code: z.string() })).nullish() })
    .nullish(),
  requests: z.array(CdekRequest).nullish(),
});

export type FormState =
  | { readonly as: 'ready' }
  | { readonly as: 'under-way'; readonly afterSeconds: number }
  | { readonly as: 'failed'; readonly reasons: readonly Reason[] };

/** How far a form is. Ready ones are kept for an hour: fetch them at once, or have them made again. */
export const formState = async (cdek: Cdek, form: Form, uuid: string): Promise<FormState> => {
  const { entity, requests } = await cdek.ask({
    method: 'GET',
    path: `${paths[form]}/${segment(uuid)}`,
    shape: FormAnswer,
  });
  const said = new Set((entity?.statuses ?? []).map(({ code }) => code));
  if (said.has('INVALID') || said.has('REMOVED'))
    return { as: 'failed', reasons: reasonsOf((requests ?? []).flatMap(({ errors }) => errors ?? [])) };
  return said.has('READY') ? { as: 'ready' } : { as: 'under-way', afterSeconds: 3 };
};

/**
 * The form as a PDF. It is fetched by its id: the address CDEK names with it is not believed, since the token goes along.
 *
 * @throws {CdekAway} if what comes is no PDF
 */
export const formFile = async (cdek: Cdek, form: Form, uuid: string): Promise<Uint8Array> => {
  const bytes = await cdek.file(`${paths[form]}/${segment(uuid)}.pdf`);
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== '%PDF-')
    throw new CdekAway('answers the download of a form with something that is no PDF', 'no');
  return bytes;
};

/** Whether a form has been made and lost, so that it has to be made anew. */
export const isFormGone = (error: unknown): boolean => error instanceof CdekRefused && error.isMissing;

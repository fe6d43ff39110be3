import { FileView } from '../../../schemas/api/shapes.ts';
import { EntityId } from '../../../schemas/ids.ts';
import { languageOf } from '../../../schemas/pack.ts';
import { say, type Text } from '../../../schemas/text.ts';
import { instantOf } from '../../../schemas/time.ts';
import type { Executor } from '../../calls/carry.ts';
import { act } from '../../deals/act.ts';
import { done } from '../../deals/context.ts';
import { cleanName, objectKey } from '../../deals/file-names.ts';
import { putBytes } from '../../deals/file-store.ts';
import { fileRow } from '../../deals/files.ts';
import { idOf } from '../../shared/new-id.ts';
import { CdekRefused } from '../cdek/errors.ts';
import { type Form, formFile, formState, isFormGone, printForm } from '../cdek/print.ts';
import { withParcel } from '../follow.ts';
import { aboutParcel, byCdek, type Opened } from '../opened.ts';

const names: Readonly<Record<Form, Text>> = {
  waybill: { ru: 'Накладная СДЭК', en: 'CDEK waybill', ro: 'Scrisoare de trăsură CDEK' },
  barcode: { ru: 'Этикетка СДЭК', en: 'CDEK label', ro: 'Etichetă CDEK' },
};

/** The form that an attempt before has asked for. */
const askedFor = (answer: string | undefined): string | undefined =>
  /^form ([0-9a-f]{8}-[0-9a-f-]{27})$/i.exec(answer ?? '')?.[1];

/** Keeps a form as a file of the deal, once. */
const keep = async (form: Form, { card, parcel, context }: Opened, bytes: Uint8Array): Promise<void> => {
  const name = cleanName(`${say(names[form], languageOf(context.pack))} ${parcel.number}.pdf`);
  const file = FileView.parse({
    id: EntityId.parse(idOf('paper', parcel.id, form)),
    name,
    version: 1,
    type: 'application/pdf',
    size: bytes.byteLength,
    at: instantOf(context.now),
  });
  await putBytes(objectKey(card.deal.id, file.id, name), file.type, bytes);
  await act(
    card.deal.id,
    (now) => {
      const it = now.parcels.find(({ id }) => id === parcel.id);
      return done(
        it === undefined || it.papers?.[form] !== undefined
          ? now
          : withParcel(now, { ...it, papers: { ...it.papers, [form]: file.id } }),
      );
    },
    {
      by: byCdek,
      along: ({ files }) =>
        files.some(({ id }) => id === file.id) ? [] : [{ put: fileRow(card.deal.id, file) }],
    },
  );
};

/** Has a form made, and fetched as soon as it is there: CDEK keeps it for an hour. */
const paper = (form: Form): Executor =>
  aboutParcel(async (open) => {
    const { call, parcel, cdek } = open;
    if (parcel.papers?.[form] !== undefined) return { as: 'done', answer: 'kept with the deal' };
    if (parcel.uuid === undefined || parcel.state === 'cancelled')
      return { as: 'done', answer: 'called off' };
    const made = askedFor(call.answer);
    if (made === undefined) {
      const uuid = await printForm(cdek, form, [parcel.uuid]);
      return { as: 'waiting', afterSeconds: 3, answer: `form ${uuid}` };
    }
    try {
      const state = await formState(cdek, form, made);
      if (state.as === 'failed')
        return {
          as: 'refused',
          problem: `CDEK did not make it: ${state.reasons.map(({ code }) => code).join(', ') || 'it gives no reason'}`,
        };
      if (state.as === 'under-way')
        return { as: 'waiting', afterSeconds: state.afterSeconds * call.attempts };
      await keep(form, open, await formFile(cdek, form, made));
      return { as: 'done', answer: 'kept with the deal' };
    } catch (error) {
      if (isFormGone(error)) return { as: 'waiting', afterSeconds: 60, answer: 'to be made anew' };
      if (error instanceof CdekRefused) return { as: 'refused', problem: error.message };
      throw error;
    }
  });

export const waybill = paper('waybill');
export const barcode = paper('barcode');

import type { TrackingView } from '../../schemas/api/tracking.ts';
import type { Deal } from '../../schemas/deal.ts';
import { act } from '../deals/act.ts';
import { type Context, done, refused } from '../deals/context.ts';
import { mustEdit } from '../deals/editors.ts';
import { seenCard } from '../deals/seen.ts';
import type { Refusal } from '../shared/errors.ts';
import type { Call } from '../shared/serve.ts';
import { isFollowed, trackingUrl } from './link.ts';

const noPage = (pipeline: string): Refusal => ({
  path: 'do',
  code: 'no-page',
  message: {
    ru: `У воронки «${pipeline}» нет страницы клиента: её описывает автор процесса`,
    en: `The pipeline "${pipeline}" has no page for clients: the author of the process writes one`,
    ro: `Procesul „${pipeline}” nu are pagină pentru clienți: o descrie autorul procesului`,
  },
});

const erased: Refusal = {
  path: 'do',
  code: 'erased',
  message: {
    ru: 'Данные клиента этой сделки удалены: страницы у неё больше не будет',
    en: 'The client of this deal was erased: it has no page any more',
    ro: 'Datele clientului au fost șterse: pagina nu mai există',
  },
};

const viewOf = async (deal: Deal, context: Context): Promise<TrackingView> =>
  isFollowed(deal, context) ? { on: true, link: await trackingUrl(deal) } : { on: false };

/** GET /v1/deals/{id}/tracking */
export const getTracking = async (call: Call<'tracking.get'>): Promise<TrackingView> => {
  const { card, context } = await seenCard(call.params.id, call);
  return viewOf(card.deal, context);
};

const changed = (deal: Deal, what: 'on' | 'off' | 'new'): Deal => {
  const turn = deal.tracking?.turn ?? 1;
  const isOff = deal.tracking?.off === true;
  if (what === 'new') return { ...deal, tracking: { turn: turn + 1 } };
  if ((what === 'off') === isOff) return deal;
  return { ...deal, tracking: { ...(what === 'off' ? { off: true } : {}), turn } };
};

/** POST /v1/deals/{id}/tracking: the links before a new one lead nowhere from then on. */
export const setTracking = async (call: Call<'tracking.set'>): Promise<TrackingView> => {
  const { params, body, reader, version, key } = call;
  const { card, context } = await act(
    params.id,
    (now, context) => {
      mustEdit(now, context);
      if (context.pipeline.tracking === undefined) return refused(noPage(context.pipeline.id));
      if (now.deal.erased !== undefined && body.do !== 'off') return refused(erased);
      return done({ ...now, deal: changed(now.deal, body.do) });
    },
    { by: { user: reader.user.id }, reader, version, key },
  );
  return viewOf(card.deal, context);
};

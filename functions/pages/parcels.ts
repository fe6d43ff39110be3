import { printMoney } from '../../schemas/money.ts';
import type { Parcel } from '../../schemas/parcel.ts';
import { type Language, say } from '../../schemas/text.ts';
import { printDay, printInstant } from '../notify/render.ts';
import type { Html } from '../shared/html.ts';
import { html } from '../shared/html.ts';
import { parcelWords, words } from './words.ts';

type Step = Pick<Parcel['statuses'][number], 'at' | 'city'> & { readonly state: Parcel['state'] };

/** What was heard of a parcel, newest first: one line for each place it came to, however many codes its carrier has for that. */
export const stepsOf = ({ statuses }: Pick<Parcel, 'statuses'>): Step[] => {
  const steps: Step[] = [];
  for (const { at, city, state } of statuses) {
    const last = steps.at(-1);
    if (state === undefined || (last?.state === state && last.city === city)) continue;
    steps.push({ at, state, ...(city === undefined ? {} : { city }) });
  }
  return steps.reverse();
};

/** Parcels that a client has to do with: one that was called off, or never became one, is none. */
const isShown = ({ state }: Parcel): boolean => state !== 'cancelled' && state !== 'rejected';

const carrierPage = (track: string, language: Language): string =>
  `https://www.cdek.ru/${language === 'ru' ? 'ru' : 'en'}/tracking/?order_id=${encodeURIComponent(track)}`;

const parcelPart = (parcel: Parcel, { language, zone }: { language: Language; zone: string }): Html => {
  const { track, planned, keptUntil, cod, kind, state } = parcel;
  const isOver = state === 'delivered' || state === 'returned';
  const fact = (title: Html | string, value: Html | string): Html => html`<dt>${title}</dt><dd>${value}</dd>`;
  const facts = [
    ...(track === undefined
      ? []
      : [
          fact(
            say(words.track, language),
            html`<bdi>${track}</bdi><br><a class="screen" rel="noopener noreferrer nofollow" href="${carrierPage(track, language)}">${say(words.follow, language)}</a>`,
          ),
        ]),
    ...(planned === undefined || isOver
      ? []
      : [fact(say(words.planned, language), printDay(planned, language))]),
    ...(keptUntil === undefined || isOver
      ? []
      : [fact(say(words.kept, language), printDay(keptUntil, language))]),
    ...(cod === undefined || isOver ? [] : [fact(say(words.cod, language), printMoney(cod))]),
  ];
  const steps = stepsOf(parcel).map(
    ({ at, city, state }) =>
      html`<li><span>${say(parcelWords[state], language)}${city === undefined ? undefined : html`, <bdi>${city}</bdi>`}</span> <time datetime="${at}">${printInstant(at, language, zone)}</time></li>`,
  );
  return html`<article><h3>${say(kind === 'return' ? words.back : words.parcel, language)}</h3><p class="state">${say(parcelWords[state], language)}</p>${facts.length === 0 ? undefined : html`<dl>${facts}</dl>`}${steps.length === 0 ? undefined : html`<h4>${say(words.history, language)}</h4><ol class="history" reversed>${steps}</ol>`}</article>`;
};

/** What is on its way to the client, the newest first; nothing where nothing is. */
export const parcelsPart = (
  parcels: readonly Parcel[],
  reading: { readonly language: Language; readonly zone: string },
): Html | undefined => {
  const shown = parcels.filter(isShown).sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  return shown.length === 0
    ? undefined
    : html`<section aria-labelledby="delivery"><h2 id="delivery">${say(words.delivery, reading.language)}</h2>${shown.map((parcel) => parcelPart(parcel, reading))}</section>`;
};

import { EntityId } from '../../schemas/ids.ts';
import { languageOf } from '../../schemas/pack.ts';
import type { Parcel, ParcelProblem, ParcelStatus } from '../../schemas/parcel.ts';
import { finalStates, parcelStateTitles } from '../../schemas/parcel-state.ts';
import { say, type Text } from '../../schemas/text.ts';
import { Day, Instant, instantOf } from '../../schemas/time.ts';
import type { Card } from '../deals/card.ts';
import { changeFields } from '../deals/change.ts';
import type { Context } from '../deals/context.ts';
import { localDay } from '../schedule/local-time.ts';
import { idOf } from '../shared/new-id.ts';
import { responsibleOnly, withRaised } from '../tasks/raise.ts';
import type { Reason } from './cdek/errors.ts';
import type { CdekOrder } from './cdek/orders.ts';
import { applyStatuses, bucketOf, type Heard, isFailedAttempt } from './cdek/statuses.ts';
import { shipStepOf } from './steps-of.ts';

/** As much of a history as is kept: a parcel that is sent round the country for months has some forty lines. */
const statusesKept = 200;

/** The card with a parcel as it is now; where it is becomes a fact of the deal, if it is the newest ordered. */
export const withParcel = (card: Card, parcel: Parcel): Card => {
  const before = card.parcels.find(({ id }) => id === parcel.id);
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(parcel)) return card;
  const { deal } = card;
  const isNewest = deal.parcel?.id === parcel.id;
  return {
    ...card,
    deal:
      deal.parcel !== undefined && isNewest && deal.parcel.state !== parcel.state
        ? { ...deal, parcel: { ...deal.parcel, state: parcel.state } }
        : deal,
    parcels:
      before === undefined
        ? [...card.parcels, parcel]
        : card.parcels.map((other) => (other.id === parcel.id ? parcel : other)),
  };
};

/** What stands in fields of the deal of a parcel that was ordered from it. */
const written = (card: Card, before: Parcel, after: Parcel, context: Context): Card => {
  if (after.kind !== 'order' || card.deal.parcel?.id !== after.id) return card;
  const { track, status, date } = after.writes;
  const words = say(parcelStateTitles[after.state], languageOf(context.pack));
  const isCalledOff = after.state === 'cancelled' && card.deal.fields[track] === after.track;
  const changes = {
    ...(isCalledOff ? { [track]: null } : {}),
    ...(after.track !== undefined && before.track === undefined ? { [track]: after.track } : {}),
    ...(status !== undefined && (before.state !== after.state || after.track !== before.track)
      ? { [status]: words }
      : {}),
    ...(date !== undefined && after.planned !== undefined && before.planned !== after.planned
      ? { [date]: after.planned }
      : {}),
  };
  return Object.keys(changes).length === 0 ? card : changeFields(card, changes, context);
};

const raised = (
  card: Card,
  occasion: string,
  { title, about }: { readonly title: Text; readonly about: Text },
  context: Context,
): Card => withRaised(card, { occasion, to: responsibleOnly, title, description: about }, context);

/** Reasons of the carrier in the words of the company's people: ours where we know the code, and its own. */
export const problemsOf = (reasons: readonly Reason[], { pack }: Pick<Context, 'pack'>): ParcelProblem[] =>
  reasons.slice(0, 20).map(({ code, means, said }) => ({
    code: code.slice(0, 120),
    words: [means === undefined ? undefined : say(means, languageOf(pack)), said]
      .filter((part) => part !== undefined)
      .join(': ')
      .slice(0, 500),
  }));

const printed = (problems: readonly ParcelProblem[]): string =>
  problems.map(({ code, words }) => (words === '' ? code : `${words} (${code})`)).join('; ');

/** The carrier has taken the order for checking. */
export const accepted = (card: Card, parcel: Parcel, uuid: string): Card =>
  parcel.uuid === uuid && parcel.state !== 'requested'
    ? card
    : withParcel(card, { ...parcel, uuid, state: parcel.state === 'requested' ? 'accepted' : parcel.state });

/**
 * The carrier does not take the order: the parcel says why, and somebody has to mend it.
 *
 * @param occasion - what was asked for: told again, it is told once
 */
export const rejected = (
  card: Card,
  parcel: Parcel,
  problems: readonly ParcelProblem[],
  occasion: string,
  context: Context,
): Card => {
  if (!['requested', 'accepted', 'rejected'].includes(parcel.state)) return card;
  const { uuid: _, ...rest } = parcel;
  const after: Parcel = { ...rest, state: 'rejected', problems: [...problems] };
  const why = printed(problems);
  return raised(
    written(withParcel(card, after), parcel, after, context),
    `parcel:${parcel.id}:rejected:${occasion}`,
    {
      title: {
        ru: `СДЭК не принял посылку ${parcel.number}`,
        en: `CDEK did not take parcel ${parcel.number}`,
        ro: `CDEK nu a primit coletul ${parcel.number}`,
      },
      about: {
        ru: `${why}. Исправьте данные сделки и отправьте посылку ещё раз.`,
        en: `${why}. Mend what the deal says and send the parcel again.`,
        ro: `${why}. Corectați datele și trimiteți coletul din nou.`,
      },
    },
    context,
  );
};

/** The parcel never left, and does not leave any more. */
export const cancelled = (card: Card, parcel: Parcel, context: Context): Card => {
  if (finalStates.has(parcel.state) && parcel.state !== 'rejected') return card;
  const { asked: _, ...rest } = parcel;
  const after: Parcel = { ...rest, state: 'cancelled' };
  return written(withParcel(card, after), parcel, after, context);
};

/** What was registered is not to be found any more: somebody removed it at the carrier's, or we had it removed. */
export const gone = (card: Card, parcel: Parcel, context: Context): Card => {
  if (parcel.track === undefined || finalStates.has(parcel.state)) return card;
  const after = cancelled(card, parcel, context);
  return parcel.asked === 'cancel'
    ? after
    : raised(
        after,
        `parcel:${parcel.id}:gone`,
        {
          title: {
            ru: `Посылки ${parcel.number} больше нет в СДЭК`,
            en: `Parcel ${parcel.number} is not at CDEK any more`,
            ro: `Coletul ${parcel.number} nu mai există la CDEK`,
          },
          about: {
            ru: 'Её удалили в кабинете СДЭК. Закажите новую, если заказ ещё не отправлен.',
            en: "It was removed in CDEK's cabinet. Order another one if the goods have not left.",
            ro: 'A fost ștearsă în cabinetul CDEK. Comandați alta dacă marfa nu a plecat.',
          },
        },
        context,
      );
};

/** What was asked of the carrier after the order, and it does not do. */
export const notDone = (
  card: Card,
  parcel: Parcel,
  problem: string,
  occasion: string,
  context: Context,
): Card => {
  const { asked: _, ...rest } = parcel;
  return raised(
    withParcel(card, rest),
    `parcel:${parcel.id}:not-done:${occasion}`,
    {
      title: {
        ru: `СДЭК не выполнил просьбу о посылке ${parcel.number}`,
        en: `CDEK did not do what it was asked for parcel ${parcel.number}`,
        ro: `CDEK nu a îndeplinit cererea pentru coletul ${parcel.number}`,
      },
      about: {
        ru: `${problem}. Позвоните в СДЭК или попросите иначе: то, что уже в пути, не отменяют, а возвращают.`,
        en: `${problem}. Call CDEK, or ask otherwise: what is under way is not called off but turned back.`,
        ro: `${problem}. Sunați la CDEK sau cereți altfel: ce este pe drum nu se anulează, ci se întoarce.`,
      },
    },
    context,
  );
};

/** A courier who was called comes, or does not. */
export const courierBecame = (
  card: Card,
  parcel: Parcel,
  became: { readonly uuid: string } | { readonly problem: string },
  occasion: string,
  context: Context,
): Card => {
  const { courier } = parcel;
  if (courier?.state !== 'asked') return card;
  if ('uuid' in became)
    return withParcel(card, { ...parcel, courier: { ...courier, state: 'called', uuid: became.uuid } });
  const problem = { code: 'courier', words: became.problem.slice(0, 500) };
  return raised(
    withParcel(card, { ...parcel, courier: { ...courier, state: 'refused', problem } }),
    `parcel:${parcel.id}:courier:${occasion}`,
    {
      title: {
        ru: `Курьер СДЭК за посылкой ${parcel.number} не приедет`,
        en: `No courier of CDEK comes for parcel ${parcel.number}`,
        ro: `Curierul CDEK nu vine după coletul ${parcel.number}`,
      },
      about: {
        ru: `${became.problem}. Вызовите на другое время или сдайте посылку сами.`,
        en: `${became.problem}. Call for another time, or hand the parcel in.`,
        ro: `${became.problem}. Chemați la altă oră sau predați coletul.`,
      },
    },
    context,
  );
};

const notDelivered = ({ number }: Parcel, reason: string | undefined) => ({
  title: {
    ru: `Посылка ${number} не вручена и возвращается`,
    en: `Parcel ${number} was not delivered and comes back`,
    ro: `Coletul ${number} nu a fost livrat și se întoarce`,
  },
  about: {
    ru: `Свяжитесь с клиентом и решите, что делать с заказом.${reason === undefined ? '' : ` Причина СДЭК: ${reason}.`}`,
    en: `Call the client and decide what becomes of the order.${reason === undefined ? '' : ` CDEK's reason: ${reason}.`}`,
    ro: `Sunați clientul și decideți ce se face cu comanda.${reason === undefined ? '' : ` Motivul CDEK: ${reason}.`}`,
  },
});

const cameBack = ({ number }: Parcel) => ({
  title: {
    ru: `Возврат ${number} пришёл: заберите и оприходуйте`,
    en: `The return ${number} has come: fetch it and book it in`,
    ro: `Returul ${number} a sosit: ridicați-l și înregistrați-l`,
  },
  about: {
    ru: 'Проверьте вложение и решите, что вернуть клиенту.',
    en: 'Look what is in it and decide what the client gets back.',
    ro: 'Verificați conținutul și decideți ce se întoarce clientului.',
  },
});

const missed = ({ number }: Parcel) => ({
  title: {
    ru: `Посылку ${number} не удалось вручить с первого раза`,
    en: `An attempt to deliver parcel ${number} failed`,
    ro: `O încercare de livrare a coletului ${number} a eșuat`,
  },
  about: {
    ru: 'СДЭК повторит попытку. Узнайте у клиента, когда его застать.',
    en: 'CDEK will try again. Ask the client when they can be met.',
    ro: 'CDEK va încerca din nou. Aflați de la client când poate fi găsit.',
  },
});

const takenBack = ({ number, state }: Parcel) => ({
  title: {
    ru: `СДЭК отозвал статус посылки ${number}`,
    en: `CDEK took back a status of parcel ${number}`,
    ro: `CDEK a retras un status al coletului ${number}`,
  },
  about: {
    ru: `Здесь посылка остаётся как «${parcelStateTitles[state].ru}». Проверьте её в кабинете СДЭК.`,
    en: `Here it stays “${parcelStateTitles[state].en}”. Look it up in CDEK's cabinet.`,
    ro: `Aici rămâne „${parcelStateTitles[state].ro ?? state}”. Verificați în cabinetul CDEK.`,
  },
});

/** Kinds of orders that bring something back. */
const bringsBack = new Set(['return_order', 'reverse_order', 'client_return_order', 'client_direct_order']);

/** A parcel of its own that brings another one back: what CDEK names beside it and the deal does not know yet. */
export const returnOf = (parcel: Parcel, uuid: string, { now, by }: Context): Parcel => {
  const { deal, pipeline, pack, carrier, number, step, writes, tariff, box, lines } = parcel;
  const at = instantOf(now);
  return {
    id: EntityId.parse(idOf('parcel', uuid)),
    deal,
    pipeline,
    pack,
    carrier,
    number: `${number}-R`.slice(0, 40),
    of: parcel.id,
    kind: 'return',
    step,
    writes,
    state: 'accepted',
    uuid,
    to: {},
    tariff,
    box,
    lines: lines.map((line) => ({ ...line, cod: 0 })),
    statuses: [],
    createdAt: at,
    by,
    version: 1,
    changedAt: at,
    changedBy: by,
  };
};

const withReturns = (card: Card, parcel: Parcel, order: CdekOrder, context: Context): Card =>
  order.related
    .filter(({ type, uuid }) => bringsBack.has(type) && uuid !== parcel.uuid)
    .filter(({ uuid }) => !card.parcels.some((other) => other.uuid === uuid))
    .reduce((after, { uuid }) => withParcel(after, returnOf(parcel, uuid, context)), card);

/** What is told to people of what was heard, each once however often it is heard. */
const told = (
  card: Card,
  before: Parcel,
  after: Parcel,
  { news, withdrawn }: Pick<Heard, 'news' | 'withdrawn'>,
  context: Context,
): Card => {
  const turned = (state: Parcel['state']): boolean => after.state === state && before.state !== state;
  let told_ = card;
  if (turned('returned') && after.kind === 'order')
    told_ = raised(
      told_,
      `parcel:${after.id}:returned`,
      notDelivered(after, after.statuses.findLast(({ code }) => bucketOf(code) === 'returned')?.reason),
      context,
    );
  if (turned('delivered') && after.kind === 'return')
    told_ = raised(told_, `parcel:${after.id}:back`, cameBack(after), context);
  for (const { code, at } of news)
    if (isFailedAttempt(code) && !finalStates.has(after.state))
      told_ = raised(told_, `parcel:${after.id}:missed:${at}`, missed(after), context);
  if (withdrawn) told_ = raised(told_, `parcel:${after.id}:withdrawn`, takenBack(after), context);
  return told_;
};

/** A courier is called for a parcel that has its number, where its step says so and the deal names a day to come. */
const fetched = (
  { deal }: Card,
  { kind, step, courier }: Parcel,
  { pipeline, now, pack }: Context,
): Pick<Parcel, 'courier'> => {
  const words = shipStepOf(pipeline, step)?.courier;
  const day = Day.safeParse(words === undefined ? undefined : deal.fields[words.date]);
  if (kind !== 'order' || courier !== undefined || words === undefined || !day.success) return {};
  if (day.data < localDay(now, pack.zone)) return {};
  return { courier: { day: day.data, from: words.from, to: words.to, state: 'asked' } };
};

/**
 * What CDEK says of an order becomes what the deal knows of its parcel: statuses in whatever order they are heard and however
 * often, never back from an end. Nothing new changes nothing.
 */
export const heard = (
  card: Card,
  parcel: Parcel,
  order: CdekOrder,
  context: Context,
): { readonly card: Card; readonly unknown: readonly string[] } => {
  if (order.registered === 'no')
    return {
      card: rejected(card, parcel, problemsOf(order.reasons, context), order.uuid, context),
      unknown: [],
    };
  // A refusal that was mended is forgotten: what the order says counts.
  const bucket = parcel.state === 'rejected' ? 'accepted' : parcel.state;
  const history = parcel.statuses.map(({ code, at, city, reason }) => ({
    code,
    at,
    ...(city === undefined ? {} : { city }),
    ...(reason === undefined ? {} : { reason }),
  }));
  const found = applyStatuses({ history, bucket }, order.statuses);
  const isNumbered = order.registered === 'yes' && order.track !== undefined;
  const state =
    isNumbered && (found.bucket === 'requested' || found.bucket === 'accepted') ? 'created' : found.bucket;
  const { problems: _, ...rest } = parcel;
  const { asked, ...same } = rest;
  const { currency } = context.pack;
  const track = parcel.track ?? (isNumbered ? order.track : undefined);
  const after: Parcel = {
    ...same,
    ...(track !== undefined && parcel.track === undefined ? fetched(card, parcel, context) : {}),
    ...(asked === undefined || finalStates.has(state) ? {} : { asked }),
    uuid: order.uuid,
    state,
    ...(track === undefined ? {} : { track: track.slice(0, 60) }),
    ...(order.plannedDay === undefined ? {} : { planned: Day.parse(order.plannedDay) }),
    ...(order.keptUntil === undefined ? {} : { keptUntil: Day.parse(order.keptUntil) }),
    ...(order.cost === undefined ? {} : { price: { amount: order.cost, currency } }),
    ...(order.paid === undefined || order.paid === 0 ? {} : { paid: { amount: order.paid, currency } }),
    ...(order.paidOut === true ? { paidOut: true } : {}),
    statuses: found.history.slice(-statusesKept).map((line): ParcelStatus => {
      const at = Instant.parse(line.at);
      const means = bucketOf(line.code);
      return {
        code: line.code.slice(0, 80),
        at,
        ...(means === undefined ? {} : { state: means }),
        ...(line.city === undefined ? {} : { city: line.city.slice(0, 120) }),
        ...(line.reason === undefined ? {} : { reason: line.reason.slice(0, 20) }),
      };
    }),
  };
  const seen = written(withParcel(card, after), parcel, after, context);
  return {
    card: withReturns(told(seen, parcel, after, found, context), after, order, context),
    unknown: found.unknown,
  };
};

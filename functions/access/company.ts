import * as z from 'zod';
import { ClientCard } from '../../schemas/api/client-cards.ts';
import type { Calendar } from '../../schemas/calendar.ts';
import { FieldId, Slug } from '../../schemas/ids.ts';
import type { Pack, Setting } from '../../schemas/pack.ts';
import { Role, User } from '../../schemas/people.ts';
import { Field, type Pipeline, type Span } from '../../schemas/pipeline.ts';
import { Duration } from '../../schemas/time.ts';
import { companyCalendar } from '../schedule/company-calendar.ts';
import { NotFound } from '../shared/errors.ts';
import { contentOf } from '../shared/rows.ts';
import type { Item } from '../shared/table/port.ts';

/** Which fields a pipeline's card shows and its stages require, as an administrator chose. */
export const CardLayout = z.strictObject({
  pipeline: Slug,
  fields: z.array(FieldId),
  required: z.record(Slug, z.array(FieldId)),
});
export type CardLayout = z.infer<typeof CardLayout>;

export const SettingValue = z.strictObject({ pack: Slug, id: FieldId, value: z.unknown() });

/**
 * The company as rules see it: packs from code, and over them what administrators keep in the table (people, roles,
 * settings, card layouts).
 */
export type Company = {
  readonly packs: readonly Pack[];
  readonly users: ReadonlyMap<string, User>;
  readonly roles: ReadonlyMap<string, Role>;
  /** pipelines of the packs a role is at home in: what `*` means in its grants */
  readonly homes: ReadonlyMap<string, ReadonlySet<string>>;
  readonly layouts: ReadonlyMap<string, CardLayout>;
  /** changed values by `<pack>/<setting>` */
  readonly values: ReadonlyMap<string, unknown>;
  /** which fields cards of companies and contacts show, and what was added to them, by `<pack>/<card>` */
  readonly clientCards: ReadonlyMap<string, ClientCard>;
  /** typed fields of the cards of companies and contacts, those of all packs and those added */
  readonly cards: Readonly<Record<'company' | 'contact', Readonly<Record<string, Field>>>>;
  pipeline(id: string): Pipeline;
  packOf(pipeline: Pipeline): Pack;
  calendarOf(pack: Pack): Calendar;
  setting(pack: Pack, id: string): Setting['value'];
  /** how long a span is now */
  duration(pack: Pack, span: Span): Duration;
};

/** Puts the rows of the `CONFIG` partition over the packs. */
export const companyOf = (packs: readonly Pack[], rows: readonly Item[]): Company => {
  const contents = (kind: string) => rows.filter((item) => item.sk.startsWith(`${kind}#`)).map(contentOf);
  const users = new Map(
    contents('user')
      .map((row) => User.parse(row))
      .map((user) => [user.id as string, user]),
  );
  const roles = new Map(packs.flatMap((pack) => pack.roles).map((role) => [role.id, role]));
  for (const row of contents('role')) {
    const role = Role.parse(row);
    roles.set(role.id, role);
  }
  const homes = new Map(
    [...roles.values()].map((role) => {
      const declaring = packs.filter((pack) => pack.roles.some(({ id }) => id === role.id));
      const home = declaring.length > 0 ? declaring : packs.filter(({ id }) => id === role.pack);
      return [
        role.id as string,
        new Set<string>(home.flatMap(({ pipelines }) => pipelines.map(({ id }) => id))),
      ];
    }),
  );
  const layouts = new Map(
    contents('card')
      .map((row) => CardLayout.parse(row))
      .map((layout) => [layout.pipeline, layout]),
  );
  const clientCards = new Map(
    contents('client-card')
      .map((row) => ClientCard.parse(row))
      .map((one) => [`${one.pack}/${one.card}`, one]),
  );
  const values = new Map(
    contents('setting')
      .map((row) => SettingValue.parse(row))
      .map(({ pack, id, value }) => [`${pack}/${id}`, value]),
  );
  const pipelines = new Map(
    packs.flatMap((pack) => pack.pipelines).map((pipeline) => [pipeline.id, pipeline]),
  );
  const calendars = new Map(packs.map((pack) => [pack.id, companyCalendar(pack.country, pack.zone)]));

  const cardOf = (of: 'company' | 'contact'): Record<string, Field> =>
    Object.assign(
      {},
      ...[...clientCards.values()]
        .filter(({ card }) => card === of)
        .map(({ added }) =>
          Object.fromEntries(Object.entries(added).map(([id, field]) => [id, Field.parse(field)])),
        ),
      ...packs.map(({ cards }) => cards?.[of] ?? {}),
    );
  const packOf = (pipeline: Pipeline): Pack => {
    const pack = packs.find(({ id }) => id === pipeline.pack);
    if (pack === undefined)
      throw new NotFound(`no pack "${pipeline.pack}"; packs are ${packs.map(({ id }) => id).join(', ')}`);
    return pack;
  };
  const setting = (pack: Pack, id: string): Setting['value'] => {
    const declared = pack.settings[id];
    if (declared === undefined) throw new NotFound(`${pack.id}: no setting "${id}"`);
    const changed = values.get(`${pack.id}/${id}`);
    return changed === undefined ? declared.value : (changed as Setting['value']); // checked against the setting when it was written
  };
  return {
    packs,
    users,
    roles,
    homes,
    layouts,
    clientCards,
    values,
    cards: { company: cardOf('company'), contact: cardOf('contact') },
    pipeline: (id) => {
      const found = pipelines.get(id);
      if (found === undefined)
        throw new NotFound(`no pipeline "${id}"; pipelines are ${[...pipelines.keys()].join(', ')}`);
      return found;
    },
    packOf,
    calendarOf: (pack) => calendars.get(pack.id) ?? companyCalendar(pack.country, pack.zone),
    setting,
    duration: (pack, span) => ('setting' in span ? Duration.parse(setting(pack, span.setting)) : span),
  };
};

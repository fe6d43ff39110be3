import type { Pack, Setting } from '../../schemas/pack.ts';
import { Duration, isClockTime, secondsOf } from '../../schemas/time.ts';
import type { Company } from '../access/company.ts';
import { mayIn } from '../access/tenant.ts';
import { mustHave } from '../contacts/rights.ts';
import { BadInput, NotFound } from '../shared/errors.ts';
import { configKey } from '../shared/keys.ts';
import type { Call } from '../shared/serve.ts';
import { freshCompany, keep } from './keep.ts';

/** Working time is held against bounds as if it were elapsed time: bounds catch slips of the hand, not minutes. */
const secondsLike = (duration: Duration): number =>
  isClockTime(duration)
    ? secondsOf(duration)
    : secondsOf({
        unit: ({ workminutes: 'minutes', workhours: 'hours', workdays: 'days' } as const)[duration.unit],
        amount: duration.amount,
      });

const print = ({ amount, unit }: Duration): string => `${amount} ${unit}`;

/**
 * The value of a setting as it is stored, if it has the setting's form and is within its bounds.
 *
 * @throws {BadInput} saying what would do
 */
export const settingValue = (setting: Setting, given: unknown, company: Pick<Company, 'users'>): unknown => {
  const bad = (wanted: string) =>
    new BadInput(`value: given ${JSON.stringify(given)}; would do: ${wanted}`, { details: { wanted } });
  switch (setting.type) {
    case 'duration': {
      const duration = Duration.safeParse(given);
      const { min, max } = setting;
      const bounds = `${min === undefined ? '' : `, at least ${print(min)}`}${max === undefined ? '' : `, at most ${print(max)}`}`;
      if (!duration.success) throw bad(`a duration such as {"unit":"workdays","amount":2}${bounds}`);
      const seconds = secondsLike(duration.data);
      if ((min && seconds < secondsLike(min)) || (max && seconds > secondsLike(max)))
        throw bad(`a duration${bounds}`);
      return duration.data;
    }
    case 'number': {
      const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = setting;
      if (typeof given !== 'number' || !Number.isFinite(given) || given < min || given > max)
        throw bad(`a number from ${min} to ${max}`);
      return given;
    }
    case 'boolean':
      if (typeof given !== 'boolean') throw bad('true or false');
      return given;
    case 'user':
      if (given === null) return null;
      if (typeof given !== 'string' || company.users.get(given)?.active !== true)
        throw bad(`null, or the id of a person: ${[...company.users.keys()].join(', ')}`);
      return given;
    default:
      return setting satisfies never;
  }
};

/** A setting with the value it has now. */
const now = (pack: Pack, id: string, company: Company): Setting | undefined => {
  const declared = pack.settings[id];
  if (declared === undefined) return undefined;
  const value = company.setting(pack, id);
  if (declared.type !== 'user') return { ...declared, value } as Setting;
  const { value: _, ...rest } = declared;
  return typeof value === 'string' ? { ...rest, value } : rest;
};

/** GET /v1/settings */
export const listSettings = async ({ reader, company }: Call<'settings.list'>) => {
  mustHave(reader, 'view', 'settings');
  return {
    items: company.packs
      .filter((pack) => mayIn(reader, 'view', 'settings', pack))
      .flatMap((pack) =>
        Object.keys(pack.settings).flatMap((id) => {
          const setting = now(pack, id, company);
          return setting === undefined ? [] : [{ id, pack: pack.id, setting }];
        }),
      ),
  };
};

/** PUT /v1/settings/{pack}/{id}: runs read it when they need it, also those under way. */
export const putSetting = async ({ params, body, reader, now: at }: Call<'settings.put'>) => {
  mustHave(reader, 'edit', 'settings');
  const company = await freshCompany();
  const pack = company.packs.find(({ id }) => id === params.pack);
  const before = pack === undefined ? undefined : now(pack, params.id, company);
  if (pack === undefined || before === undefined || !mayIn(reader, 'edit', 'settings', pack))
    throw new NotFound(`no setting "${params.id}" of pack "${params.pack}"; GET /v1/settings lists them`);
  const value = settingValue(before, body.value, company);
  const id = `${pack.id}/${params.id}`;
  await keep(
    { ...configKey('setting', id), row: 'setting', pack: pack.id, id: params.id, value },
    { reader, now: at, what: 'setting', id, before: before.value ?? null, after: value },
  );
  const { value: _, ...rest } = before;
  return (value === null ? rest : { ...rest, value }) as Setting;
};

import { type Deal, Slot } from '../../schemas/deal.ts';
import type { Pack } from '../../schemas/pack.ts';
import type { User } from '../../schemas/people.ts';
import type { Actor, Who } from '../../schemas/pipeline.ts';
import type { Company } from './company.ts';

/** Who is booked by the value of a slot; nobody by any other value. */
export const bookedPeople = (value: unknown): readonly string[] => Slot.safeParse(value).data?.people ?? [];

const active = (company: Company, id: unknown): User | undefined => {
  const user = typeof id === 'string' ? company.users.get(id) : undefined;
  return user?.active === true ? user : undefined;
};

/** Active people with a role, in the order of their ids. */
export const holdersOf = (role: string, company: Company): User[] =>
  [...company.users.values()]
    .filter((user) => user.active && user.roles.includes(role))
    .sort((one, other) => (one.id < other.id ? -1 : 1));

/** The user a field of the deal names. */
export const userIn = (deal: Deal, field: string): string | undefined => {
  if (field === 'responsible') return deal.responsible;
  if (field === 'initiator') return deal.initiator;
  const value = deal.fields[field];
  return typeof value === 'string' ? value : undefined;
};

/** The people of a slot; while none is booked, everybody who could be. */
const bookedIn = (field: string, deal: Deal, pack: Pack, company: Company): User[] => {
  const slot = pack.pipelines.find(({ id }) => id === deal.pipeline)?.fields[field];
  if (slot?.type !== 'slot') return [];
  const booked = bookedPeople(deal.fields[field]).flatMap((id) => active(company, id) ?? []);
  return booked.length > 0 ? booked : holdersOf(slot.role, company);
};

/** Heads of a person who still work here, nearest first: one who has left is passed over. A ring in the org chart ends the walk. */
export const headsOf = (user: User | undefined, company: Company): User[] => {
  const passed = new Set<string | undefined>([user?.id]);
  const heads: User[] = [];
  let head = company.users.get(user?.head ?? '');
  while (head !== undefined && !passed.has(head.id)) {
    passed.add(head.id);
    if (head.active) heads.push(head);
    head = company.users.get(head.head ?? '');
  }
  return heads;
};

/** Everybody below a person in the org chart. */
export const subordinatesOf = (user: User, company: Company): User[] =>
  [...company.users.values()].filter((other) => headsOf(other, company).some((head) => head.id === user.id));

/** Who is told where nobody else is found: those of the first role that anybody has. */
export const lastResort = ({ lastResort: roles }: Pack, company: Company): User[] => {
  const [first] = roles.flatMap((role) => holdersOf(role, company));
  return first === undefined ? [] : [first];
};

/** The head of a person; where there is none, the first holder of the pack's last resort. */
export const headOf = (user: string | undefined, pack: Pack, company: Company): User | undefined =>
  headsOf(user === undefined ? undefined : company.users.get(user), company)[0] ??
  lastResort(pack, company)[0];

/**
 * The people a `Who` means at this moment, each once. An empty answer falls back to the next head, then to the
 * pack's last resort, so that nothing is told to nobody.
 */
export const resolve = (who: Who, deal: Deal, pack: Pack, company: Company): User[] => {
  switch (who.who) {
    case 'field': {
      const booked = bookedIn(who.field, deal, pack, company);
      if (booked.length > 0) return booked;
      const named = userIn(deal, who.field);
      const user = active(company, named);
      if (user !== undefined) return [user];
      const head = headOf(named ?? deal.responsible, pack, company);
      return head === undefined ? [] : [head];
    }
    case 'head': {
      const head = headOf(userIn(deal, who.of), pack, company);
      return head === undefined ? [] : [head];
    }
    case 'role': {
      const holders = holdersOf(who.role, company);
      return holders.length > 0 ? holders : lastResort(pack, company);
    }
    case 'members': // their tasks are on the card: see `membersOf`
      return resolve({ who: 'field', field: 'responsible' }, deal, pack, company);
    case 'watchers':
      return deal.watchers.flatMap((id) => active(company, id) ?? []);
    case 'setting': {
      const user = active(company, company.setting(pack, who.setting));
      return user === undefined ? resolve(who.else, deal, pack, company) : [user];
    }
    default:
      return who satisfies never;
  }
};

/** Several answers as one, each person once. */
export const resolveAll = (whos: readonly Who[], deal: Deal, pack: Pack, company: Company): User[] => {
  const found = whos.flatMap((who) => resolve(who, deal, pack, company));
  const people = found.length > 0 ? found : lastResort(pack, company); // of watchers there may be none
  return [...new Map(people.map((user) => [user.id, user])).values()];
};

/** Whether a person, or the system (`undefined`), is one of those who may. */
export const isOneOf = (
  actors: readonly Actor[],
  person: User | undefined,
  deal: Deal,
  company: Company,
): boolean =>
  person === undefined ||
  actors.some((actor) => {
    if (typeof actor === 'object') return person.roles.includes(actor.role);
    switch (actor) {
      case 'anyone':
        return true;
      case 'responsible':
        return deal.responsible === person.id;
      case 'watcher':
        return deal.watchers.includes(person.id);
      case 'initiator':
        return deal.initiator === person.id;
      case 'head':
        return headsOf(company.users.get(deal.responsible ?? ''), company).some(
          (head) => head.id === person.id,
        );
      case 'system':
        return false;
      default:
        return actor satisfies never;
    }
  });

import type { Zone } from '../../schemas/time.ts';
import { climateSystem } from './climate.ts';
import { coffee } from './coffee.ts';
import { footwearOrder } from './footwear.ts';
import { furnitureOrder } from './furniture.ts';
import { industrialGoods } from './industrial-goods.ts';
import { industrialPerson } from './industrial-person.ts';
import { industrialServices } from './industrial-services.ts';
import { type Driver, type Line, local } from './scenario.ts';

/** A walk-through of a pack: the same lines for every host they are played on. */
export type Walkthrough = {
  readonly title: string;
  /** of the company's wall clock, by which its lines are timed and printed */
  readonly zone: Zone;
  /** the wall clock at the beginning */
  readonly begins: string;
  readonly lines: (driver: Driver) => Line[];
};

/** Every walk-through, by `<pack>/<name>`. */
export const walkthroughs: Readonly<Record<string, Walkthrough>> = {
  'footwear/order': {
    title: '9 Maria’s boots, 1 600 lei',
    zone: 'Europe/Chisinau',
    begins: '2026-02-02 09:00',
    lines: footwearOrder,
  },
  'industrial/goods': {
    title: '9.1 Goods, client “Plant Demo-1”, total 240 000',
    zone: 'Europe/Moscow',
    begins: '2026-02-02 09:00',
    lines: industrialGoods,
  },
  'industrial/services': {
    title: '9.2 Services, client “Plant Demo-2”, total 90 000',
    zone: 'Europe/Moscow',
    begins: '2026-02-02 09:00',
    lines: industrialServices,
  },
  'industrial/person': {
    title: '9.3 Goods for a natural person, paid by a link, total 18 000',
    zone: 'Europe/Moscow',
    begins: '2026-02-02 09:00',
    lines: industrialPerson,
  },
  'climate/system': {
    title: '9 A climate system for “Business centre North”, 48 600 dollars',
    zone: 'Europe/Kyiv',
    begins: '2026-02-02 09:00',
    lines: climateSystem,
  },
  'furniture/order': {
    title: '9 Furniture, a wardrobe and two doors, total 150 000',
    zone: 'Europe/Moscow',
    begins: '2026-02-02 09:00',
    lines: furnitureOrder,
  },
  'coffee/lead-to-deal': {
    title: '9 From a letter to a won deal of “Demo Cafe 1”, 352 000',
    zone: 'Europe/Moscow',
    begins: '2026-02-02 09:00',
    lines: coffee,
  },
};

/** The walk-through of that name, those of a pack, or without a name all; none where nothing is called so. */
export const called = (name: string | undefined): Walkthrough[] =>
  Object.entries(walkthroughs)
    .filter(([id]) => name === undefined || id === name || id.startsWith(`${name}/`))
    .map(([, walkthrough]) => walkthrough);

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Time of a company that went by, in whole weeks: `seven virtual weeks`. */
export const lasting = ({ zone, begins }: Pick<Walkthrough, 'zone' | 'begins'>, end: Date): string => {
  const weeks = Math.floor((end.getTime() - Date.parse(local(zone, begins))) / (7 * 86_400_000));
  return `${words[weeks] ?? weeks} virtual week${weeks === 1 ? '' : 's'}`;
};

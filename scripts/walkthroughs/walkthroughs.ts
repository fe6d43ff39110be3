import { industrialGoods } from './industrial-goods.ts';
import { industrialServices } from './industrial-services.ts';
import type { Driver, Line } from './scenario.ts';

/** A walk-through of a pack: the same lines for every host they are played on. */
export type Walkthrough = {
  readonly title: string;
  /** the company's wall clock at the beginning */
  readonly begins: string;
  readonly lines: (driver: Driver) => Line[];
};

/** Every walk-through, by `<pack>/<name>`. */
export const walkthroughs: Readonly<Record<string, Walkthrough>> = {
  'industrial/goods': {
    title: '9.1 Goods, client “Plant Demo-1”, total 240 000',
    begins: '2026-02-02 09:00',
    lines: industrialGoods,
  },
  'industrial/services': {
    title: '9.2 Services, client “Plant Demo-2”, total 90 000',
    begins: '2026-02-02 09:00',
    lines: industrialServices,
  },
};

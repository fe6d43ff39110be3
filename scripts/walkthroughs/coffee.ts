import { coffeeDeals } from './coffee-deals.ts';
import { coffeeLeads } from './coffee-leads.ts';
import type { Driver, Line } from './scenario.ts';

/** Walk-through 9 of the coffee pack: from two letters to a won deal and its holding, nine days. */
export const coffee = (driver: Driver): Line[] => {
  const made = { lead: '' };
  return [...coffeeLeads(driver, made), ...coffeeDeals(driver, made)];
};

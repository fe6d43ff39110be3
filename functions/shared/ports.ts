import type { Pack } from '../../schemas/pack.ts';
import { packs } from '../../statemachines/packs/index.ts';
import { type Company, companyOf } from '../access/company.ts';
import { wallMs } from './clock.ts';
import { environment, forgetEnvironment } from './environment.ts';
import type { Item, Table } from './table/port.ts';
import { createDynamoTable } from './table/table-dynamo.ts';

/** How long what administrators keep is believed before it is read again. */
const companyForMs = 10_000;

let table: Table | undefined;
let packsInUse: readonly Pack[] = packs;
let company: { value: Promise<Company>; until: number } | undefined;

/** The table of this function, made when it is first needed and kept. */
export const theTable = (): Table => {
  table ??= createDynamoTable({ name: environment().TABLE_NAME });
  return table;
};

/** Puts a table in place of the one the environment names, for a host that has its own; with other packs if it says so. */
export const useTable = (other: Table, otherPacks: readonly Pack[] = packs): void => {
  table = other;
  packsInUse = otherPacks;
  forgetCompany();
};

/** The packs of this deployment, or those a host has put in their place. */
export const thePacks = (): readonly Pack[] => packsInUse;

const readCompany = async (from: Table, of: readonly Pack[]): Promise<Company> => {
  const rows: Item[] = [];
  for await (const item of from.all({ pk: 'CONFIG', consistent: true })) rows.push(item);
  return companyOf(of, rows);
};

/** The company: packs, people, roles and settings; at most ten seconds old, at once where this process changed it. */
export const theCompany = (): Promise<Company> => {
  const now = wallMs();
  if (company !== undefined && now < company.until) return company.value;
  const read = { value: readCompany(theTable(), packsInUse), until: now + companyForMs };
  company = read;
  read.value.catch(() => {
    if (company === read) forgetCompany(); // a failed read is not kept
  });
  return read.value;
};

/** Reads the company anew at the next need; after a change of people, roles or settings. */
export const forgetCompany = (): void => {
  company = undefined;
};

/** Starts afresh, for a host that runs one system after another in a process. */
export const forgetPorts = (): void => {
  table = undefined;
  packsInUse = packs;
  forgetCompany();
  forgetEnvironment();
};

import { type Directory, DirectoryEntry, type Pack } from '../../schemas/pack.ts';
import type { Company } from '../access/company.ts';
import { mayIn } from '../access/tenant.ts';
import { mustHave } from '../contacts/rights.ts';
import { NotFound } from '../shared/errors.ts';
import { configKey } from '../shared/keys.ts';
import { theTable } from '../shared/ports.ts';
import { contentOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import { mustRead } from './directory-data.ts';
import { keep } from './keep.ts';

const directoryNamed = (
  id: string,
  { packs }: Company,
  isOpen: (pack: Pack, directory: Directory) => boolean = () => true,
): Directory => {
  const known = packs.flatMap((pack) => pack.directories.filter((directory) => isOpen(pack, directory)));
  const found = known.find((directory) => directory.id === id);
  if (found === undefined)
    throw new NotFound(`no directory "${id}"; directories are ${known.map((one) => one.id).join(', ')}`);
  return found;
};

const entryKey = (directory: string, entry: string) => configKey('directory', `${directory}#${entry}`);

/** Entries of a directory: those of the pack, and over them what administrators wrote. */
export const entriesOf = async (id: string, company: Company): Promise<DirectoryEntry[]> => {
  const entries = new Map(directoryNamed(id, company).entries.map((entry) => [entry.id, entry]));
  const { pk, sk } = entryKey(id, '');
  for await (const row of theTable().all({ pk, sk: { begins: sk }, consistent: true })) {
    const { directory: _, ...entry } = contentOf(row);
    const read = DirectoryEntry.parse(entry);
    entries.set(read.id, read);
  }
  return [...entries.values()];
};

/** Where entries say their order they stand in it. */
const orderOf = ({ data }: DirectoryEntry): number =>
  typeof data.order === 'number' ? data.order : Number.MAX_SAFE_INTEGER;

/** GET /v1/directories/{id} */
export const getDirectory = async ({ params, reader, company }: Call<'directories.get'>) => {
  mustHave(reader, 'view', 'directory');
  directoryNamed(params.id, company, (pack) => mayIn(reader, 'view', 'directory', pack));
  const entries = await entriesOf(params.id, company);
  return { items: entries.sort((one, other) => orderOf(one) - orderOf(other)) };
};

/** PUT /v1/directories/{id}/{entry}; an entry that is used somewhere is made inactive rather than removed */
export const putEntry = async ({ params, body, reader, company, now }: Call<'directories.put'>) => {
  const isTheirs = ({ editedBy = [] }: Directory): boolean =>
    reader.user.roles.some((role) => editedBy.includes(role));
  const isOpen = (pack: Pack, directory: Directory): boolean =>
    mayIn(reader, 'edit', 'directory', pack) || isTheirs(directory);
  if (!company.packs.some((pack) => pack.directories.some(isTheirs))) mustHave(reader, 'edit', 'directory');
  directoryNamed(params.id, company, isOpen);
  const before = (await entriesOf(params.id, company)).find(({ id }) => id === params.entry);
  const entry: DirectoryEntry = { ...body, id: params.entry };
  mustRead(params.id, entry, company);
  await keep(
    { ...entryKey(params.id, entry.id), row: 'directory', directory: params.id, ...entry },
    { reader, now, what: 'directory', id: `${params.id}/${entry.id}`, before, after: entry },
  );
  return entry;
};

import type { Company, Contact } from '../../schemas/contact.ts';
import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Key } from '../shared/table/port.ts';
import { wordsOf } from './words.ts';

/** As much of one value as it is found by. */
const most = 400;
const mostWords = 60;

const written = (value: unknown): string => {
  if (typeof value === 'string' || typeof value === 'number') return String(value).slice(0, most);
  if (typeof value === 'object' && value !== null && 'text' in value) return written(value.text);
  return '';
};

/** The words by which a deal itself is found: number, title, and fields that say so, but for those that are hidden. */
export const wordsOfDeal = (
  { number, title, fields }: Deal,
  pipeline: Pipeline,
  hidden: ReadonlySet<string> = new Set(),
): string[] => {
  const texts = Object.entries(pipeline.fields).flatMap(([id, field]) =>
    field.search === true && !hidden.has(id) ? [written(fields[id])] : [],
  );
  return [...new Set([number, title, ...texts].flatMap(wordsOf))].slice(0, mostWords);
};

/** The words by which a company or a contact is found, and its deals with it. */
export const wordsOfClient = (client: Company | Contact): string[] => {
  if ('erased' in client && client.erased !== undefined) return [];
  const texts = [
    client.name,
    ...('taxNumber' in client ? [client.taxNumber] : []),
    ...('email' in client ? [client.email] : []),
    ...('phone' in client ? [client.phone] : []),
  ];
  return [...new Set(texts.flatMap((text) => (text === undefined ? [] : wordsOf(text))))].slice(0, mostWords);
};

const nobody = '-';
const head = (word: string): string => [...word].slice(0, 2).join('');

/** Deals of a pack by the beginnings of their words; or those one person is responsible for, or nobody. */
export const dealsBy = (pack: string, beginning: string, whose?: string | { nobody: true }) => ({
  pk: `FIND#${pack}${whose === undefined ? '' : `@${typeof whose === 'string' ? whose : nobody}`}#${head(beginning)}`,
  sk: { begins: beginning },
});

/** Companies and contacts by the beginnings of their words. */
export const clientsBy = (beginning: string) => ({
  pk: `FIND#*#${head(beginning)}`,
  sk: { begins: beginning },
});

/** What a row of an index leads to. */
export const idIn = ({ sk }: Key): string => sk.slice(sk.lastIndexOf('#') + 1);
export const kindIn = ({ sk }: Key): string => sk.split('#').at(-2) ?? '';

/** The rows by which a deal is found. */
export const rowsOfDeal = (deal: Deal, pipeline: Pipeline): Key[] => {
  const whose = deal.responsible ?? { nobody: true as const };
  return wordsOfDeal(deal, pipeline).flatMap((word) =>
    [dealsBy(deal.pack, word), dealsBy(deal.pack, word, whose)].map(({ pk }) => ({
      pk,
      sk: `${word}#${deal.id}`,
    })),
  );
};

/** The rows by which a company or a contact is found. */
export const rowsOfClient = (kind: 'company' | 'contact', client: Company | Contact): Key[] =>
  wordsOfClient(client).map((word) => ({ pk: clientsBy(word).pk, sk: `${word}#${kind}#${client.id}` }));

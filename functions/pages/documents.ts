import type { FileRef } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import { type Language, say } from '../../schemas/text.ts';
import type { Card } from '../deals/card.ts';
import { refsIn } from '../deals/file-refs.ts';
import { type Html, html } from '../shared/html.ts';
import { words } from './words.ts';

/** Files that the client of a deal may fetch: those that its fields for them hold now. */
export const documentsOf = (
  { deal }: Pick<Card, 'deal'>,
  { tracking }: Pick<Pipeline, 'tracking'>,
): { readonly field: string; readonly ref: FileRef }[] =>
  (tracking?.documents ?? []).flatMap((field) => refsIn(deal.fields[field]).map((ref) => ({ field, ref })));

/** Links to them, under the titles of their fields; nothing where there are none. @param page - the address of the page */
export const documentsPart = (
  card: Pick<Card, 'deal'>,
  pipeline: Pipeline,
  { language, page }: { readonly language: Language; readonly page: string },
): Html | undefined => {
  const files = documentsOf(card, pipeline);
  const items = files.map(({ field, ref }) => {
    const title = pipeline.fields[field]?.title;
    return html`<li>${title === undefined ? undefined : html`${say(title, language)}: `}<a rel="nofollow" href="${page}/files/${encodeURIComponent(ref.id)}"><bdi>${ref.name}</bdi></a></li>`;
  });
  return items.length === 0
    ? undefined
    : html`<section aria-labelledby="documents"><h2 id="documents">${say(words.documents, language)}</h2><ul>${items}</ul></section>`;
};

import type { IncomingView, LetterOfDeal } from '../../schemas/api/letters.ts';
import { type IncomingLetter, LetterBody } from '../../schemas/incoming.ts';
import type { Context } from '../deals/context.ts';
import { linkToGet, readText, stored } from '../deals/file-store.ts';
import { contextOf, seenCard } from '../deals/seen.ts';
import { maySeeClients } from '../deals/view.ts';
import { incomingKey, incomingOf, placesOf } from '../mail-in/rows.ts';
import { NotFound } from '../shared/errors.ts';
import { behind, pageOf } from '../shared/page.ts';
import { theTable } from '../shared/ports.ts';
import { messageOf } from '../shared/rows.ts';
import type { Call } from '../shared/serve.ts';
import type { Item } from '../shared/table/port.ts';
import { viewMessage } from './view.ts';

/** A letter that came, as a reader may see it. */
export const viewIncoming = ({ raw: _, ...letter }: IncomingLetter, context: Context): IncomingView => {
  const { email: __, ...nameless } = letter.from;
  return { ...letter, from: maySeeClients(context) ? letter.from : nameless, direction: 'in' };
};

/** A row of a deal's letters as a letter or a short message with its client; nothing for what went to colleagues. */
export const viewLetter = (row: Item, context: Context): LetterOfDeal | undefined => {
  if (row.row === 'incoming') return viewIncoming(incomingOf(row), context);
  if (row.row !== 'message') return undefined;
  const message = messageOf(row);
  return message.user === undefined ? { ...viewMessage(message, context), direction: 'out' } : undefined;
};

/** GET /v1/deals/{id}/letters */
export const listLetters = async (call: Call<'letters.list'>) => {
  const { params, query } = call;
  const { context } = await seenCard(params.id, call);
  const asked = { index: 'g2', pk: `LETTERS#${params.id}`, descending: true } as const;
  return pageOf(theTable(), { ...asked, ...behind(query.cursor) }, query.limit, (rows) =>
    rows.map((row) => viewLetter(row, context)),
  );
};

/** GET /v1/deals/{id}/letters/{letter} */
export const getIncoming = async (call: Call<'letters.get'>) => {
  const { id, letter: asked } = call.params;
  const { card } = await seenCard(id, call);
  const row = await theTable().get(incomingKey(asked), { consistent: true });
  const letter = row === undefined ? undefined : incomingOf(row);
  if (letter?.deal !== id) throw new NotFound(`no letter "${asked}" came to this deal`);
  const { raw, body } = placesOf(id, asked);
  return {
    ...viewIncoming(letter, contextOf(card.deal.pipeline, call)),
    body: LetterBody.parse(JSON.parse(await readText(body))),
    // Nobody is led to a virus.
    ...(letter.came.virus === true || (await stored(raw)) === undefined
      ? {}
      : { original: await linkToGet(raw, 'letter.eml') }),
  };
};

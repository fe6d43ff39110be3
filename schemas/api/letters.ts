import * as z from 'zod';
import { Address } from '../deal.ts';
import { DealId, EntityId, Slug } from '../ids.ts';
import { IncomingLetter, LetterBody } from '../incoming.ts';
import { endpoint } from './endpoint.ts';
import { EntityParam, IdParam, MessageView, None, Paging } from './shapes.ts';

const letter = {
  /** a message of the pack to begin with; `subject` and `body` take the place of its own */
  text: Slug.optional(),
  subject: z.string().trim().min(1).max(200).optional(),
  body: z.string().trim().min(1).max(10_000).optional(),
  /** a file of the deal, which goes with it */
  file: EntityId.optional(),
};

const Located = Address.required();

/** A letter that came, as a reader may see it; without the writer's address where clients are not open to them. */
export const IncomingView = IncomingLetter.omit({ raw: true }).extend({ direction: z.literal('in') });
export type IncomingView = z.infer<typeof IncomingView>;

export const OutgoingView = MessageView.extend({ direction: z.literal('out') });

/** A letter, whichever way it went. */
export const LetterOfDeal = z.discriminatedUnion('direction', [IncomingView, OutgoingView]);
export type LetterOfDeal = z.infer<typeof LetterOfDeal>;

/** Letters that people write to clients, and clients to us; places, and ways through them. */
export const letters = {
  'letters.send': endpoint({
    method: 'POST',
    path: '/v1/deals/{id}/letters',
    service: 'deals',
    status: 202,
    params: IdParam,
    query: None,
    body: z.strictObject(letter),
    summary: 'Write to the client of a deal, with one of its files',
    answer: MessageView,
  }),
  'letters.list': endpoint({
    method: 'GET',
    path: '/v1/deals/{id}/letters',
    service: 'deals',
    params: IdParam,
    query: z.strictObject(Paging),
    body: None,
    summary: 'Letters and short messages of a deal, to its client and from them, the newest first',
    answer: z.strictObject({ items: z.array(LetterOfDeal), cursor: z.string().optional() }),
  }),
  'letters.get': endpoint({
    method: 'GET',
    path: '/v1/deals/{id}/letters/{letter}',
    service: 'deals',
    params: IdParam.extend({ letter: EntityId }),
    query: None,
    body: None,
    summary:
      'A letter that came, with all it quotes, its HTML without scripts and pictures from elsewhere, and where to fetch it as it came',
    answer: IncomingView.extend({ body: LetterBody, original: z.url().optional() }),
  }),
  'letters.sendTo': endpoint({
    method: 'POST',
    path: '/v1/contacts/{id}/letters',
    service: 'deals',
    status: 202,
    params: EntityParam,
    query: None,
    body: z.strictObject({ ...letter, deal: DealId.optional() }),
    summary:
      'The same from the card of a contact: about the deal that waits for such a letter, or the one that is named',
    answer: MessageView,
  }),
  'letters.of': endpoint({
    method: 'GET',
    path: '/v1/contacts/{id}/letters',
    service: 'deals',
    params: EntityParam,
    query: z.strictObject(Paging),
    body: None,
    summary:
      'Letters and short messages that people wrote to a contact, and letters that came from them, the newest first, about the deals that the reader may see',
    answer: z.strictObject({ items: z.array(LetterOfDeal), cursor: z.string().optional() }),
  }),
  'places.suggest': endpoint({
    method: 'GET',
    path: '/v1/places',
    service: 'deals',
    params: None,
    query: z.strictObject({ q: z.string().trim().min(1).max(200) }),
    body: None,
    summary: 'Places whose address begins like this, with their coordinates',
    answer: z.strictObject({ items: z.array(Located) }),
  }),
  'routes.build': endpoint({
    method: 'POST',
    path: '/v1/routes',
    service: 'deals',
    params: None,
    query: None,
    body: z.strictObject({ deals: z.array(DealId).min(2).max(25) }),
    summary:
      'The way through the addresses of several deals: the order of stops, their distances, a link to a map',
    answer: z.strictObject({
      stops: z.array(
        z.strictObject({
          deal: DealId,
          number: z.string(),
          text: z.string(),
          lat: z.number(),
          lng: z.number(),
          /** from the stop before, as the crow flies */
          km: z.number(),
        }),
      ),
      km: z.number(),
      link: z.string(),
    }),
  }),
};

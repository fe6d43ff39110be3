import * as z from 'zod';
import { DealId, UserId } from '../ids.ts';
import { IntakeLetter } from '../intake.ts';
import { endpoint } from './endpoint.ts';
import { DealView, EntityParam, FieldChanges, None, Paging } from './shapes.ts';

/** A letter as its readers see it; where its files lie is our own affair. */
export const LetterView = IntakeLetter.omit({ files: true, raw: true }).extend({
  files: z.array(z.strictObject({ name: z.string(), type: z.string(), size: z.int() })),
});
export type LetterView = z.infer<typeof LetterView>;

/** Letters that came to the company's mailboxes, and what they are. */
export const intakeApi = {
  'intake.list': endpoint({
    method: 'GET',
    path: '/v1/intake',
    service: 'deals',
    params: None,
    body: None,
    summary: 'Letters that wait for a decision, the oldest first; mine, or those of somebody below me',
    query: z.strictObject({ of: UserId.optional(), ...Paging }),
    answer: z.strictObject({ items: z.array(LetterView), cursor: z.string().optional() }),
  }),
  'intake.get': endpoint({
    method: 'GET',
    path: '/v1/intake/{id}',
    service: 'deals',
    params: EntityParam,
    query: None,
    body: None,
    summary: 'A letter, what became of it, and where to fetch it as it came',
    answer: LetterView.extend({ original: z.url().optional() }),
  }),
  'intake.lead': endpoint({
    method: 'POST',
    path: '/v1/intake/{id}/lead',
    service: 'deals',
    params: EntityParam,
    query: None,
    summary: 'The letter is a request: a deal with the letter attached',
    body: z.strictObject({ title: z.string().min(1).max(200).optional(), fields: FieldChanges.default({}) }),
    answer: DealView,
  }),
  'intake.file': endpoint({
    method: 'POST',
    path: '/v1/intake/{id}/file',
    service: 'deals',
    params: EntityParam,
    query: None,
    summary: 'The letter belongs to this deal: it is put there with its files',
    body: z.strictObject({ deal: DealId }),
    answer: LetterView,
  }),
  'intake.spam': endpoint({
    method: 'POST',
    path: '/v1/intake/{id}/spam',
    service: 'deals',
    params: EntityParam,
    query: None,
    summary: 'The letter is spam: nothing begins, and nobody is written to',
    body: z.strictObject({}),
    answer: LetterView,
  }),
} as const;

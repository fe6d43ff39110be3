import * as z from 'zod';
import { FieldId, Slug } from '../ids.ts';
import { Field } from '../pipeline.ts';
import { Text } from '../text.ts';
import { endpoint } from './endpoint.ts';
import { None } from './shapes.ts';

const CardParam = z.strictObject({ card: z.enum(['company', 'contact']) });

/** A field that an administrator adds to the cards of companies or contacts. */
export const AddedField = z.strictObject({
  title: Text,
  type: z.enum(['text', 'number', 'boolean', 'date']),
});
export type AddedField = z.infer<typeof AddedField>;

/** Which fields the cards of companies or contacts show, as an administrator of a pack chose. */
export const ClientCard = z.strictObject({
  pack: Slug,
  card: CardParam.shape.card,
  fields: z.array(FieldId).max(100),
  added: z.record(FieldId, AddedField),
});
export type ClientCard = z.infer<typeof ClientCard>;

export const clientCardEndpoints = {
  'clientCards.get': endpoint({
    method: 'GET',
    path: '/v1/cards/{card}',
    service: 'admin',
    params: CardParam,
    query: None,
    body: None,
    summary: 'Fields of the cards of companies or contacts, and which of them are shown',
    answer: z.strictObject({ fields: z.record(FieldId, Field), shown: z.array(FieldId) }),
  }),
  'clientCards.put': endpoint({
    method: 'PUT',
    path: '/v1/cards/{card}',
    service: 'admin',
    params: CardParam,
    query: None,
    summary: 'Choose which fields the cards of companies or contacts show, and add fields to them',
    body: z.strictObject({
      fields: z.array(FieldId).max(100),
      added: z.record(FieldId, AddedField).default({}),
    }),
    answer: ClientCard,
  }),
};

import * as z from 'zod';
import { DealId, EntityId, FieldId, Slug, UserId } from '../ids.ts';
import { Text } from '../text.ts';
import { Day, Instant } from '../time.ts';
import { endpoint } from './endpoint.ts';
import { IdParam, None, Paging } from './shapes.ts';

/** One person of an approval sheet. */
export const SheetLine = z.strictObject({
  user: UserId,
  name: z.string(),
  /** titles of the person's roles */
  position: z.array(Text),
  /** why this person decides: the limit that names them; absent for those the author added */
  limit: Text.optional(),
  state: z.enum(['waiting', 'asked', 'approved', 'rejected', 'skipped', 'cancelled']),
  /** who decided, where it was not the person found */
  by: UserId.optional(),
  comment: z.string().optional(),
  at: Instant.optional(),
});

/** An approval sheet: who decides, which comments, when; one for each start of the queue. */
export const Sheet = z.strictObject({
  step: Slug,
  title: Text,
  startedAt: Instant,
  author: UserId.optional(),
  authorName: z.string().optional(),
  figure: z.number().optional(),
  lines: z.array(SheetLine),
});
export type Sheet = z.infer<typeof Sheet>;

/** One line of the register of decisions: what for, who asked, who decided, when, how; or a percentage that changed. */
export const DecisionLine = z.strictObject({
  at: Instant,
  /** the pipeline whose deal was decided about, or the directory whose percentage changed */
  purpose: Slug,
  purposeTitle: Text,
  result: z.enum(['approved', 'rejected', 'changed']),
  /** who asked */
  person: UserId.optional(),
  personName: z.string().optional(),
  /** who decided, or changed it */
  approver: UserId.optional(),
  approverName: z.string().optional(),
  comment: z.string().optional(),
  deal: DealId.optional(),
  number: z.string().optional(),
  title: z.string().optional(),
  /** fields the approver was shown, as the reader may see them */
  facts: z.record(FieldId, z.unknown()).optional(),
  company: EntityId.optional(),
  companyName: z.string().optional(),
  entry: EntityId.optional(),
  was: z.number().optional(),
  is: z.number().optional(),
});
export type DecisionLine = z.infer<typeof DecisionLine>;

export const approvalEndpoints = {
  'deals.sheet': endpoint({
    method: 'GET',
    path: '/v1/deals/{id}/sheet',
    service: 'deals',
    params: IdParam,
    query: None,
    body: None,
    summary:
      'Approval sheets of a deal: who decides one after another, with comments and times; the newest first',
    answer: z.strictObject({ items: z.array(Sheet) }),
  }),
  'registers.decisions': endpoint({
    method: 'GET',
    path: '/v1/registers/decisions',
    service: 'reports-api',
    params: None,
    body: None,
    query: z.strictObject({
      purpose: Slug.optional(),
      person: UserId.optional(),
      approver: UserId.optional(),
      result: z.enum(['approved', 'rejected', 'changed']).optional(),
      company: EntityId.optional(),
      from: Day.optional(),
      to: Day.optional(),
      ...Paging,
    }),
    summary:
      'What was decided, and which percentages changed: by purpose, person, approver, result and day; the newest first',
    answer: z.strictObject({ items: z.array(DecisionLine), cursor: z.string().optional() }),
  }),
};

import * as z from 'zod';

const slug = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Names every object answers to: looked up in a plain map of stages or fields they would be found there. */
const isOwn = (name: string): boolean => !(name in Object.prototype);
const taken = 'this name belongs to the language; use another one';

/** A name an author gave (pipeline, stage, step, template): kebab-case ASCII, kept for ever once deployed. */
export const Slug = z
  .string()
  .max(48)
  .regex(slug, 'use kebab-case: a-z, 0-9 and single hyphens')
  .refine(isOwn, taken);
export type Slug = z.infer<typeof Slug>;

/** A field's name inside conditions: camelCase ASCII, so that JSONata needs no quoting. */
export const FieldId = z
  .string()
  .max(48)
  .regex(/^[a-z][A-Za-z0-9]*$/, 'use camelCase: letters and digits')
  .refine(isOwn, taken);
export type FieldId = z.infer<typeof FieldId>;

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, 'use letters, digits, dot, hyphen, underscore');

export const DealId = id.max(26).brand<'DealId'>();
export type DealId = z.infer<typeof DealId>;

/** `<deal>.<seq>.<step>.<attempt>` for a task of the workflow, a random id for one a person made. */
export const TaskId = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/)
  .brand<'TaskId'>();
export type TaskId = z.infer<typeof TaskId>;

export const UserId = id.refine(isOwn, taken).brand<'UserId'>();
export type UserId = z.infer<typeof UserId>;

/** A contact, company, product, file, ledger entry or message. */
export const EntityId = id;
export type EntityId = z.infer<typeof EntityId>;

import * as z from 'zod';
import { EntityId, FieldId, Slug } from './ids.ts';
import { MailIntake } from './intake.ts';
import { CdekSettings } from './integrations/cdek.ts';
import { RobokassaSettings } from './integrations/robokassa.ts';
import { SmsSettings } from './integrations/sms.ts';
import { Currency } from './money.ts';
import { Role, User } from './people.ts';
import { Expression, Field, Pipeline } from './pipeline.ts';
import { Preset } from './reminder.ts';
import { type Language, Text } from './text.ts';
import { Duration, Zone } from './time.ts';

/** A figure or a person that an administrator may change without a deployment, within the bounds. */
export const Setting = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('duration'),
    title: Text,
    value: Duration,
    min: Duration.optional(),
    max: Duration.optional(),
  }),
  z.strictObject({
    type: z.literal('number'),
    title: Text,
    value: z.number(),
    min: z.number().optional(),
    max: z.number().optional(),
  }),
  z.strictObject({ type: z.literal('user'), title: Text, value: z.string().optional() }),
  z.strictObject({ type: z.literal('boolean'), title: Text, value: z.boolean() }),
]);
export type Setting = z.infer<typeof Setting>;

/** What people are told: subject and body with `{{fact}}` placeholders; the body is plain text with blank lines between paragraphs. */
export const Message = z.strictObject({
  subject: Text,
  body: Text,
  /** `promo`: advertising, which every person may turn down; `urgent`: goes to a phone at night as well; of the business itself where absent */
  kind: z.enum(['service', 'promo', 'urgent']).optional(),
});
export type Message = z.infer<typeof Message>;

/** A document made from a deal: plain text with `{{fact}}` placeholders and `{{#items}}…{{/items}}` for lines. */
export const DocumentTemplate = z.strictObject({
  id: Slug,
  kind: z.enum(['quote', 'contract', 'invoice']),
  title: Text,
  pipeline: Slug,
  /** the file field that takes the document */
  field: FieldId,
  body: z.string().min(1),
  needs: z.array(z.string()).optional(),
});
export type DocumentTemplate = z.infer<typeof DocumentTemplate>;

/** A saved view of a role's day. */
export const Desk = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('board'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    pipeline: Slug,
    /** columns of these stages alone */
    stages: z.array(Slug).min(1).optional(),
    /** desks shown above the columns, highlighted */
    blocks: z.array(Slug).min(1).optional(),
    needs: z.array(z.string()).optional(),
  }),
  z.strictObject({
    kind: z.literal('tasks'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    of: z.enum(['task', 'approval']),
    needs: z.array(z.string()).optional(),
  }),
  /** deals for which `filter` holds, in the order of `sort` */
  z.strictObject({
    kind: z.literal('deals'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    pipelines: z.array(Slug).min(1),
    filter: Expression,
    sort: FieldId.optional(),
    columns: z.array(FieldId).min(1),
    /** each with its next task or reminder; or those alone that have had none to come for so long on their stage */
    nextStep: z.strictObject({ missingFor: Duration.optional() }).optional(),
    needs: z.array(z.string()).optional(),
  }),
  /** where the reader is expected: time reserved for them, today, tomorrow and later */
  z.strictObject({
    kind: z.literal('visits'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    columns: z.array(FieldId),
    needs: z.array(z.string()).optional(),
  }),
  /** people with these roles: when each is busy, and with what */
  z.strictObject({
    kind: z.literal('crews'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    of: z.array(Slug).min(1),
    needs: z.array(z.string()).optional(),
  }),
  /** letters to the company's mailboxes that wait for the reader's decision */
  z.strictObject({
    kind: z.literal('intake'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    needs: z.array(z.string()).optional(),
  }),
  /** deals the reader starred */
  z.strictObject({
    kind: z.literal('favourites'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    pipeline: Slug,
    columns: z.array(FieldId).min(1),
    needs: z.array(z.string()).optional(),
  }),
  /** deals by person and date */
  z.strictObject({
    kind: z.literal('planner'),
    id: Slug,
    title: Text,
    roles: z.array(Slug),
    pipeline: Slug,
    person: FieldId,
    date: FieldId,
    /** those alone for which it holds */
    filter: Expression.optional(),
    /** what a row shows beside the person and the date */
    columns: z.array(FieldId).optional(),
    /** also deals on shelved stages, which are on no planner otherwise */
    shelved: z.literal(true).optional(),
    needs: z.array(z.string()).optional(),
  }),
]);
export type Desk = z.infer<typeof Desk>;

export const DirectoryEntry = z.strictObject({
  id: EntityId,
  title: Text,
  data: z.record(z.string(), z.unknown()).default({}),
  active: z.boolean().default(true),
});
export type DirectoryEntry = z.infer<typeof DirectoryEntry>;

/** An administrator's list: reasons for refusal, approval limits. The pack gives the first entries. */
export const Directory = z.strictObject({
  id: Slug,
  title: Text,
  entries: z.array(DirectoryEntry),
  /** roles that edit it, beside those with the right to edit directories */
  editedBy: z.array(Slug).optional(),
});
export type Directory = z.infer<typeof Directory>;

const onCards: readonly Field['type'][] = [
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'enum',
  'set',
  'user',
  'money',
  'rates',
];

/** A typed field of the card of a company or a contact. Such cards are shared by the packs: equal ids mean the same field. */
export const CardField = Field.refine(({ type }) => onCards.includes(type), {
  error: `fields of companies and contacts are of the types ${onCards.join(', ')}`,
});

/** Everything one kind of company needs. */
export const Pack = z.strictObject({
  id: Slug,
  title: Text,
  company: z.string().min(1),
  country: z.enum(['RU', 'UA', 'MD']),
  zone: Zone,
  currency: Currency,
  roles: z.array(Role).min(1),
  /** roles that are told, in this order, where nobody else is found; nothing is told to nobody */
  lastResort: z.array(Slug).min(1),
  pipelines: z.array(Pipeline).min(1),
  settings: z.record(FieldId, Setting),
  messages: z.record(Slug, Message),
  documents: z.array(DocumentTemplate),
  directories: z.array(Directory),
  desks: z.array(Desk),
  /** typed fields of the cards of companies and contacts, kept in their `extra` */
  cards: z
    .strictObject({
      company: z.record(FieldId, CardField).optional(),
      contact: z.record(FieldId, CardField).optional(),
    })
    .optional(),
  /** how letters come in by the company's mailboxes */
  mail: MailIntake.optional(),
  /** what is not secret of the outside systems it works with, by system */
  integrations: z
    .strictObject({
      cdek: CdekSettings.optional(),
      robokassa: RobokassaSettings.optional(),
      sms: SmsSettings.optional(),
    })
    .optional(),
  /** two fields of a contact's card that together make a task: a deal of `pipeline`, by its fields */
  quickTask: z
    .strictObject({
      at: FieldId,
      text: FieldId,
      pipeline: Slug,
      start: FieldId,
      due: FieldId,
      about: FieldId,
      contact: FieldId,
      needs: z.array(z.string()).optional(),
    })
    .optional(),
  /** moments of the very quick form of a reminder */
  presets: z.record(Slug, Preset).optional(),
  /** people of the demo company */
  people: z.array(User),
});
export type Pack = z.infer<typeof Pack>;

/** The language a company works in: of what is written down once for everybody, and of a client who named none. */
export const languageOf = ({ country }: Pick<Pack, 'country'>): Language => (country === 'MD' ? 'ro' : 'ru');

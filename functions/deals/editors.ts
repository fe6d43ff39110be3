import type { FieldChanges } from '../../schemas/api/shapes.ts';
import { isOneOf } from '../access/people.ts';
import { mayDo } from '../access/rights.ts';
import { Forbidden } from '../shared/errors.ts';
import { type Card, unseen } from './card.ts';
import { type Context, stageOf } from './context.ts';

type Looked = Pick<Card, 'deal' | 'tasks'>;

const hasWork = ({ tasks }: Looked, { reader }: Context): boolean =>
  tasks.some((task) => task.status === 'open' && task.assignee === reader?.user.id);

/** Whether this reader may see the deal: by a right, or because work on it is theirs. */
export const maySee = (card: Looked, context: Context): boolean => {
  const { reader, company } = context;
  return reader === undefined || mayDo(reader, 'view', 'deal', card.deal, company) || hasWork(card, context);
};

/** Whether the stage is open to changes by this reader: some stages name who alone makes them. */
export const isOpenTo = ({ deal }: Pick<Card, 'deal'>, { reader, pipeline, company }: Context): boolean => {
  const { editedBy } = stageOf(pipeline, deal.stage);
  return editedBy === undefined || isOneOf(editedBy, reader?.user, deal, company);
};

/** @throws {Forbidden} if the deal is on a stage where others alone change it */
export const mustBeOpen = (card: Pick<Card, 'deal'>, context: Context): void => {
  if (isOpenTo(card, context)) return;
  const { editedBy = [] } = stageOf(context.pipeline, card.deal.stage);
  const names = editedBy.map((actor) => (typeof actor === 'string' ? actor : actor.role));
  throw new Forbidden(
    `deal ${card.deal.number} is on "${card.deal.stage}", where it is changed by ${names.join(', ')} alone`,
  );
};

/** Whether this reader may change the deal: by a right, or because work on it is theirs. */
export const mayEdit = (card: Looked, context: Context): boolean => {
  const { reader, company } = context;
  return (
    reader === undefined ||
    ((mayDo(reader, 'edit', 'deal', card.deal, company) || hasWork(card, context)) && isOpenTo(card, context))
  );
};

/** @throws {NotFound} if the deal is none of the reader's, {Forbidden} if it is but may not be edited */
export const mustEdit = (card: Looked, context: Context): void => {
  const { reader } = context;
  if (reader === undefined) return;
  if (!maySee(card, context)) throw unseen(card.deal.id);
  mustBeOpen(card, context);
  if (!mayEdit(card, context))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) may look at this deal but not change it`,
    );
};

/** Whether a field is one that this reader was named to write. */
const isNamedFor = (field: string, { deal }: Pick<Card, 'deal'>, context: Context): boolean => {
  const { reader, pipeline, company } = context;
  const writers = pipeline.fields[field]?.writtenBy;
  return writers !== undefined && reader !== undefined && isOneOf(writers, reader.user, deal, company);
};

/**
 * The same for a change of these fields alone: who is named as the writer of each needs but to see the deal.
 *
 * @throws {NotFound} {Forbidden}
 */
export const mustWrite = (card: Looked, fields: readonly string[], context: Context): void => {
  const isNamed = fields.length > 0 && fields.every((field) => isNamedFor(field, card, context));
  if (!isNamed) {
    mustEdit(card, context);
    return;
  }
  if (!maySee(card, context)) throw unseen(card.deal.id);
  mustBeOpen(card, context);
};

/** @throws {Forbidden} if one of the changes is for others alone to make; what stays as it is changes nothing */
export const mustBeWriter = (card: Pick<Card, 'deal'>, changes: FieldChanges, context: Context): void => {
  const { reader, pipeline } = context;
  if (reader === undefined) return;
  for (const [id, given] of Object.entries(changes)) {
    const writers = pipeline.fields[id]?.writtenBy;
    const isSame = JSON.stringify(given ?? undefined) === JSON.stringify(card.deal.fields[id]);
    if (writers === undefined || isSame || isNamedFor(id, card, context)) continue;
    const names = writers.map((actor) => (typeof actor === 'string' ? actor : actor.role));
    throw new Forbidden(`${id}: this field is written by ${names.join(', ')} alone`);
  }
};

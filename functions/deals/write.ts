import type { Deal } from '../../schemas/deal.ts';
import { headsOf, isOneOf } from '../access/people.ts';
import { mayDoToAll } from '../access/rights.ts';
import { locate } from '../places/locate.ts';
import { Forbidden } from '../shared/errors.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { type Acted, act } from './act.ts';
import type { Card } from './card.ts';
import { changeFields } from './change.ts';
import { type Context, done } from './context.ts';
import { personNamed } from './create.ts';
import { mustEdit, mustWrite } from './editors.ts';
import { move } from './move.ts';
import { mustExist } from './references.ts';
import { mustSee } from './seen.ts';
import { viewDeal } from './view.ts';

const answer = ({ card, context, warnings }: Acted) => viewDeal(card, context, warnings);

/** PATCH /v1/deals/{id} */
export const changeDeal = async ({ params, body, reader, key, version }: Call<'deals.change'>) =>
  answer(
    await act(
      params.id,
      async (card, context) => {
        const fields = await locate(body.fields ?? {}, context.pipeline);
        mustWrite(card, body.title === undefined ? Object.keys(fields) : [], context);
        const changed = changeFields(card, fields, context);
        await mustExist(card, fields, context, theTable());
        const { title } = body;
        return done(
          title === undefined || title === card.deal.title
            ? changed
            : { ...changed, deal: { ...changed.deal, title } },
        );
      },
      { by: { user: reader.user.id }, reader, key, version },
    ),
  );

/** POST /v1/deals/{id}/move: fields first, so that they count for the guard; all or nothing. */
export const moveDeal = async ({ params, body, reader, key, version }: Call<'deals.move'>) =>
  answer(
    await act(
      params.id,
      async (card, context) => {
        mustEdit(card, context);
        const fields = await locate(body.fields ?? {}, context.pipeline);
        const changed = changeFields(card, fields, context);
        await mustExist(card, fields, context, theTable());
        return move(changed, body.to, context, {
          override: body.override,
          reason: body.reason,
          unmet: body.unmet,
        });
      },
      { by: { user: reader.user.id }, reader, key, version: body.version ?? version },
    ),
  );

const mayAssign = ({ deal }: Card, { reader, company, pipeline }: Context): boolean => {
  if (reader === undefined || deal.responsible === undefined) return true;
  if (pipeline.assignedBy !== undefined) return isOneOf(pipeline.assignedBy, reader.user, deal, company);
  return (
    mayDoToAll(reader, 'edit', 'deal', pipeline.id) ||
    headsOf(company.users.get(deal.responsible), company).some(({ id }) => id === reader.user.id)
  );
};

const handedTo = (deal: Deal, responsible: NonNullable<Deal['responsible']>, reason?: string): Deal => {
  const { reason: _, ...rest } = deal;
  return { ...rest, responsible, ...(reason === undefined ? {} : { reason }) };
};

/** POST /v1/deals/{id}/assign: by a head of who has it, or anyone who edits where nobody has it. Open tasks follow. */
export const assignDeal = async ({ params, body, reader, company, key, version }: Call<'deals.assign'>) => {
  const { id: responsible } = personNamed('responsible', body.responsible, company);
  return answer(
    await act(
      params.id,
      (card, context) => {
        mustSee(card, context);
        mustEdit(card, context);
        if (!mayAssign(card, context))
          throw new Forbidden(
            `a deal is handed over by ${
              context.pipeline.assignedBy
                ?.map((actor) => (typeof actor === 'string' ? actor : actor.role))
                .join(', ') ?? 'a head of its responsible person or an administrator'
            }`,
          );
        return done(
          card.deal.responsible === responsible
            ? card
            : { ...card, deal: handedTo(card.deal, responsible, body.reason) },
        );
      },
      { by: { user: reader.user.id }, reader, key, version },
    ),
  );
};

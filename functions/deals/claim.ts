import type { Deal } from '../../schemas/deal.ts';
import { mayDo } from '../access/rights.ts';
import type { Refusal } from '../shared/errors.ts';
import type { Call } from '../shared/serve.ts';
import { act } from './act.ts';
import { type Card, unseen } from './card.ts';
import { type Context, done, type Outcome, stageOf } from './context.ts';
import { mustEdit } from './editors.ts';
import { move } from './move.ts';
import { viewDeal } from './view.ts';

const taken = (by: string): Refusal => ({
  path: 'responsible',
  code: 'taken',
  message: { ru: `Уже в работе: ${by}`, en: `${by} has it already`, ro: `Este deja preluată: ${by}` },
});

/** Where a deal goes when somebody takes it: the first stage ahead whose mover becomes responsible. */
const stageOfWork = ({ stage }: Deal, { pipeline }: Context): string | undefined =>
  stageOf(pipeline, stage)
    .moves.map(({ to }) => to)
    .find((to) => pipeline.stages[to]?.enter?.take ?? false);

/** Whether the reader may take up what waits in the queue this deal came from. */
const hasInQueue = ({ responsible: _, ...deal }: Deal, { reader, company, pipeline }: Context): boolean =>
  reader !== undefined && mayDo(reader, 'edit', 'deal', { ...deal, stage: pipeline.start }, company);

/** Takes a deal that nobody has. Who asks for one that somebody has is told who, though it is no longer in their queue. */
const claim = async (card: Card, context: Context): Promise<Outcome<Card>> => {
  const { deal } = card;
  const { reader, company } = context;
  if (reader === undefined || !hasInQueue(deal, context)) throw unseen(deal.id);
  if (deal.responsible === reader.user.id) return done(card);
  if (deal.responsible !== undefined) {
    const name = company.users.get(deal.responsible)?.name ?? deal.responsible;
    return { ok: false, refusals: [taken(name)], details: { responsible: deal.responsible } };
  }
  mustEdit(card, context);
  const to = stageOfWork(deal, context);
  return to === undefined
    ? done({ ...card, deal: { ...deal, responsible: reader.user.id } })
    : move(card, to, context);
};

/** POST /v1/deals/{id}/claim: of several who ask at the same instant exactly one gets it. */
export const claimDeal = async ({ params, reader, key }: Call<'deals.claim'>) => {
  const { card, context } = await act(params.id, claim, { by: { user: reader.user.id }, reader, key });
  return viewDeal(card, context);
};

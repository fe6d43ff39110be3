import { DealId } from '../../schemas/ids.ts';
import type { Company } from '../access/company.ts';
import { may } from '../access/rights.ts';
import { locate } from '../places/locate.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { idOf, newId } from '../shared/new-id.ts';
import { theTable } from '../shared/ports.ts';
import type { Call } from '../shared/serve.ts';
import { begun } from './begin.ts';
import { changeFields } from './change.ts';
import { bareCard, newDeal } from './new-deal.ts';
import { placeDeal } from './number.ts';
import { mustExist } from './references.ts';
import { contextOf } from './seen.ts';
import { viewDeal } from './view.ts';

/** A pipeline that a request names. @throws {BadInput} naming those there are */
export const pipelineNamed = (id: string, company: Company) => {
  const known = company.packs.flatMap((pack) => pack.pipelines);
  const found = known.find((pipeline) => pipeline.id === id);
  if (found === undefined)
    throw new BadInput(
      `pipeline: no pipeline "${id}"; pipelines are ${known.map((one) => one.id).join(', ')}`,
    );
  return found;
};

/** An active person that a request names. @throws {BadInput} */
export const personNamed = (path: string, id: string, company: Company) => {
  const user = company.users.get(id);
  if (user?.active !== true)
    throw new BadInput(`${path}: nobody "${id}" works here; GET /v1/users lists people`);
  return user;
};

/** POST /v1/deals: a deal on the first stage of its pipeline, with the next number. */
export const createDeal = async (call: Call<'deals.create'>) => {
  const { body, reader, company, key } = call;
  const pipeline = pipelineNamed(body.pipeline, company);
  if (!may(reader, 'create', 'deal', pipeline.id))
    throw new Forbidden(
      `your roles (${reader.user.roles.join(', ')}) may not create deals in ${pipeline.id}`,
    );
  const context = contextOf(pipeline.id, call);
  const takes = (pipeline.stages[pipeline.start]?.enter?.take ?? false) !== false;
  const responsible =
    body.responsible === undefined
      ? takes
        ? reader.user.id
        : undefined
      : personNamed('responsible', body.responsible, company).id;

  const blank = newDeal(
    {
      id: DealId.parse(key === undefined ? newId() : idOf(key)),
      number: '',
      title: body.title,
      ...(responsible === undefined ? {} : { responsible }),
      ...(pipeline.kind === 'request' ? { initiator: reader.user.id } : {}),
    },
    context,
  );
  const given = await locate(body.fields, pipeline);
  const changed = changeFields(bareCard(blank), given, context);
  await mustExist(bareCard(blank), given, context, theTable());
  const { deal, along, warnings } = await begun(blank, changed.deal, context, theTable());
  const placed = await placeDeal(theTable(), pipeline, (number) => ({ ...deal, number }), along);
  return viewDeal({ deal: placed }, context, warnings);
};

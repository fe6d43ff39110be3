import type { ClientCard } from '../../schemas/api/client-cards.ts';
import type { Company } from '../access/company.ts';
import type { Reader } from '../access/rights.ts';
import { mayIn, packsOf } from '../access/tenant.ts';
import { hiddenOn } from '../contacts/extra.ts';
import { mustHave } from '../contacts/rights.ts';
import { BadInput, Forbidden } from '../shared/errors.ts';
import { configKey } from '../shared/keys.ts';
import type { Call } from '../shared/serve.ts';
import { freshCompany, keep } from './keep.ts';

type Of = ClientCard['card'];

/** Fields of a card by pack: those the reader's own packs know, and what their administrators chose of them. */
const cardFor = (of: Of, reader: Reader, company: Company) => {
  const packs = packsOf(reader.user, company);
  const hidden = hiddenOn(of, reader, company);
  const chosen = packs.map((pack) => ({ pack, layout: company.clientCards.get(`${pack.id}/${of}`) }));
  const known = chosen.flatMap(({ pack, layout }) => [
    ...Object.keys(pack.cards?.[of] ?? {}),
    ...Object.keys(layout?.added ?? {}),
  ]);
  const open = [...new Set(known)].filter((id) => !hidden.has(id));
  const shown = chosen.flatMap(({ pack, layout }) => layout?.fields ?? Object.keys(pack.cards?.[of] ?? {}));
  return {
    fields: Object.fromEntries(
      open.flatMap((id) => {
        const field = company.cards[of][id];
        return field === undefined ? [] : [[id, field] as const];
      }),
    ),
    shown: [...new Set(shown)].filter((id) => open.includes(id)),
  };
};

/** GET /v1/cards/{card} */
export const getClientCard = async ({ params, reader, company }: Call<'clientCards.get'>) => {
  mustHave(reader, 'view', params.card);
  return cardFor(params.card, reader, company);
};

/** PUT /v1/cards/{card}: for the people of the administrator's own pack. What is hidden is kept, and shown again at will. */
export const putClientCard = async ({
  params: { card },
  body,
  reader,
  now,
}: Call<'clientCards.put'>): Promise<ClientCard> => {
  mustHave(reader, 'edit', 'settings');
  const company = await freshCompany();
  const pack = packsOf(reader.user, company).find((one) => mayIn(reader, 'edit', 'settings', one));
  if (pack === undefined) throw new Forbidden('cards are chosen by the administrators of a company');
  const declared = company.packs.flatMap(({ cards }) => Object.keys(cards?.[card] ?? {}));
  const taken = Object.keys(body.added).filter((id) => declared.includes(id));
  const known = [...Object.keys(pack.cards?.[card] ?? {}), ...Object.keys(body.added)];
  const unknown = body.fields.filter((id) => !known.includes(id));
  const problems = [
    ...taken.map((id) => `added.${id}: a field of that name is there already; call it otherwise`),
    ...unknown.map((id) => `fields: no field "${id}" on the card; fields are ${known.join(', ') || 'none'}`),
  ];
  if (problems.length > 0) throw new BadInput(problems.join('; '), { details: { problems } });
  const after: ClientCard = { pack: pack.id, card, fields: body.fields, added: body.added };
  const id = `${pack.id}/${card}`;
  await keep(
    { ...configKey('client-card', id), row: 'client-card', ...after },
    { reader, now, what: 'card', id, before: company.clientCards.get(id), after },
  );
  return after;
};

import type { World } from '../../world.ts';

/** A letter from the demo client, as the adapter of the mail says it. */
export const aLetter = (externalId: string, more: Record<string, unknown> = {}) => ({
  type: 'mail.received' as const,
  externalId,
  mailbox: 'box3@coffee.example',
  from: { name: 'Олег Зернов', email: 'oleg@cafe-demo-1.example' },
  subject: 'Две кофемашины',
  text: 'Здравствуйте! Нужны две машины для кофейни.',
  files: [],
  ...more,
});

/** Letters that wait for somebody. */
export const lettersOf = async (w: World, who: string): Promise<{ id: string; subject: string }[]> =>
  (await w.as(who).get('/v1/intake')).items;

/** A lead that Denis made of a letter. @returns its id */
export const aLeadByLetter = async (w: World, externalId = '1'): Promise<string> => {
  await w.says('mail', aLetter(externalId));
  const [letter] = (await lettersOf(w, 'denis')).slice(-1);
  return (await w.as('denis').ask('POST', `/v1/intake/${letter?.id}/lead`, {})).id;
};

/** A lead that Yana wrote down while the client was on the phone. @returns its id */
export const aLeadByPhone = (w: World, fields: Record<string, unknown> = {}): Promise<string> =>
  w
    .as('yana')
    .create(
      { source: 'phone', phone: '8 916 123-45-67', clientName: 'Ирина Демина', ...fields },
      { pipeline: 'coffee-leads', title: 'Ремонт кофемашины' },
    );

/** A lead for which Svetlana has named Denis. @returns its id */
export const aNamedLead = async (w: World): Promise<string> => {
  const lead = await aLeadByPhone(w);
  await w.as('svetlana').assign(lead, 'denis');
  return lead;
};

import type { Call } from '../../schemas/call.ts';
import type { Text } from '../../schemas/text.ts';
import type { Company } from '../access/company.ts';
import type { Table } from '../shared/table/port.ts';
import { raiseTask, responsibleOnly } from '../tasks/raise.ts';
import { tellPeople } from './tell-people.ts';

const title: Text = {
  ru: 'Внешняя система не выполнила запрос',
  en: 'An outside system did not do what it was asked for',
  ro: 'Un sistem extern nu a îndeplinit cererea',
};

const what = ({ provider, about, problem = '—' }: Call): Text => ({
  ru: `${about} (${provider}). Ответ: ${problem}. Исправьте причину и нажмите «Отправить ещё раз» в исходящих, или откажитесь от отправки.`,
  en: `${about} (${provider}). Answer: ${problem}. Mend the cause and press “Send again” in the outbox, or give it up.`,
  ro: `${about} (${provider}). Răspuns: ${problem}. Corectați cauza și apăsați „Trimite din nou” în lista de trimiteri sau renunțați.`,
});

/** A task for the responsible of the deal; where a call is of no deal, a line for the company's administrators. */
export const tellThatItFailed = async (
  call: Call,
  { table, company, now }: { table: Table; company: Company; now: Date },
): Promise<void> => {
  // Once for each time that it was tried: what fails again after people had it tried again is heard of again.
  const occasion = `call:${call.id}:${call.resent}`;
  if (call.deal !== undefined)
    await raiseTask(
      call.deal,
      { occasion, to: responsibleOnly, title, description: what(call) },
      { by: { system: 'outbox' } },
    );
  else await tellPeople(call.pack, { occasion, subject: title, body: what(call) }, { table, company, now });
};

import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Text } from '../../schemas/text.ts';
import type { Raised } from '../tasks/raise.ts';
import { responsibleOnly } from '../tasks/raise.ts';
import type { ReachNews } from './reach-news.ts';

type Asked = Omit<Raised, 'occasion' | 'description'> & { readonly description: Text };

/** SES itself holds letters to the address back, since one of them bounced or was complained of before. */
const isHeldBack = (problem: string): boolean => /SuppressionList|\bSuppressed\b/.test(problem);

const held = (address: string): Text => ({
  ru: `\n\nSES больше не отправляет письма на этот адрес: он в списке подавления. Если адрес верен, администратор убирает его оттуда: aws sesv2 delete-suppressed-destination --email-address ${address}`,
  en: `\n\nSES sends nothing to this address any more: it is on the suppression list. If the address is right, an administrator takes it off: aws sesv2 delete-suppressed-destination --email-address ${address}`,
  ro: `\n\nSES nu mai trimite nimic la această adresă: este pe lista de suprimare. Dacă adresa este corectă, un administrator o scoate de acolo: aws sesv2 delete-suppressed-destination --email-address ${address}`,
});

/** An address as an argument of a command: of any other, its words could be a command of their own. */
const isPlain = (address: string): boolean => /^[A-Za-z0-9.+_-]+@[A-Za-z0-9.-]+$/.test(address);

/** For the person who looks after the deal: letters do not arrive. */
export const mendingTask = ({ to }: OutgoingMessage, { problem }: ReachNews): Asked => {
  const more = isHeldBack(problem) && isPlain(to) ? held(to) : { ru: '', en: '', ro: '' };
  return {
    to: responsibleOnly,
    title: {
      ru: 'Исправить адрес почты клиента',
      en: 'Mend the client’s e-mail address',
      ro: 'Corectați adresa de e-mail a clientului',
    },
    description: {
      ru: `Письма на ${to} не доходят: ${problem}. Узнайте верный адрес и впишите его в карточку контакта: задача закроется сама. Если адрес верен, закройте задачу: письма снова пойдут.${more.ru}`,
      en: `Letters to ${to} do not arrive: ${problem}. Find out the right address and put it on the card of the contact: the task closes by itself. If the address is right, close the task: letters will be sent again.${more.en}`,
      ro: `Scrisorile către ${to} nu ajung: ${problem}. Aflați adresa corectă și treceți-o în fișa contactului: sarcina se închide singură. Dacă adresa este corectă, închideți sarcina: scrisorile vor fi trimise din nou.${more.ro}`,
    },
    dueIn: { unit: 'workdays', amount: 1 },
  };
};

/** For the head: somebody called a letter of the company spam, and providers count that. */
export const complaintTask = ({ to, subject }: OutgoingMessage, { problem }: ReachNews): Asked => ({
  to: [{ who: 'head', of: 'responsible' }],
  title: {
    ru: 'Клиент пожаловался на письмо как на спам',
    en: 'A client called a letter spam',
    ro: 'Un client a marcat o scrisoare ca spam',
  },
  description: {
    ru: `Получатель ${to} пожаловался на письмо «${subject}» (${problem}). Рекламу ему больше не отправляем. Выясните, что не так: от 0,1 % жалоб почтовые службы начинают отклонять письма компании.`,
    en: `The recipient ${to} complained of the letter “${subject}” (${problem}). No advertising is sent to them any more. Find out what was wrong: from 0.1 % of complaints on, mail services turn the company’s letters away.`,
    ro: `Destinatarul ${to} s-a plâns de scrisoarea „${subject}” (${problem}). Nu i se mai trimite publicitate. Aflați ce nu a fost în regulă: de la 0,1 % plângeri serviciile de poștă resping scrisorile companiei.`,
  },
  dueIn: { unit: 'workdays', amount: 1 },
});

import { t } from '../../vocabulary/index.ts';

/** What may go wrong in this company, what comes of it, and the title of the test that shows so. */
export const faults = [
  {
    what: t(
      'Просчет завершают после того, как по его сделке отказались.',
      'A calculation is finished after its deal was refused.',
    ),
    outcome: t(
      'Сделка остаётся отказом; ни показатели, ни КП в неё не попадают.',
      'The deal stays refused; neither figures nor quote come to it.',
    ),
    test: 'a calculation that is finished after its deal was refused brings nothing and moves nothing',
  },
  {
    what: t(
      'Дату разморозки переносят, пока по ней идёт срок.',
      'The day of the thaw is moved while its timer runs.',
    ),
    outcome: t(
      'Сделка вернётся в новый день; в прежний не случится ничего.',
      'The deal comes back on the new day; nothing happens on the old one.',
    ),
    test: 'a thaw may be years off, follows its day, and does not come once the deal is back',
  },
  {
    what: t(
      'Со стадии уходят, пока её задачу закрывают.',
      'The stage is left while its task is being completed.',
    ),
    outcome: t(
      'Одно из двух случается первым: задача либо закрыта, либо отозвана, а закрывающий читает, что сделка ушла.',
      'One of the two comes first: the task is done, or it is withdrawn and who closes it reads that the deal went on.',
    ),
    test: 'a task whose stage is left in the same instant is done or withdrawn, never both, and says so',
  },
  {
    what: t(
      'КП подходит к нескольким сделкам одного контакта.',
      'A quote sent from the card of a contact could be about several deals.',
    ),
    outcome: t('Ничего не уходит, пока сделку не выберут.', 'Nothing leaves until one of them is chosen.'),
    test: 'from the card of a contact the deal that waits for it is found; of several one is chosen',
  },
  {
    what: t('Письмо с КП не доходит.', 'The letter with the quote does not arrive.'),
    outcome: t(
      'Сделка остаётся на стадии, менеджер читает почему.',
      'The deal stays where it is, and its manager reads why.',
    ),
    test: 'a quote that cannot be sent leaves the deal where it is, and its manager reads why',
  },
];

import { t } from '../../vocabulary/index.ts';

/** What may go wrong in this company, what comes of it, and the title of the test that shows so. */
export const faults = [
  {
    what: t(
      'Счёт или скидку утверждают дважды, чужие, или уже отозванные.',
      'An invoice or a discount is approved twice, by somebody else, or after it was withdrawn.',
    ),
    outcome: t(
      'Второй раз ничего не меняет; чужому и опоздавшему — отказ с причиной.',
      'The second time changes nothing; others and those who are late are refused, and why.',
    ),
    test: 'approving twice is once; somebody else’s, or after a withdrawal, is refused [CO-52.9]',
  },
  {
    what: t(
      'Таблицу согласующих меняют, пока согласование идёт.',
      'The table of approvers is changed while an approval is under way.',
    ),
    outcome: t(
      'Начатое идёт по списку, найденному при запуске; новый запуск — по новой таблице.',
      'What has begun goes by the people found at its start; the next start goes by the new table.',
    ),
    test: 'what it says cannot be changed, and a table changed meanwhile is for the next start [CO-52.9]',
  },
  {
    what: t(
      'Тот, кто должен согласовать, больше не работает.',
      'Somebody who has to approve no longer works here.',
    ),
    outcome: t('Решает его руководитель.', 'Their head decides.'),
    test: 'someone who has left is stood in for by the head [CO-52.3]',
  },
  {
    what: t('Скидку правят прямо в карточке.', 'A discount is edited on a card.'),
    outcome: t(
      'В той же записи возвращается значение справочника; остальное записано, попытка — в истории.',
      'The directory’s value is restored in the same write; the rest is written, the attempt is in the history.',
    ),
    test: 'finds a discount of a deal restored in the same write: %s, with a warning and a line of history [CO-51.2]',
  },
  {
    what: t('Один контакт в двух компаниях.', 'The same contact in two companies.'),
    outcome: t(
      'Это один человек, связанный с обеими; каждая сделка относится к своей компании.',
      'It is one person, connected with both; each deal is of its own company.',
    ),
    test: 'a person known at one company who comes from another is one contact of both, and each deal is of its own company [CO-00.2, CO-03.1]',
  },
  {
    what: t(
      'Карточки одного холдинга правят одновременно.',
      'Cards of one holding are written at the same instant.',
    ),
    outcome: t(
      'Учитываются все связи; во всех карточках холдинг один и тот же.',
      'All links count; every card shows the same holding.',
    ),
    test: 'cards of one holding written at the same instant all count [CO-54.2, CO-54.3]',
  },
  {
    what: t('Об успешной сделке сообщается дважды.', 'A won deal is told of twice.'),
    outcome: t('Сумма компании растёт один раз.', 'The company’s total grows once.'),
    test: 'grows by a deal that is won, once, however often it is told of [CO-10.1, CO-53.1, CO-53.2]',
  },
  {
    what: t(
      'Письмо приходит дважды, или двое решают о нём одновременно.',
      'A letter comes twice, or two people decide about it at the same instant.',
    ),
    outcome: t(
      'Заявка одна; если письмо уже спам, заявки не будет, и наоборот.',
      'There is one lead; once it is spam there is none, and the other way round.',
    ),
    test: 'a letter that one person calls spam while another makes a request of it is one of the two',
  },
  {
    what: t(
      'Менеджера меняют, когда о его заявке уже доложено выше.',
      'Another manager is named while the lead has been told of higher up.',
    ),
    outcome: t(
      'Лестница кончается, уровень сбрасывается, новый день начинается с назначения.',
      'The ladder ends, its level is reset, and a new day begins with the naming.',
    ),
    test: 'takes over, both hear of it, and a new working day begins [CO-50.3, CO-50.4]',
  },
  {
    what: t(
      'SMS или письмо с номером не доходит до клиента.',
      'The SMS or the letter with the number does not reach the client.',
    ),
    outcome: t(
      'Уходит другим каналом; если и он не сработал, узнаёт руководитель клиентского отдела.',
      'It goes by the other channel; when that fails too, the head of the client department hears of it.',
    ),
    test: 'where one channel fails the other is tried, and only when both have failed the client head is told',
  },
];

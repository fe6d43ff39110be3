import { t } from '../../vocabulary/index.ts';

/** What may go wrong in this company, what comes of it, and the title of the test that shows so. */
export const faults = [
  {
    what: t('Договор утверждают дважды.', 'A contract is approved twice.'),
    outcome: t(
      'Второй раз ничего не меняет; отменить решение нельзя.',
      'The second time changes nothing; the decision cannot be taken back.',
    ),
    test: 'given twice is one approval, and cannot be taken back [IN-C-01.8]',
  },
  {
    what: t(
      'Договор утверждает не тот, кому он назначен.',
      'Somebody else than the approver approves a contract.',
    ),
    outcome: t(
      'Отказ: решает только утверждающий; передать решение может он или его руководитель.',
      'Refused: the approver decides alone; they or their head may pass it on.',
    ),
    test: 'is the approver’s alone: neither given nor taken over by %s [IN-C-01.4]',
  },
  {
    what: t('Решают о том, что уже отозвано.', 'A decision is made about what was withdrawn.'),
    outcome: t(
      'Отказ с причиной; из сделки можно запустить согласование снова.',
      'Refused, and why; the deal may ask anew.',
    ),
    test: 'of what was withdrawn is refused, and the deal may ask anew [IN-C-01.8, IN-C-01.10]',
  },
  {
    what: t(
      'Согласование запускают двое в одно мгновение.',
      'Two people start an approval in the same instant.',
    ),
    outcome: t('Идёт одно, второй читает, какое.', 'One is running, the other one reads which.'),
    test: 'a deal of %s has one at a time, also when two are started at once [IN-C-01.10]',
  },
  {
    what: t(
      'Сделку передают другому, пока её договор согласуют.',
      'A deal is handed over while its contract is being approved.',
    ),
    outcome: t(
      'Согласование и открытые в нём задачи переходят к новому ответственному.',
      'The approval and what is open in it go to the new responsible person.',
    ),
    test: 'it follows its deal to another person: what is open goes along, and what is another one’s stays',
  },
  {
    what: t('Дату переносят, пока по ней идёт срок.', 'A date is moved while its timer runs.'),
    outcome: t(
      'Срок идёт по новой дате; о старой никому не напомнят.',
      'Time counts to the new date; nobody is told by the old one.',
    ),
    test: 'in the instant its timer fires, before the rung looks, is told of at its new time',
  },
  {
    what: t(
      'Стадию покидают, когда её задачу закрывают.',
      'A stage is left while a task of it is being closed.',
    ),
    outcome: t(
      'Одно из двух происходит первым, второе видит это; сделка продолжает один раз.',
      'One of the two comes first and the other one finds it so; the deal goes on once.',
    ),
    test: 'a task closed while its stage is left is over once, and nothing of the stage runs on',
  },
] as const;

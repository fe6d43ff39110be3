import { t } from '../../vocabulary/index.ts';

/** What may go wrong in this company, what comes of it, and the title of the test that shows so. */
export const faults = [
  {
    what: t(
      'Десять клиентов в один миг занимают одно время замерщика.',
      'Ten clients book the same time of a measurer in the same instant.',
    ),
    outcome: t(
      'Время достаётся одному заказу; остальные читают, кем и до которого часа занято.',
      'One order has it; the others read by which order it is taken, and until when.',
    ),
    test: 'booking one slot from ten clients at once: one gets it, the others read who has it [FU-02.3, FU-50.2]',
  },
  {
    what: t(
      'Выезд переносят в ту самую секунду, когда уходит напоминание.',
      'A visit is moved in the very second its reminder goes out.',
    ),
    outcome: t(
      'Напоминания приходят по новой дате; задача одна, её срок новый.',
      'Reminders come by the new date; there is one task, due by it.',
    ),
    test: 'a date moved in the very second its timer runs is reminded of by the new date alone [FU-02.6]',
  },
  {
    what: t(
      'Заказ уводят со стадии в тот миг, когда монтажник закрывает задачу.',
      'An order leaves its stage in the instant the installer completes the task.',
    ),
    outcome: t(
      'Задача либо выполнена, либо отменена; на новой стадии идёт одна работа.',
      'The task is either done or cancelled; on the new stage one run is under way.',
    ),
    test: 'a stage left in the very instant its task is completed: the task is done or cancelled, never both, and nothing hangs',
  },
  {
    what: t(
      'На объекте пропала связь, фото не дошли.',
      'The network is lost on site, photos did not arrive.',
    ),
    outcome: t(
      'Задача остаётся открытой; загрузка повторяется под тем же именем и не двоится.',
      'The task stays open; the upload is tried again as the same file and is no second one.',
    ),
    test: 'a lost network is tried again, and the task waits for what has not arrived [FU-51.1, FU-51.2, FU-51.3]',
  },
  {
    what: t(
      'Внешняя система двигает заказ без документов.',
      'An outside system moves an order without its documents.',
    ),
    outcome: t(
      'Переход сделан и отменён, оба видны в ленте; менеджер читает, чего не хватает.',
      'The move is made and undone, both are in the history; the manager reads what is missing.',
    ),
    test: 'a move by an integration that misses something is undone and the manager told what is missing [FU-00.10, FU-00.12]',
  },
];

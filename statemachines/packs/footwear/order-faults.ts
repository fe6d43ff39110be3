import { t } from '../../vocabulary/index.ts';

/** Requests, conversation and stock. */
export const orderFaults = [
  {
    what: t(
      'Двое менеджеров берут одно обращение в одно мгновение.',
      'Two managers take one request at the same instant.',
      'Doi manageri preiau aceeași cerere în aceeași clipă.',
    ),
    outcome: t(
      'Берёт ровно один; другой читает, кто это, хотя заказа больше не видит.',
      'Exactly one has it; the other reads who, though the order is no longer theirs to see.',
      'O preia exact unul; celălalt citește cine, deși nu mai vede comanda.',
    ),
    test: 'of two managers who take a request at the same instant exactly one has it, at negotiation',
  },
  {
    what: t(
      'Сеть сообщает об одном комментарии несколько раз, и сразу.',
      'A network tells of one comment several times, and at once.',
      'Rețeaua anunță același comentariu de mai multe ori, simultan.',
    ),
    outcome: t(
      'Один заказ, один комментарий, одно сообщение каждому.',
      'One order, one comment, one notice to each.',
      'O singură comandă, un comentariu, un singur mesaj fiecăruia.',
    ),
    test: 'a comment of a person without an order makes one',
  },
  {
    what: t(
      'Сеть не приняла ответ менеджера.',
      'The network refuses the answer of a manager.',
      'Rețeaua refuză răspunsul managerului.',
    ),
    outcome: t(
      'Текст остаётся с причиной, менеджер узнаёт, заказ снова срочный: клиент ждёт.',
      'The text stays with the reason, the manager is told, the order is urgent again: the client waits.',
      'Textul rămâne cu motivul, managerul află, comanda e din nou urgentă: clientul așteaptă.',
    ),
    test: 'an answer the network refuses keeps its text with the reason, its writer is told, and the client still waits',
  },
  {
    what: t(
      'Два заказа берут со склада последнюю пару в одно мгновение.',
      'Two orders want the last pair in stock at the same instant.',
      'Două comenzi vor ultima pereche din depozit în aceeași clipă.',
    ),
    outcome: t(
      'Пара достаётся одному; другой читает, что её нет.',
      'One gets it; the other reads that there is none.',
      'O primește una; cealaltă citește că nu mai este.',
    ),
    test: 'of two orders that want the last pair at the same instant one gets it and the other is told there is none',
  },
  {
    what: t(
      'Отправленную строку заказа удаляют или меняют.',
      'A line that was sent is deleted or changed.',
      'Un rând expediat este șters sau schimbat.',
    ),
    outcome: t(
      'Отказ: отправленное остаётся, возврат отмечают, замену вносят новой строкой.',
      'Refused: what was sent stays, what came back is marked, what replaces it is a new line.',
      'Refuzat: ce s-a expediat rămâne, returul se marchează, înlocuirea este un rând nou.',
    ),
    test: 'a manager sends a received order to the check, or takes it back for a reason',
  },
];

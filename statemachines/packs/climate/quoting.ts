import {
  all,
  arrives,
  email,
  empty,
  filled,
  goto,
  is,
  letterSent,
  move,
  needs,
  notify,
  now,
  onDate,
  responsible,
  set,
  t,
  task,
  tell,
  thread,
} from '../../vocabulary/index.ts';
import { noAssignee, noQuote, thawInPast } from './refusals.ts';
import { quoteIsReady } from './selection.ts';
import { heads, managers } from './who.ts';

/** Every enquiry of a client is registered. */
export const newRequest = {
  title: t('Новый запрос', 'New request'),
  aim: t('Зарегистрировать каждое обращение клиента.', 'Every enquiry of a client is registered.'),
  enter: {
    required: ['dealType' as const, 'siteName' as const, 'address' as const, 'brand' as const],
    conditions: [{ condition: filled('responsible'), refusal: noAssignee }],
    ...needs('CL-01.2'),
  },
  work: [
    notify('tell-assignee', tell([responsible], 'deal-assigned'), {
      when: all(empty('cameFrom'), '$exists(creator)', '$exists(responsible) and creator != responsible'),
      ...needs('CL-01.3'),
    }),
  ],
  moves: [
    move('selection-needed', managers),
    move('send-quote', managers, needs('CL-01.5')),
    move('on-hold', managers),
    move('refused', managers),
  ],
};

/** The client is sent the quote. */
export const sendQuote = {
  title: t('Выслать КП клиенту', 'Send the quote'),
  aim: t('Клиент получил коммерческое предложение.', 'The client has the commercial proposal.'),
  enter: {
    conditions: [{ condition: `${filled('calculations')} or ${filled('quoteFiles')}`, refusal: noQuote }],
    ...needs('CL-04.1', 'CL-04.2'),
  },
  work: [
    quoteIsReady,
    email('quote', {
      attach: 'quoteFiles',
      when: all(is('autoSendQuote', true), filled('quoteFiles'), filled('contact')),
      failed: tell([responsible], 'quote-failed'),
      ...needs('CL-04.6'),
    }),
  ],
  on: [
    thread('quote-sent', {
      title: t('КП отправлено', 'The quote was sent'),
      on: letterSent('quoteFiles'),
      work: [goto('client-deciding')],
      ...needs('CL-04.7'),
    }),
  ],
  moves: [
    move('client-deciding', [...managers, 'system']),
    move('reselection', managers),
    move('selection-needed', managers, { when: is('scenario', 'sale-with-design') }),
    move('new-request', managers, { when: is('scenario', 'sale') }),
    move('on-hold', managers),
    move('refused', managers),
  ],
};

const thawed = "$exists(cameFrom) and cameFrom = 'on-hold' and $exists(thawedOn) and thawedOn = unfreezeOn";

/** The client has not refused and makes up their mind. */
export const clientDeciding = {
  title: t('Клиент принимает решение', 'Client decides'),
  aim: t('Держать в поле зрения тех, кто не отказался.', 'Clients who have not refused stay in view.'),
  work: [
    notify('thawed', tell([responsible], 'thawed'), { when: thawed, ...needs('CL-10.4') }),
    task('contact-client', {
      title: t('Связаться с клиентом', 'Contact the client'),
      who: responsible,
      due: onDate('thawedOn'),
      when: thawed,
      ...needs('CL-10.5'),
    }),
  ],
  moves: [
    move('deal-closing', managers, needs('CL-06.1')),
    move('reselection', managers),
    move('send-quote', managers),
    move('on-hold', managers),
    move('refused', managers),
  ],
};

/** Put aside until a day, be it years off. */
export const onHold = {
  title: t('Ожидание', 'On hold'),
  aim: t(
    'Спрятать сделку, пока клиент не готов: на два-три месяца и дольше.',
    'A deal whose client is not ready is out of sight, for two or three months or longer.',
  ),
  shelved: true as const,
  enter: {
    required: ['unfreezeOn' as const],
    conditions: [{ condition: '$exists(unfreezeOn) and unfreezeOn > today', refusal: thawInPast }],
    ...needs('CL-10.1', 'CL-10.6'),
  },
  on: [
    thread('thaw', {
      title: t('Разморозка', 'The thaw'),
      on: arrives('unfreezeOn'),
      work: [set('thawed-on', { thawedOn: now() }), goto('client-deciding')],
      ...needs('CL-10.3', 'CL-10.7'),
    }),
  ],
  moves: [move('client-deciding', [...managers, 'system'])],
  ...needs('CL-10.2'),
};

/** The client declined, and why. */
export const refused = {
  title: t('Отказано', 'Refused'),
  aim: t('Записать отказ и его причину.', 'The refusal and its reason are on record.'),
  outcome: 'lost' as const,
  shelved: true as const,
  enter: {
    warn: [
      {
        condition: all(filled('refusalReason'), filled('refusalNote')),
        refusal: t('Укажите причину отказа и примечание.', 'Give the reason for the refusal and a note.'),
      },
    ],
    ...needs('CL-11.1', 'CL-11.2'),
  },
  work: [
    notify('ask-reason', tell([responsible], 'refusal-unexplained'), {
      when: `${empty('refusalReason')} or ${empty('refusalNote')}`,
      ...needs('CL-11.3'),
    }),
  ],
  moves: [move('client-deciding', heads)],
};

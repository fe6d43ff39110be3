import type { IncomingLetter } from '../../schemas/incoming.ts';
import type { Message, Pack } from '../../schemas/pack.ts';
import type { Notice } from '../../schemas/pipeline.ts';
import type { Card } from '../deals/card.ts';
import type { Context } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { rowsToTell } from '../notify/tell.ts';
import { idOf } from '../shared/new-id.ts';
import type { Item } from '../shared/table/port.ts';

const text = 'letter-received';

/** What the responsible person reads; a pack may have a text of that name with words of its own. */
const message: Message = {
  subject: {
    ru: '{{number}}: пришло письмо',
    en: '{{number}}: a letter has come',
    ro: '{{number}}: a sosit o scrisoare',
  },
  body: {
    ru: '{{author}}: {{comment}}',
    en: '{{author}}: {{comment}}',
    ro: '{{author}}: {{comment}}',
  },
};

const worded = (pack: Pack): Pack => ({ ...pack, messages: { [text]: message, ...pack.messages } });

const notice: Notice = {
  to: [{ who: 'field', field: 'responsible' }],
  text,
  channels: ['app'],
};

const shown = 500;

/** Lines that tell of a letter whom the deal belongs to; told again of the same letter, it is the same line. */
export const linesOf = async (
  { id, from, subject, text: words, at }: IncomingLetter,
  { deal }: Pick<Card, 'deal'>,
  context: Context,
): Promise<Item[]> =>
  rowsToTell(notice, {
    id: idOf(text, id),
    deal,
    facts: await factsOf(deal, context.pipeline),
    said: {
      author: from.name ?? from.email ?? '—',
      text:
        [subject, words]
          .filter((part) => part !== '')
          .join('. ')
          .slice(0, shown) || '—',
    },
    // A repeated call comes at another time, and is to tell of the same moment.
    context: { ...context, since: new Date(at), pack: worded(context.pack) },
  });

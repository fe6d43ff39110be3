import type { MessageView } from '../../schemas/api/shapes.ts';
import type { OutgoingMessage } from '../../schemas/message.ts';
import type { Context } from '../deals/context.ts';
import { hiddenFrom, maySeeClients } from '../deals/view.ts';
import { prints } from '../notify/prints.ts';

/** A letter as a reader may see it: without the words and the file that tell a hidden figure, nor a client's address. */
export const viewMessage = (letter: OutgoingMessage, context: Context): MessageView => {
  const { turns: _, history: _h, resent: _r, resentAt: _a, decided: _d, ...found } = letter;
  const hidden = hiddenFrom(context);
  const isClient = found.user === undefined;
  const message = isClient && !maySeeClients(context) ? { ...found, to: '' } : found;
  const { attachments: __, ...bare } = message;
  const open = message.about !== undefined && hidden.has(message.about) ? bare : message;
  if (!prints(message.text, hidden, context.pack)) return open;
  const { html: ___, ...rest } = open;
  return { ...rest, subject: '', body: '' };
};

import { serve } from '../shared/serve.ts';
import { listInbox, listMessages, readNotification } from './inbox.ts';

export const handler = serve('inbox', {
  'inbox.list': listInbox,
  'inbox.read': readNotification,
  'messages.list': listMessages,
});

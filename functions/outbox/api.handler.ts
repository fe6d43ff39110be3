import { serve } from '../shared/serve.ts';
import { giveUp, sendAgain } from './decide.ts';
import { listEvents } from './events.ts';
import { getEntry, listOutbox } from './list.ts';

export const handler = serve('outbox', {
  'outbox.list': listOutbox,
  'outbox.get': getEntry,
  'outbox.again': sendAgain,
  'outbox.giveUp': giveUp,
  'events.list': listEvents,
});

import { serve } from '../shared/serve.ts';
import { hearGateway } from '../sms/callback.ts';
import { previewSms, sendSms } from '../sms/write.ts';
import {
  changeWebhook,
  createWebhook,
  listWebhooks,
  removeWebhook,
  rotateWebhook,
  sendEventsAgain,
} from '../webhooks/api.ts';
import { giveUp, sendAgain } from './decide.ts';
import { listEvents } from './events.ts';
import { getEntry, listOutbox } from './list.ts';

export const handler = serve('outbox', {
  'outbox.list': listOutbox,
  'outbox.get': getEntry,
  'outbox.again': sendAgain,
  'outbox.giveUp': giveUp,
  'events.list': listEvents,
  'webhooks.list': listWebhooks,
  'webhooks.create': createWebhook,
  'webhooks.change': changeWebhook,
  'webhooks.remove': removeWebhook,
  'webhooks.rotate': rotateWebhook,
  'webhooks.again': sendEventsAgain,
  'sms.preview': previewSms,
  'sms.send': sendSms,
  'sms.hear': hearGateway,
});

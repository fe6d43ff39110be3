import { serve } from '../shared/serve.ts';
import { listPreviews, previewPage } from './previews.ts';
import { unsubscribe, unsubscribePage } from './unsubscribe.ts';

export const handler = serve('pages', {
  'unsubscribe.page': unsubscribePage,
  'unsubscribe.do': unsubscribe,
  'previews.list': listPreviews,
  'previews.page': previewPage,
});

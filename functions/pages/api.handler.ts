import { serve } from '../shared/serve.ts';
import { getTracking, setTracking } from './manage.ts';
import { listPreviews, previewPage } from './previews.ts';
import { fetchDocument, showTracking } from './track.ts';
import { unsubscribe, unsubscribePage } from './unsubscribe.ts';

export const handler = serve('pages', {
  'tracking.get': getTracking,
  'tracking.set': setTracking,
  'tracking.page': showTracking,
  'tracking.file': fetchDocument,
  'unsubscribe.page': unsubscribePage,
  'unsubscribe.do': unsubscribe,
  'previews.list': listPreviews,
  'previews.page': previewPage,
});

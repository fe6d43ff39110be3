import { serve } from '../shared/serve.ts';

export const handler = serve('outbox', {});

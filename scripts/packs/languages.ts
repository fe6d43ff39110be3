import type { Pack } from '../../schemas/pack.ts';
import type { Language } from '../../schemas/text.ts';

/** What a pack's pages and pictures are written in: Romanian too where its company is in Moldova. */
export const languagesOf = ({ country }: Pack): Language[] =>
  country === 'MD' ? ['ru', 'en', 'ro'] : ['ru', 'en'];

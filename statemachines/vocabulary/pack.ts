import type * as z from 'zod';
import { Pack } from '../../schemas/pack.ts';
import type { Frozen } from './frozen.ts';

type PackWords = Omit<Frozen<z.input<typeof Pack>>, 'pipelines'> & {
  readonly pipelines: readonly { readonly id: string }[];
};

/**
 * Everything one kind of company needs, checked against the schema. Each pipeline and role takes the pack's name.
 *
 * @throws {z.ZodError} naming every value that is no pack
 */
export const pack = (words: PackWords): Pack =>
  Pack.parse({
    ...words,
    roles: words.roles.map((role) => ({ ...role, pack: words.id })),
    pipelines: words.pipelines.map((pipeline) => ({ ...pipeline, pack: words.id })),
  });

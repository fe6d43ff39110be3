import { compile, type Machine } from './compile/compile.ts';
import { packs } from './packs/index.ts';

export type { Machine } from './compile/compile.ts';

/** The state machines of every stage of every pack. */
export const machines = (): Machine[] => packs.flatMap((pack) => pack.pipelines.flatMap(compile));

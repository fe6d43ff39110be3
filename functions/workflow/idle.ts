import type { Stage } from '../../schemas/pipeline.ts';

/** Whether a run of a stage would end as it begins: the main one, where the stage has no work. It is not started. */
export const isIdle = ({ work = [] }: Pick<Stage, 'work'>, thread: string): boolean =>
  thread === 'main' && work.length === 0;

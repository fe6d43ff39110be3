/** The words a pipeline is written in. */
export * from './conditions.ts';
export * from './due.ts';
export * from './durations.ts';
export * as field from './fields.ts';
export { keep, may } from './grants.ts';
export * from './needs.ts';
export { pack } from './pack.ts';
export { type PipelineWords, pipeline } from './pipeline.ts';
export * from './rungs.ts';
export * from './stage.ts';
export * from './steps.ts';
export * from './text.ts';
export * from './who.ts';

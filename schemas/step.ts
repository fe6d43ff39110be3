import * as z from 'zod';
import {
  AccrueStep,
  ApprovalStep,
  AssignStep,
  ClientStep,
  CycleStep,
  EmailStep,
  GotoStep,
  NotifyStep,
  PayStep,
  QueueStep,
  RateStep,
  RemindStep,
  SetStep,
  ShipStep,
  StartStep,
  SubdealStep,
  TaskStep,
  UntilStep,
  WaitStep,
} from './pipeline.ts';
import { Ahead, Run } from './task.ts';
import { Instant } from './time.ts';

/** A fresh look at the deal before a choice, where the facts of the run may be old. */
export const LookStep = z.strictObject({ do: z.literal('look'), id: z.string() });
export type LookStep = z.infer<typeof LookStep>;

/** Steps that the step function carries out; the states machine itself does the rest. */
export const ActiveStep = z.discriminatedUnion('do', [
  TaskStep,
  ApprovalStep,
  NotifyStep,
  EmailStep,
  SetStep,
  AssignStep,
  UntilStep,
  WaitStep,
  CycleStep,
  GotoStep,
  StartStep,
  SubdealStep,
  RemindStep,
  AccrueStep,
  QueueStep,
  RateStep,
  PayStep,
  ClientStep,
  ShipStep,
  LookStep,
]);
export type ActiveStep = z.infer<typeof ActiveStep>;

/**
 * What a state of a stage's machine sends to the step function. The step's own words travel with it, so that a run
 * finishes the definition it began with. `rung` counts time-outs of this state, `round` the turns of a loop.
 */
export const StepCommand = z.strictObject({
  run: Run,
  execution: z.string(),
  /** when the state was entered: the same for a repeated call; runs that began before it was sent go without */
  entered: Instant.optional(),
  step: ActiveStep,
  rung: z.int().nonnegative(),
  round: z.int().nonnegative(),
  ahead: Ahead.default({ facts: [], timers: {} }),
  token: z.string().optional(),
  /** seconds until the state asks again by itself; runs that began before it was sent go without, and machines of a set patience */
  waits: z.int().positive().optional(),
});
export type StepCommand = z.infer<typeof StepCommand>;

/**
 * What a run knows between two states: the input of the machine, the answer of every step and of every task token.
 * `timers` holds, by step, the seconds to wait for each rung in turn, the last one a year's guard.
 */
export const RunState = z.strictObject({
  run: Run,
  rung: z.int().nonnegative(),
  round: z.int().nonnegative(),
  facts: z.record(z.string(), z.unknown()),
  timers: z.record(z.string(), z.array(z.int().positive())),
  outcome: z.string().optional(),
  decision: z.enum(['approved', 'rejected']).optional(),
});
export type RunState = z.infer<typeof RunState>;

/** Where time comes from; the one place of the functions that reads the wall clock. */
export type Clock = { now(): Date };

let source: Clock = { now: () => new Date() };

/** The time by which everything is decided. */
export const clock: Clock = { now: () => source.now() };

/** Puts another source of time in place of the wall clock, for a host that owns time. */
export const useClock = (other: Clock): void => {
  source = other;
};

/**
 * Milliseconds of the wall clock, whatever time everything is decided by: how old a copy of something is hangs on how
 * long others had to change it, and a host that skips a month gave them no time at all.
 */
export const wallMs = (): number => Date.now();

/** The namespace of our own metrics in CloudWatch. */
export const namespace = 'Voronka';

/** What is counted. A name is a contract with dashboards and alarms, which read it here without loading what counts. */
export const measures = [
  'DealsCreated',
  'DealsMoved',
  /** moves that a guard stood against, a person's and a run's */
  'MovesRefused',
  'RunsStarted',
  'RunsFailed',
  /** tasks that reached a rung of their escalation */
  'TasksLate',
  /** what outside systems said and we took, and what we could not take; each try counts */
  'CallbacksTaken',
  'CallbacksFailed',
  /** signed by nobody we know, or not at all */
  'CallbacksForged',
  /** what outside systems were asked for: done, put off until they answer, given up; each try counts */
  'CallsDone',
  'CallsPutOff',
  'CallsFailed',
  'LettersSent',
  /** given up after all their tries, or refused */
  'LettersFailed',
  'LettersBounced',
  'LettersComplained',
] as const;
export type Measure = (typeof measures)[number];

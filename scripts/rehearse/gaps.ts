/** Something the emulator does not do, and what stands in for it. */
export type Gap = {
  readonly what: string;
  /** what the rehearsal does instead, or what stays unproven there */
  readonly instead: string;
  /** resource types, or `<type>/<Property>`, that its CloudFormation does not take */
  readonly leaveOut?: readonly string[];
};

/** Gaps of MiniStack 1.5.33, each found by running it. */
export const gaps: readonly Gap[] = [
  {
    what: 'CloudFormation knows no state machine versions and aliases',
    instead: 'published and aliased through the Step Functions API after the deployment',
    leaveOut: ['AWS::StepFunctions::StateMachineVersion', 'AWS::StepFunctions::StateMachineAlias'],
  },
  {
    what: 'CloudFormation knows no archive of a bus',
    instead: 'left out; nothing of the walk-throughs reads it',
    leaveOut: ['AWS::Events::Archive'],
  },
  {
    what: 'alarms over metric math are refused',
    instead: 'left out; alarms over a plain metric are deployed',
    leaveOut: ['AWS::CloudWatch::Alarm/Metrics'],
  },
  {
    what: 'CloudFormation drops the time zone of a schedule',
    instead: 'set through the Scheduler API after the deployment',
  },
  {
    what: 'an expression in TimeoutSeconds of a state that waits for its token is not evaluated',
    instead:
      'the machines are deployed with a literal second: a state asks again and again whether its time has come',
  },
  {
    what: 'time is the wall clock',
    instead:
      'the functions read the company’s time from a row of the table, and schedules are rung when it reaches them',
  },
  {
    what: 'SES publishes no events of what became of a letter',
    instead: 'the function that hears them is called with Send and Delivery for each letter',
  },
];

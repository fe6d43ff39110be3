/** Something the emulator does not do, and what stands in for it. */
export type Gap = {
  readonly what: string;
  /** what the rehearsal does instead, or what stays unproven there */
  readonly instead: string;
  /** resource types, or `<type>/<Property>`, that its CloudFormation does not take */
  readonly leaveOut?: readonly string[];
  /** walk-throughs that cannot pass there for it */
  readonly skips?: readonly string[];
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
    what: 'a function’s failure loses its name on the way to its state, and that of one that waits for its token is swallowed',
    instead:
      'unproven there: catching a refused move, and what is tried again at once; the local runtime and the recorded histories show both',
  },
  {
    what: 'Output of a Parallel state is not read: the next state is given the list of all branches',
    instead:
      'a state behind each, put there through the Step Functions API, takes the branch that Output names',
  },
  {
    what: 'waits between tries have no longest and no jitter; Output of a Choice’s default is not read',
    instead: 'unproven there; the machines of the walk-throughs do not hang on it',
  },
  {
    what: 'time is the wall clock',
    instead:
      'the functions read the company’s time from a row of the table, and schedules are rung when it reaches them',
  },
  {
    what: 'a rule calls its function once, and a failure of it is forgotten',
    instead: 'where failures matter the function is called as the bus calls it, asynchronously with retries',
  },
  {
    what: 'what a reader of a stream says of single records that failed is ignored, and they are taken as read',
    instead:
      'unproven there; the local runtime and its tests show bisecting, retries and dead letters of streams',
  },
  {
    what: 'executions end when it is stopped, streams are forgotten, and all is lost when it is killed',
    instead:
      'it is stopped in order; the readers of the stream begin anew, runs are restarted by the operator’s command',
  },
  {
    what: 'the address it gives the HTTP API is none that a program can call',
    instead: 'the host of the sandboxes hands what begins with /v1/ on to it, as a name of one’s own would',
  },
  {
    what: 'SES publishes no events of what became of a letter',
    instead: 'the function that hears them is called with Send and Delivery for each letter',
  },
  {
    what: 'SES takes no letters in, and CloudFormation knows no rules for them',
    instead:
      'a letter is put into the bucket, and the function is called with the event that SES makes of it',
    leaveOut: ['AWS::SES::ReceiptRule', 'AWS::SES::ReceiptRuleSet'],
  },
];

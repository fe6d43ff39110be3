import { wholeSeconds } from '../bus/put-events.ts';
import { type BusEvent, somewhere } from '../bus/rule.ts';
import type { ExecutionEvent } from '../states/engine.ts';

/** The event that Step Functions puts on the default bus when an execution starts or ends. */
export const statusChange = ({ execution, status, at }: ExecutionEvent): BusEvent => ({
  version: '0',
  id: crypto.randomUUID(),
  'detail-type': 'Step Functions Execution Status Change',
  source: 'aws.states',
  ...somewhere,
  time: wholeSeconds(at),
  resources: [execution.arn],
  detail: {
    executionArn: execution.arn,
    stateMachineArn: execution.machine,
    name: execution.name,
    status,
    startDate: execution.startedAt,
    stopDate: execution.stoppedAt ?? null,
    input: JSON.stringify(execution.input),
    output: execution.output === undefined ? null : JSON.stringify(execution.output),
    inputDetails: { included: true },
    outputDetails: execution.output === undefined ? null : { included: true },
    error: execution.error ?? null,
    cause: execution.cause ?? null,
  },
});

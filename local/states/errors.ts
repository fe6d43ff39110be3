/** What a service (a Lambda function, a bus, a table) failed with, in the service's own error name and cause. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly error: string | undefined;
  override readonly cause: string | undefined;
  constructor(failure: { error?: string | undefined; cause?: string | undefined }) {
    super(`${failure.error ?? 'a service failed'}: ${failure.cause ?? ''}`);
    this.error = failure.error;
    this.cause = failure.cause;
  }
}

/** The exceptions of the Step Functions API that this engine answers with. */
export type ApiErrorName =
  | 'ConflictException'
  | 'ExecutionAlreadyExists'
  | 'ExecutionDoesNotExist'
  | 'ExecutionNotRedrivable'
  | 'InvalidArn'
  | 'InvalidDefinition'
  | 'InvalidExecutionInput'
  | 'InvalidName'
  | 'InvalidOutput'
  | 'InvalidToken'
  | 'ResourceNotFound'
  | 'StateMachineAlreadyExists'
  | 'StateMachineDoesNotExist'
  | 'TaskDoesNotExist'
  | 'TaskTimedOut'
  | 'UnknownOperationException'
  | 'ValidationException';

/** A call that the caller has to mend; `name` is the exception's name on the wire. */
export class ApiError extends Error {
  override readonly name: ApiErrorName;
  constructor(name: ApiErrorName, message: string) {
    super(message);
    this.name = name;
  }
}

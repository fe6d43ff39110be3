import type { Text } from '../../schemas/text.ts';

/** Who has to act before the same request can succeed. */
export type Mends = 'author' | 'caller' | 'business' | 'time' | 'us';

/** One thing that stands in the way of a command; `path` names the field of the form it belongs to. */
export type Refusal = { readonly path: string; readonly code: string; readonly message: Text };

export type ErrorOptions = {
  /** Shown to the caller when the caller or the business mends it, logged always: no personal data, no secrets. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
  readonly retryAfterSeconds?: number;
};

/**
 * Everything we throw on purpose. Inside one process recognise it by class; past a process border by `name`
 * (`ErrorEquals` of a state machine matches it, so it is a literal that a bundler can't rename) or by `type`.
 */
export abstract class VoronkaError extends Error {
  abstract override readonly name: string;
  /** Last part of the problem type: stable for ever, a client may switch on it. */
  abstract readonly type: string;
  /** The same words for every occurrence of the type. */
  abstract readonly title: string;
  abstract readonly status: number;
  abstract readonly mends: Mends;
  readonly details: Readonly<Record<string, unknown>>;
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, options: ErrorOptions = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.details = options.details ?? {};
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

/** The request can't be read. Say in the message what was given and what would do. */
export class BadInput extends VoronkaError {
  readonly name: string = 'BadInput';
  readonly type: string = 'bad-input';
  readonly title: string = 'The request is not well formed';
  readonly status: number = 400;
  readonly mends = 'caller';
}

/** More was sent than is read there. */
export class TooLarge extends BadInput {
  override readonly name = 'TooLarge';
  override readonly type = 'too-large';
  override readonly title = 'The request is too large';
  override readonly status = 413;
}

/** Nobody is signed in, or the token is no longer good. */
export class Unauthorised extends VoronkaError {
  readonly name = 'Unauthorised';
  readonly type = 'unauthorised';
  readonly title = 'Sign in first';
  readonly status = 401;
  readonly mends = 'caller';
}

/** The signed-in person has no right to it. */
export class Forbidden extends VoronkaError {
  readonly name = 'Forbidden';
  readonly type = 'forbidden';
  readonly title = 'Not allowed';
  readonly status = 403;
  readonly mends = 'caller';
}

/** There is no such thing, or the caller may not know of it: the answer is the same. */
export class NotFound extends VoronkaError {
  readonly name = 'NotFound';
  readonly type = 'not-found';
  readonly title = 'Not found';
  readonly status = 404;
  readonly mends = 'caller';
}

/** Somebody was first: read again, then decide again. */
export class Conflict extends VoronkaError {
  readonly name: string = 'Conflict';
  readonly type: string = 'conflict';
  readonly title: string = 'The data has changed since it was read';
  readonly status = 409;
  readonly mends = 'caller';
}

/** The deal is no longer at the version the caller saw. */
export class DealMoved extends Conflict {
  override readonly name = 'DealMoved';
  override readonly type = 'deal-moved';
  override readonly title = 'The deal has changed since it was read';
}

/** What is asked for breaks a rule; carries every reason at once. Rules return refusals, the edge throws this. */
export class Refused extends VoronkaError {
  readonly name = 'Refused';
  readonly type = 'refused';
  readonly title = 'Something is missing or not allowed here';
  readonly status = 422;
  readonly mends = 'business';
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[], options: ErrorOptions = {}) {
    super(refusals.map((refusal) => `${refusal.path}: ${refusal.message.en}`).join('; '), options);
    this.refusals = refusals;
  }
}

/** Something we depend on is busy or away; the same request works later. */
export class Passing extends VoronkaError {
  readonly name = 'Passing';
  readonly type = 'passing';
  readonly title = 'Try again shortly';
  readonly status = 503;
  readonly mends = 'time';
}

/** The body of an error answer, RFC 9457. `details` of an error become further members. */
export type Problem = {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly refusals?: readonly Refusal[];
  readonly retryAfterSeconds?: number;
  readonly [member: string]: unknown;
};

/** The full problem type for the last part of it: `urn:voronka:problem:deal-moved`. */
export const problemType = (type: string): string => `urn:voronka:problem:${type}`;

const fault: Problem = {
  type: problemType('fault'),
  title: 'Something went wrong on our side',
  status: 500,
};

/**
 * The answer to give for anything thrown. What the caller or the business can mend is explained; of what time mends,
 * only when to come back; of a fault, nothing: the log has it.
 */
export const problem = (error: unknown): Problem => {
  if (!(error instanceof VoronkaError)) return fault;
  const { title, status, retryAfterSeconds } = error;
  const type = problemType(error.type);
  switch (error.mends) {
    case 'caller':
    case 'business':
      return {
        ...error.details,
        type,
        title,
        status,
        detail: error.message,
        ...(error instanceof Refused ? { refusals: error.refusals } : {}),
      };
    case 'time':
      return { type, title, status, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) };
    case 'author':
    case 'us':
      return fault;
    default:
      return error.mends satisfies never;
  }
};

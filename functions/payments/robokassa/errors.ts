import { VoronkaError } from '../../shared/errors.ts';
import type { OutsideAnswer } from '../../shared/outside.ts';

/** Robokassa has understood and says no; asking again changes nothing until somebody mends what `code` says. */
export class RobokassaRefused extends VoronkaError {
  readonly name = 'RobokassaRefused';
  readonly type = 'robokassa-refused';
  readonly title = 'Robokassa refuses it';
  readonly status = 422;
  readonly mends = 'business';
  /** a number or a word of Robokassa's; see texts.ts for people */
  readonly code: string;

  constructor(message: string, code: string) {
    super(message, { details: { code } });
    this.code = code;
  }
}

/** What came is not what Robokassa answers: a page of a proxy, half an answer, another version. What was asked may have been done. */
export class RobokassaUnclear extends VoronkaError {
  readonly name = 'RobokassaUnclear';
  readonly type = 'robokassa-unclear';
  readonly title = 'Robokassa answers in a way nobody understands';
  readonly status = 503;
  readonly mends = 'time';
}

/**
 * The text of an answer of Robokassa.
 *
 * @throws {RobokassaRefused} for a 401 or 403: its credentials are wrong
 * @throws {RobokassaUnclear} for any other status than success: it is in trouble
 */
export const textOf = (what: string, answer: OutsideAnswer): string => {
  const { status } = answer;
  if (status === 401 || status === 403)
    throw new RobokassaRefused(`${what}: Robokassa does not let this shop in (${status})`, String(status));
  if (status < 200 || status > 299)
    throw new RobokassaUnclear(`${what}: Robokassa answers ${status} and not 200`);
  return answer.text();
};

/** The JSON of an answer. @throws {RobokassaUnclear} if it is none */
export const jsonOf = (what: string, answer: OutsideAnswer): unknown => {
  const text = textOf(what, answer);
  try {
    return JSON.parse(text);
  } catch {
    // The cause would quote what came.
    throw new RobokassaUnclear(`${what}: Robokassa answers something that is no JSON`);
  }
};

import type { OutsideAnswer, OutsideOptions } from '../shared/outside.ts';
import { outside, Unreachable } from '../shared/outside.ts';

/** What came back from a gateway: JSON, or why there is none. `sent`: whether the call may have done something. */
export type Said =
  | { readonly as: 'said'; readonly status: number; readonly json: unknown }
  | { readonly as: 'later'; readonly problem: string; readonly sent: 'no' | 'maybe' }
  | { readonly as: 'refused'; readonly problem: string; readonly account: true };

const jsonIn = (name: string, answer: OutsideAnswer): Said => {
  const { status } = answer;
  if (status === 401 || status === 403)
    return {
      as: 'refused',
      problem: `${name} does not let us in (${status}): an operator looks at the account and the secret`,
      account: true,
    };
  if (status === 429) return { as: 'later', problem: `${name} asks for patience (429)`, sent: 'no' };
  if (status >= 500) return { as: 'later', problem: `${name} is in trouble (${status})`, sent: 'maybe' };
  try {
    return { as: 'said', status, json: JSON.parse(answer.text()) };
  } catch {
    return { as: 'later', problem: `${name} answers something that is no JSON (${status})`, sent: 'maybe' };
  }
};

/** Asks a gateway for JSON; its troubles are answers. Nothing of what was asked or answered gets into a problem: it is personal. */
export const ask = async (name: string, url: string, options: OutsideOptions): Promise<Said> => {
  try {
    return jsonIn(name, await outside(url, options));
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    return { as: 'later', problem: `${name} does not answer`, sent: error.sent };
  }
};

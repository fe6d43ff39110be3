import type { Driver } from '../walkthroughs/scenario.ts';
import type { Cloud } from './cloud.ts';

/** Calls the deployed HTTP API as some person; people are spoken of by the names the packs give them. */
export const callerOn = (cloud: Cloud): Driver['call'] => {
  const named = (text: string): string =>
    [...cloud.subjects].reduce((all, [name, subject]) => all.replaceAll(subject, name), text);
  /** The person a member of a body names; a list may hold roles, which are called alike. */
  function spoken(this: unknown, _: string, value: unknown): unknown {
    return typeof value === 'string' && !Array.isArray(this) ? (cloud.subjects.get(value) ?? value) : value;
  }
  return async (user, method, path, body, headers = {}) => {
    const response = await fetch(`${cloud.api}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${await cloud.tokenOf(user)}`,
        'content-type': 'application/json',
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body, spoken) }),
    });
    const text = named(await response.text());
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  };
};

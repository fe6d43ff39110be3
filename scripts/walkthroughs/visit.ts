import type { Driver } from './scenario.ts';

/** Opens an address as a browser does, or sends a form to it. @param origin - of an address that begins with a path */
export const visited = async (
  origin: string,
  address: string,
  form?: Readonly<Record<string, string>>,
): ReturnType<Driver['visit']> => {
  const answer = await fetch(address.startsWith('/') ? origin + address : address, {
    redirect: 'manual',
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  return {
    status: answer.status,
    text: await answer.text(),
    location: answer.headers.get('location') ?? undefined,
  };
};

/** Gives a sandbox a command by its address. @param url - of the sandboxes */
export const commandedAt = async (
  url: string,
  sandbox: string,
  given: Readonly<Record<string, unknown>>,
): Promise<unknown> => {
  const answer = await fetch(`${url}/${sandbox}/_command`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(given),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${sandbox} ${JSON.stringify(given)}: ${answer.status} ${text}`);
  return JSON.parse(text);
};

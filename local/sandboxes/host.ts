import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { endpointsAt } from '../../functions/shared/endpoints.ts';
import { AwsFault, readBody } from '../aws/aws-json.ts';
import { frontPage } from './front-page.ts';
import { createSandboxes, type Sandboxes } from './index.ts';
import type { Sandbox, SandboxContext } from './sandbox.ts';
import { createSends } from './sends.ts';

/** The sandboxes of one deployment, behind one address. */
export type SandboxHost = {
  readonly sandboxes: Sandboxes;
  /** `/` is the page of all, `/<name>/_command` takes commands, the rest is the provider's own */
  readonly listener: RequestListener;
  /** Waits for callbacks under way; false if there were none. */
  drain(): Promise<boolean>;
};

/** Environment values that lead functions to the sandboxes. @param url - of the host, without a closing slash */
export const sandboxEnvironment = (url: string): Record<string, string> => ({
  ...endpointsAt(url),
  AWS_ENDPOINT_URL_SNS: `${url}/sns`,
});

/** @param on.url - where the host is reached, without a closing slash */
export const hostSandboxes = (
  on: Pick<SandboxContext, 'clock' | 'state' | 'secret' | 'publicUrl'> & { readonly url: () => string },
): SandboxHost => {
  const { clock, state, secret, publicUrl, url } = on;
  const { send, drain } = createSends();
  const sandboxes = createSandboxes((name) => ({
    clock,
    state,
    secret,
    publicUrl,
    ownUrl: () => `${url()}/${name}`,
    send,
  }));
  const byName = new Map<string, Sandbox>(Object.entries(sandboxes));
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, name = '', rest = ''] = /^\/([^/?]*)(.*)$/.exec(request.url ?? '/') ?? [];
    const page = () => frontPage([...byName.values()], url());
    if (name === '') return said(response, 200, page(), 'text/html; charset=utf-8');
    const sandbox = byName.get(name);
    if (sandbox === undefined)
      return said(response, 404, `no sandbox "${name}"; there are ${[...byName.keys()].join(', ')}`);
    if (request.method === 'POST' && rest === '/_command') return command(sandbox, request, response, url());
    request.url = rest.startsWith('/') ? rest : `/${rest}`;
    sandbox.handler(request, response);
  };
  return {
    sandboxes,
    drain,
    listener: (request, response) => {
      answer(request, response).catch((error: unknown) =>
        said(response, 500, error instanceof Error ? error.message : String(error)),
      );
    },
  };
};

const said = (
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void => {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) }).end(text);
};

/** By a program as JSON, by a person as a form, which is led back to the page. */
const command = async (
  sandbox: Sandbox,
  request: IncomingMessage,
  response: ServerResponse,
  home: string,
): Promise<void> => {
  // A page of somebody else's that a browser on this machine has open is nobody who gives commands.
  if (request.headers['sec-fetch-site'] === 'cross-site') return said(response, 403, 'not from another site');
  try {
    const text = (await readBody(request, 65_536)).toString('utf8');
    const isForm = String(request.headers['content-type']).startsWith('application/x-www-form-urlencoded');
    const given: unknown = isForm ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
    if (typeof given !== 'object' || given === null) throw new RangeError('a command is an object');
    const done = await sandbox.command(given as Record<string, unknown>);
    if (isForm) response.writeHead(303, { location: `${home}/#${sandbox.name}` }).end();
    else said(response, 200, JSON.stringify(done ?? {}), 'application/json');
  } catch (error) {
    if (error instanceof RangeError || error instanceof SyntaxError || error instanceof AwsFault)
      return said(response, 400, error.message);
    throw error;
  }
};

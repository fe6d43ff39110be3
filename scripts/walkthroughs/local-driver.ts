import type { Runtime } from '../../local/runtime.ts';
import { machines } from '../../statemachines/machines.ts';
import { onBus } from './on-bus.ts';
import type { Answer, Driver } from './scenario.ts';
import { commandedAt, visited } from './visit.ts';

/** A driver for the runtime of this process: its HTTP API over a socket, its clock by hand. */
export const localDriver = (runtime: Runtime): Driver => {
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (user: string): Promise<string> => {
    const token = tokens.get(user) ?? runtime.tokenFor(user);
    tokens.set(user, token);
    return token;
  };
  return {
    call: async (user, method, path, body, headers = {}): Promise<Answer> => {
      const response = await fetch(`${runtime.urls.api}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${await tokenOf(user)}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
    },
    advanceTo: (instant) => runtime.clock.advanceTo(instant),
    put: async (url, headers, content) =>
      (await fetch(url, { method: 'PUT', headers, body: content })).status,
    says: async (adapter, event) => {
      await onBus(runtime.urls.events, String(runtime.environment.BUS_NAME), adapter, event);
      await runtime.clock.settle();
    },
    letterComes: async (raw, to) => {
      const from = 'client@plant-demo-1.example';
      const answer = await fetch(`${runtime.urls.mail}/_in?${new URLSearchParams({ to, from })}`, {
        method: 'POST',
        headers: { 'content-type': 'message/rfc822' },
        body: raw,
      });
      if (!answer.ok) throw new Error(`a letter for ${to} was not taken: ${await answer.text()}`);
      await runtime.clock.settle();
    },
    command: async (sandbox, given) => {
      const said = await commandedAt(runtime.urls.sandboxes, sandbox, given);
      await runtime.clock.settle();
      return said;
    },
    visit: async (address, form) => {
      const seen = await visited(runtime.urls.api, address, form);
      await runtime.clock.settle();
      return seen;
    },
    letters: async () =>
      (await runtime.mail.sent()).map(({ to, subject, text, at }) => ({
        to: to.join(', '),
        subject,
        text: text ?? '',
        at: String(at),
      })),
    openRuns: async () =>
      machines().flatMap(({ id }) =>
        runtime.engine
          .listExecutions({ stateMachineArn: runtime.machineArn(id), status: 'RUNNING' })
          .map(({ name }) => name),
      ),
  };
};

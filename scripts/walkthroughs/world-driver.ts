import { messageOf } from '../../functions/shared/rows.ts';
import { send } from '../../functions/testing/api.ts';
import type { World } from '../../local/world.ts';
import type { Driver } from './scenario.ts';
import { commandedAt, visited } from './visit.ts';

/** A driver for a company that is all in this process: no socket, no server; its letters stay in the outbox. */
export const worldDriver = (company: World): Driver => ({
  call: (user, method, path, body, headers) =>
    send(user, method, path, {
      ...(body === undefined ? {} : { body }),
      ...(headers === undefined ? {} : { headers }),
    }),
  advanceTo: (instant) => company.clock.advanceTo(instant),
  put: async (url, headers, content) => (await fetch(url, { method: 'PUT', headers, body: content })).status,
  says: company.says,
  letterComes: async (raw, to) => {
    await company.mailIn(raw, { to });
  },
  command: async (sandbox, given) => {
    const said = await commandedAt(`${company.url}/sandboxes`, sandbox, given);
    await company.clock.settle();
    return said;
  },
  visit: async (address, form) => {
    const seen = await visited(company.url, address, form);
    await company.clock.settle();
    return seen;
  },
  letters: async () =>
    (await company.table.query({ index: 'g1', pk: 'OUTBOX#queued' })).items
      .filter(({ row }) => row === 'message')
      .map(messageOf)
      .map(({ to, subject, body, createdAt }) => ({ to, subject, text: body, at: createdAt })),
  openRuns: async () => company.runs(),
});

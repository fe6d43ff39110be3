import { setTimeout as pause } from 'node:timers/promises';
import { createInbound } from '../../local/mail/inbound.ts';
import { eventFor } from '../../local/mail/mail.ts';
import { type Driver, NotSeen } from '../walkthroughs/scenario.ts';
import { commandedAt, visited } from '../walkthroughs/visit.ts';
import { goOn } from './bellman.ts';
import { callerOn } from './caller.ts';
import type { Cloud } from './cloud.ts';
import { missing, printOf } from './print.ts';
import { rowsOf } from './rows.ts';
import type { Score } from './score.ts';
import { prefix } from './stage.ts';

/** How long a host may take to do what the local runtime did at once. */
const patienceMs = 40_000;

/** Says of each letter what SES would say of it, once. */
const postman = (cloud: Cloud, now: () => string, before: number) => {
  let told = before;
  return async (): Promise<void> => {
    const letters = await cloud.letters();
    for (const letter of letters.slice(told)) {
      const mail = { ...letter, cc: [], bcc: [], headers: [], tags: {}, at: now(), configurationSet: prefix };
      for (const outcome of ['sent', 'delivered'] as const) {
        // The bus takes nothing in the name of AWS from anybody else, so the rule's target is called itself.
        const { failed, answer } = await cloud.invoke('mail-events', eventFor(mail as never, outcome));
        if (failed) throw new Error(`mail-events failed: ${answer}`);
      }
    }
    told = letters.length;
  };
};

/**
 * A driver for the app on the emulator. Time goes from stop to stop of the score: at each the company's clock is set, and nothing
 * goes on before the tables say the same, row by row.
 *
 * @param before - letters that were sent before the walk-through began
 */
export const cloudDriver = (cloud: Cloud, score: Score, before: number): Driver => {
  const toName = new Map([...cloud.subjects].map(([name, subject]) => [subject, name]));
  let now = score.begins;
  let passage = 0;
  const deliverMail = postman(cloud, () => now, before);

  // SES takes no letters in there: they are put down as it would, and its function is called as it calls it.
  const letters = createInbound({
    rules: [
      {
        recipients: ['in.voronka.example'], // of a stage that was given no domain
        bucket: cloud.bucket,
        prefix: 'mail/',
        functionArn: 'mail-in',
      },
    ],
    put: cloud.putObject,
    accept: (fn, event) => cloud.callAsBusDoes(fn, event),
    now: () => new Date(now),
  });

  const stand = async (print: readonly string[]): Promise<void> => {
    const until = performance.now() + patienceMs;
    for (;;) {
      await deliverMail();
      const seen = printOf(await rowsOf(cloud.clients.dynamo, cloud.table), toName);
      const absent = missing(print, seen);
      const strange = missing(seen, print);
      if (absent.length + strange.length === 0) return;
      if (performance.now() > until)
        throw new NotSeen(
          [
            `at ${now} the emulator stands otherwise than the local runtime:`,
            ...absent.slice(0, 4).map((line) => `  not there: ${line.slice(0, 700)}`),
            ...strange.slice(0, 4).map((line) => `  there only: ${line.slice(0, 700)}`),
          ].join('\n'),
        );
      await pause(100);
    }
  };

  return {
    call: callerOn(cloud),
    async advanceTo(to) {
      const { to: wanted, stops } = score.passages[passage] ?? { to: '', stops: [] };
      if (wanted !== to)
        throw new Error(`the score has a passage to ${wanted} where the walk-through goes to ${to}`);
      passage += 1;
      for (const { at, print } of stops) {
        await goOn(cloud, now, at);
        now = at;
        await stand(print);
      }
      await cloud.setClock(to);
      now = to;
    },
    put: async (url, headers, content) =>
      (await fetch(url, { method: 'PUT', headers, body: content })).status,
    says: (adapter, event) =>
      cloud.putEvent({
        source: `voronka.port.${adapter}`,
        type: event.type,
        detail: event,
        bus: prefix,
      }),
    letterComes: async (raw, to) => {
      await letters.receive(Buffer.from(raw), { from: 'client@plant-demo-1.example', to: [to] });
    },
    command: (sandbox, given) => commandedAt(cloud.providers.url, sandbox, given),
    visit: (address, form) => visited(cloud.providers.url, address, form),
    letters: async () =>
      (await cloud.letters())
        .slice(before)
        .map(({ to, subject, text }) => ({ to: to.join(', '), subject, text, at: now })),
    openRuns: () => cloud.openRuns(),
  };
};

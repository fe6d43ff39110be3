import { test as base } from 'vitest';
import { messageOf } from '../../../functions/shared/rows.ts';
import type { OutgoingMessage } from '../../../schemas/message.ts';
import type { Pack } from '../../../schemas/pack.ts';
import { coffee } from '../../../statemachines/packs/coffee/index.ts';
import { type World, world } from '../../world.ts';

/** A test in the coffee company, whose messages leave, from a Monday morning at nine on. */
export const test = base.extend<{ w: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: the first argument names other fixtures, and there are none
  w: async ({}, use) => {
    const w = await world({ at: '2026-02-02 09:00', packs: [coffee], mail: true });
    await use(w);
    await w.stop();
  },
});

/** The coffee company with other settings of its messages. */
export const coffeeWith = (sms: NonNullable<Pack['integrations']>['sms']): Pack => ({
  ...coffee,
  integrations: { ...coffee.integrations, sms },
});

/** Messages of a deal to its client, the oldest first. */
export const messagesOf = async (w: World, deal: string): Promise<OutgoingMessage[]> =>
  (await w.table.query({ index: 'g2', pk: `LETTERS#${deal}` })).items
    .filter(({ row }) => row === 'message')
    .map(messageOf)
    .filter(({ user }) => user === undefined);

/** The same as `sms +79161234567 delivered`. */
export const waysOf = async (w: World, deal: string): Promise<string[]> =>
  (await messagesOf(w, deal)).map(({ channel, to, state }) => `${channel} ${to} ${state}`).sort();

/** Calls of a deal by gateway and state: `smsaero failed`. */
export const callsOf = async (w: World, deal: string): Promise<string[]> =>
  (await w.table.query({ index: 'g2', pk: `LETTERS#${deal}` })).items
    .filter(({ row }) => row === 'call')
    .map(({ provider, state }) => `${String(provider)} ${String(state)}`)
    .sort();

/** What is on the phones behind a gateway, the newest first: number, words, where it is. */
export const onPhones = (w: World, gateway: 'smsaero' | 'smsc' | 'sns'): string[] =>
  w.sandboxes[gateway]
    .holds()
    .flatMap(({ rows }) => rows)
    .map(([, , number, words, is]) => `${number} ${words}: ${is}`);

export const seconds = (n: number): number => n * 1000;
export const minutes = (n: number): number => seconds(60 * n);

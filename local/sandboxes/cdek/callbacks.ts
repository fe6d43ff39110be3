import type { FaultPlan } from '../faults.ts';
import type { SandboxContext } from '../sandbox.ts';

export type Subscription = {
  readonly uuid: string;
  readonly account: string;
  readonly type: string;
  readonly url: string;
};

/** What was sent, for the sandbox's page. */
export type Sent = { readonly at: string; readonly type: string; readonly url: string; answer: string };

const retries = 12;
const between = (75 / retries) * 60_000;
const lateMs = 6 * 3_600_000;

/** Calls subscribers back as CDEK does: again for 75 minutes where nobody answers 200, and after that never more. */
export const createCallbacks = (
  context: Pick<SandboxContext, 'clock' | 'send' | 'state'>,
  faults: FaultPlan,
) => {
  const kept = context.state?.list<Subscription>('cdek/subscription/') ?? [];
  const subscriptions = new Map(kept.map(({ value }) => [value.uuid, value]));
  const log: Sent[] = [];
  let held: (() => void)[] = [];

  const subscribe = (subscription: Subscription): void => {
    subscriptions.set(subscription.uuid, subscription);
    context.state?.set(`cdek/subscription/${subscription.uuid}`, subscription);
  };
  const unsubscribe = (uuid: string): void => {
    subscriptions.delete(uuid);
    context.state?.delete(`cdek/subscription/${uuid}`);
  };

  const post = (subscription: Subscription, body: string, attempt: number): void => {
    const line: Sent = {
      at: context.clock.now().toISOString(),
      type: subscription.type,
      url: subscription.url,
      answer: '…',
    };
    log.unshift(line);
    log.length = Math.min(log.length, 200);
    void context
      .send(subscription.url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      .then(({ status }) => {
        line.answer = status === 0 ? 'nobody' : String(status);
        if (status === 200 || !subscriptions.has(subscription.uuid)) return;
        if (attempt <= retries) {
          context.clock.at(context.clock.now().getTime() + between, () =>
            post(subscription, body, attempt + 1),
          );
          return;
        }
        // All of that address, and nobody is told.
        for (const one of subscriptions.values()) if (one.url === subscription.url) unsubscribe(one.uuid);
      });
  };

  return {
    subscriptions: (): readonly Subscription[] => [...subscriptions.values()],
    subscribe,
    unsubscribe,
    log,
    /** Tells the subscribers of an account of something. */
    tell(account: string, event: { readonly type: string; readonly [name: string]: unknown }): void {
      const body = JSON.stringify(event);
      for (const subscription of [...subscriptions.values()]) {
        if (subscription.account !== account || subscription.type !== event.type) continue;
        const send = () => post(subscription, body, 1);
        switch (faults.take('never', 'late', 'twice', 'reordered')) {
          case 'never':
            continue;
          case 'late':
            context.clock.at(context.clock.now().getTime() + lateMs, send);
            continue;
          case 'reordered':
            held.push(send);
            continue;
          case 'twice':
            send();
            break;
          default:
        }
        send();
        const waiting = held;
        held = [];
        for (const later of waiting) later();
      }
    },
  };
};

export type Callbacks = ReturnType<typeof createCallbacks>;

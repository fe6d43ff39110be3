import type { SandboxContext } from './sandbox.ts';

/** Callbacks on their way; a clock that settles waits for them by `drain`. */
export const createSends = (): {
  readonly send: SandboxContext['send'];
  /** false if there were none */
  drain(): Promise<boolean>;
} => {
  const under = new Set<Promise<unknown>>();
  return {
    send: async (url, init = {}) => {
      const call = fetch(url, { redirect: 'manual', ...init }).then(
        async (answer) => ({ status: answer.status, text: await answer.text() }),
        // As for a provider: who does not answer is called again, or not at all.
        () => ({ status: 0, text: '' }),
      );
      under.add(call);
      try {
        return await call;
      } finally {
        under.delete(call);
      }
    },
    drain: async () => {
      const found = under.size > 0;
      await Promise.all(under);
      // What a sandbox does with an answer, such as to call again, has begun when this returns.
      if (found) await new Promise((begun) => setImmediate(begun));
      return found;
    },
  };
};

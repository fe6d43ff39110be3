import type { Adapter, AdapterPayload } from 'oidc-provider';

type Kept = { payload: AdapterPayload; until: number };

/**
 * Makes the store of one sign-in's sessions, codes and grants, in memory: after a restart people sign in again, while
 * access tokens, which are signed, stay good.
 */
export const createSessions = (): ((model: string) => Adapter) => {
  const models = new Map<string, Map<string, Kept>>();

  return (model) => {
    const kept = models.get(model) ?? new Map<string, Kept>();
    models.set(model, kept);
    const find = (id: string): AdapterPayload | undefined => {
      const found = kept.get(id);
      if (found === undefined || found.until > Date.now()) return found?.payload;
      kept.delete(id);
      return undefined;
    };
    const findBy = (name: 'uid' | 'userCode', value: string) =>
      [...kept.keys()].map(find).find((payload) => payload?.[name] === value);
    return {
      upsert: async (id, payload, expiresIn) => {
        kept.set(id, { payload, until: Date.now() + (expiresIn ?? 86_400) * 1_000 });
      },
      find: async (id) => find(id),
      findByUid: async (uid) => findBy('uid', uid),
      findByUserCode: async (userCode) => findBy('userCode', userCode),
      consume: async (id) => {
        const payload = find(id);
        if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000);
      },
      destroy: async (id) => {
        kept.delete(id);
      },
      revokeByGrantId: async (grantId) => {
        for (const [id, { payload }] of kept) if (payload.grantId === grantId) kept.delete(id);
      },
    };
  };
};

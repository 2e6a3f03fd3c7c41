import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Kept {
  payload: AdapterPayload;
  /** Milliseconds since 1970. */
  until: number;
}

/**
 * What the issuer remembers, for as long as the stack runs: who began to sign in, who is signed in. oidc-provider's own
 * memory is shared by all issuers of a process, of which tests have several.
 */
export function openMemory(): (model: string) => Adapter {
  const kept = new Map<string, Kept>();
  return (model) => {
    const keyOf = (id: string) => `${model} ${id}`;
    const read = (key: string) => {
      const { payload, until = 0 } = kept.get(key) ?? {};
      return Date.now() < until ? payload : undefined;
    };
    const find = (fits: (payload: AdapterPayload) => boolean) =>
      [...kept].find(([key, { payload }]) => key.startsWith(`${model} `) && fits(payload))?.[0];
    return {
      async upsert(id, payload, expiresIn = 3600) {
        forgetExpired(kept);
        kept.set(keyOf(id), { payload, until: Date.now() + expiresIn * 1000 });
      },
      find: async (id) => read(keyOf(id)),
      findByUid: async (uid) => read(find((payload) => payload.uid === uid) ?? ''),
      // For sign-ins by a code on a second device, which are switched off.
      findByUserCode: async () => undefined,
      async consume(id) {
        const payload = read(keyOf(id));
        if (payload) payload.consumed = Math.floor(Date.now() / 1000);
      },
      async destroy(id) {
        kept.delete(keyOf(id));
      },
      async revokeByGrantId(grantId) {
        for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
      },
    };
  };
}

function forgetExpired(kept: Map<string, Kept>): void {
  const at = Date.now();
  for (const [key, { until }] of kept) if (until <= at) kept.delete(key);
}

import type { SandboxContext } from './sandbox.ts';

/** Every sandbox there is; its key is the first part of its path. */
export const createSandboxes = (_on: (name: string) => SandboxContext) => ({});

export type Sandboxes = ReturnType<typeof createSandboxes>;

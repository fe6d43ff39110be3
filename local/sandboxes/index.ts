import { createCdek } from './cdek/cdek.ts';
import { createSmsAero } from './phones/smsaero.ts';
import { createSmsc } from './phones/smsc.ts';
import { createSns } from './phones/sns.ts';
import { createRobokassa } from './robokassa/index.ts';
import type { SandboxContext } from './sandbox.ts';

/** Every sandbox there is; its key is the first part of its path. */
export const createSandboxes = (on: (name: string) => SandboxContext) => ({
  cdek: createCdek(on('cdek')),
  robokassa: createRobokassa(on('robokassa')),
  smsaero: createSmsAero(on('smsaero')),
  smsc: createSmsc(on('smsc')),
  sns: createSns(on('sns')),
});

export type Sandboxes = ReturnType<typeof createSandboxes>;

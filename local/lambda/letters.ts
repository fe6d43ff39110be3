import type { BusEvent } from '../bus/rule.ts';
import { eventFor, type MailOutcome } from '../mail/mail.ts';
import type { Mail } from '../mail/mailbox.ts';
import type { State } from '../state/state.ts';

const typeOf: Partial<Record<MailOutcome, string>> = { sent: 'SEND', delivered: 'DELIVERY' };

/**
 * Tells the bus what became of each letter, where its configuration set asks for that: here all are sent and delivered.
 * Bounces and complaints are a test's to emit.
 */
export const createLetters = (options: {
  sent(): Promise<readonly Mail[]>;
  emit(event: BusEvent): void;
  state: State;
  outcomes: readonly { configurationSet: string; types: readonly string[] }[];
  onLetter(mail: Mail): void;
}) => {
  const key = 'letters/told';
  let told = options.state.get<number>(key) ?? 0;

  const tell = (mail: Mail): void => {
    options.onLetter(mail);
    const types =
      options.outcomes.find(({ configurationSet }) => configurationSet === mail.configurationSet)?.types ??
      [];
    for (const outcome of ['sent', 'delivered'] as const) {
      if (types.includes(typeOf[outcome] ?? '')) options.emit(eventFor(mail, outcome));
    }
  };

  return {
    /** Tells of the letters since the last call; false if there were none. */
    drain: async (): Promise<boolean> => {
      const letters = await options.sent();
      if (letters.length === told) return false;
      const fresh = letters.slice(told);
      told = letters.length; // fewer than before when the viewer's list was cleared
      options.state.atomically(() => {
        for (const mail of fresh) tell(mail);
        options.state.set(key, told);
      });
      return fresh.length > 0;
    },
  };
};

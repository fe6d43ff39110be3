import { createHash } from 'node:crypto';

/** Where a message is, in one vocabulary for every gateway; from `delivered` on it stays. */
export type SmsState = 'queued' | 'sent' | 'delivered' | 'undelivered' | 'rejected' | 'expired' | 'unknown';

export const isFinal = (state: SmsState): boolean =>
  state === 'delivered' || state === 'undelivered' || state === 'rejected' || state === 'expired';

/** A message to hand over. */
export type Sms = {
  /** our own id: the same for every attempt */
  readonly id: string;
  /** E.164: `+79123456789` */
  readonly number: string;
  readonly text: string;
  /** when it was first handed over: what a gateway took before is another message with the same words */
  readonly since?: Date | undefined;
  /** where the gateway tells of it, if it does; never believed without asking */
  readonly callbackUrl?: string | undefined;
};

/** What the gateway said to a message. */
export type Taken =
  | {
      readonly as: 'taken';
      /** the gateway's id, by which it is asked */
      readonly id: string;
      readonly state: SmsState;
      readonly parts?: number | undefined;
      /** as the gateway writes it, in the account's currency */
      readonly cost?: string | undefined;
    }
  /** it will not be taken, unless a person mends something; `account`: an operator, since no message is taken */
  | { readonly as: 'refused'; readonly problem: string; readonly account?: true }
  /** not now. `sent`: whether it may have been taken all the same, so that it is looked up before it is sent again */
  | { readonly as: 'later'; readonly problem: string; readonly sent: 'no' | 'maybe' };

/** What the gateway knows of a message. */
export type Looked =
  | { readonly as: 'found'; readonly id: string; readonly state: SmsState; readonly said: string }
  | { readonly as: 'absent' }
  | { readonly as: 'later'; readonly problem: string };

/** A gateway: it takes messages, and says where they are. Neither method throws for what the other side does. */
export type SmsProvider = {
  send(sms: Sms): Promise<Taken>;
  /** @param id - the gateway's own, where it was told; else the message is looked for by what was sent */
  look(sms: Sms, id: string | undefined): Promise<Looked>;
};

/** The digits of a number, as Russian gateways want them. */
export const digitsOf = (number: string): string => number.replace(/\D/g, '');

/** A number of ours for a message, 1 to 2^31 - 1, always the same: a repeat is the same message to who keeps it. */
export const numberOf = (id: string): number =>
  (createHash('sha256').update(`sms ${id}`).digest().readUIntBE(0, 6) % 2_147_483_647) + 1;

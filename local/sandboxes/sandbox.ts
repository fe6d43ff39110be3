import type { RequestListener } from 'node:http';
import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import type { FaultPlan } from './faults.ts';

/** What a callback was answered. */
export type CallbackAnswer = { readonly status: number; readonly text: string };

/** What a sandbox stands on. */
export type SandboxContext = {
  /** timers and dates of the provider; never the wall clock */
  readonly clock: Clock;
  /** what outlives a restart, where the host keeps anything; keys begin with the sandbox's name */
  readonly state?: State | undefined;
  /** what the deployment's secret of a provider holds, parsed; undefined where nothing was written */
  readonly secret: (provider: 'robokassa' | 'cdek' | 'sms') => unknown;
  /** where the company's HTTP API answers, for the addresses that a shop would have entered at the provider */
  readonly publicUrl: () => string;
  /** where this sandbox itself is reached, for links it gives out: `http://127.0.0.1:4006/robokassa` */
  readonly ownUrl: () => string;
  /** Calls the company back. Settling waits for it; an address nobody answers at is status 0. */
  readonly send: (url: string, init?: RequestInit) => Promise<CallbackAnswer>;
};

/** A list of what a sandbox holds, for its page. */
export type Held = {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** commands offered beside each row, in the order of the rows */
  readonly commands?: readonly (readonly Offer[])[];
};

/** A command somebody may give by a button: its words are sent as they stand. */
export type Offer = { readonly title: string; readonly command: Readonly<Record<string, string>> };

/** The other side of a provider's protocol, on this machine: it keeps what it is told, calls back, and fails on command. */
export type Sandbox = {
  /** the first part of its path: `/robokassa/…` */
  readonly name: string;
  readonly title: string;
  /** takes requests without that part: `/Merchant/Index.aspx` */
  readonly handler: RequestListener;
  readonly faults: FaultPlan;
  /** what it holds, newest first */
  readonly holds: () => readonly Held[];
  /**
   * Does what somebody asks for beside faults, such as moving a parcel on; the words are its own.
   *
   * @throws RangeError that says what would do
   */
  readonly command: (given: Readonly<Record<string, unknown>>) => unknown;
};

/** The commands of a sandbox with the words that every one has: `{ fault, times? }` and `{ clear: … }`. */
export const withFaults =
  (
    faults: FaultPlan,
    others: (given: Readonly<Record<string, unknown>>) => unknown = (given) => {
      throw new RangeError(`${JSON.stringify(given)}: give { fault, times } or { clear: true }`);
    },
  ) =>
  (given: Readonly<Record<string, unknown>>): unknown => {
    if (given.clear !== undefined) faults.clear();
    else if (given.fault === undefined) return others(given);
    else {
      const { fault, times = 1 } = given;
      faults.plan(String(fault), times === 'always' ? Number.POSITIVE_INFINITY : Number(times));
    }
    return { planned: faults.planned() };
  };

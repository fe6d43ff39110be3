import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `true` where it does as the service does, else what it does instead. */
export type Finding = true | string;

export type ResourceFinding = {
  /** Whether the emulator takes the type at all; a template with one that it does not know is refused as a whole. */
  readonly known: boolean;
  /** How many of the template's resources of this type stood after a deployment, of how many. */
  readonly made: number;
  readonly of: number;
  /** Why some did not, in its words. */
  readonly refused: readonly string[];
  /** The properties that the template gave. */
  readonly given: readonly string[];
  /** Those of them that the emulator's source never names. */
  readonly unread: readonly string[];
};

/** A recorded case that came out otherwise. */
export type Departure = { readonly topic: string; readonly name: string; readonly how: string };

/** What `node scripts/emulator-support.ts` measured of the emulator that rehearsals run on. */
export type Measured = {
  /** Name and version; what is said holds for no other. */
  readonly emulator: string;
  readonly fields: Readonly<Record<string, Finding>>;
  readonly resources: Readonly<Record<string, ResourceFinding>>;
  readonly cases: {
    readonly recorded: number;
    /** How many could not be played by functions alone, by the reason. */
    readonly skipped: Readonly<Record<string, number>>;
    readonly agreed: Readonly<Record<string, number>>;
    readonly departed: readonly Departure[];
  };
};

/** Where the measurements are kept. */
export const measuredFile = join(import.meta.dirname, 'golden', 'emulator.json');

export const measured = (): Measured => JSON.parse(readFileSync(measuredFile, 'utf8')) as Measured;

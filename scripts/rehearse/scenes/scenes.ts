import { changed } from './changed.ts';
import { deadLetters } from './dead-letters.ts';
import { guideFollowed } from './guide.ts';
import { moneyAndParcel } from './money-and-parcel.ts';
import { poison } from './poison.ts';
import { repeated } from './repeated.ts';
import { restarted } from './restarted.ts';
import { restored } from './restored.ts';
import type { Scene } from './scene.ts';
import { smoked } from './smoked.ts';
import { tokens } from './tokens.ts';

/** What is tried after the walk-throughs, in this order: the last ones leave the emulator another than they found it. */
export const scenes: readonly Scene[] = [
  tokens,
  smoked,
  guideFollowed,
  repeated,
  moneyAndParcel,
  deadLetters,
  poison,
  changed,
  restarted,
  restored,
];

import type { Pack } from '../../schemas/pack.ts';
import { absentComparison } from './absent-comparison.ts';
import { automaticCycle } from './automatic-cycle.ts';
import { closedGoto } from './closed-goto.ts';
import { deadEnd } from './dead-end.ts';
import { duplicateStep } from './duplicate-step.ts';
import type { Check, Finding, PackCheck } from './finding.ts';
import { impossibleGuard } from './impossible-guard.ts';
import { lostProcess } from './lost-process.ts';
import { missingTranslation } from './missing-translation.ts';
import { personalLeak } from './personal-leak.ts';
import { requirementIds } from './requirement-ids.ts';
import { richExpression } from './rich-expression.ts';
import { settingBounds } from './setting-bounds.ts';
import { borrowedNumber, sharedCounter } from './shared-counter.ts';
import { silentTimer } from './silent-timer.ts';
import { unfitParcel } from './unfit-parcel.ts';
import { unfitPart } from './unfit-part.ts';
import { unfitTracking } from './unfit-tracking.ts';
import { unknownCardField } from './unknown-card-field.ts';
import { unknownCopy } from './unknown-copy.ts';
import { unknownField } from './unknown-field.ts';
import { unknownIntake } from './unknown-intake.ts';
import { unknownNames } from './unknown-names.ts';
import { unknownPlaceholder } from './unknown-placeholder.ts';
import { unknownReference } from './unknown-reference.ts';
import { unknownSetting } from './unknown-setting.ts';
import { unknownStage } from './unknown-stage.ts';
import { unknownThread } from './unknown-thread.ts';
import { unpayable } from './unpayable.ts';
import { unreachableStage } from './unreachable-stage.ts';
import { waitingMoney } from './waiting-money.ts';

const ofPipelines: Check[] = [
  unknownStage,
  unknownField,
  unknownNames,
  unknownSetting,
  unknownThread,
  unknownCopy,
  unfitPart,
  unfitParcel,
  unfitTracking,
  lostProcess,
  unknownCardField,
  unreachableStage,
  deadEnd,
  closedGoto,
  silentTimer,
  automaticCycle,
  impossibleGuard,
  duplicateStep,
  waitingMoney,
  unpayable,
  borrowedNumber,
  absentComparison,
  richExpression,
  personalLeak,
  requirementIds,
];
const ofPacks: PackCheck[] = [
  missingTranslation,
  unknownPlaceholder,
  unknownReference,
  settingBounds,
  unknownIntake,
  sharedCounter,
];

/** Everything wrong with a pack, all of it in one run. Empty for a pack that may be deployed. */
export const lint = (pack: Pack): Finding[] => [
  ...pack.pipelines.flatMap((pipeline) =>
    ofPipelines
      .flatMap((check) => check(pack, pipeline))
      .map((found) => ({ ...found, file: `statemachines/packs/${pack.id}/${pipeline.id}.ts` })),
  ),
  ...ofPacks.flatMap((check) => check(pack)),
];

import type { Setting } from '../../schemas/pack.ts';
import { type Duration, isClockTime, secondsOf } from '../../schemas/time.ts';
import { finding, type PackCheck } from './finding.ts';

/** A setting whose value is out of its own bounds. */
export const settingBounds: PackCheck = (pack) =>
  Object.entries(pack.settings).flatMap(([id, setting]) => {
    const { value, min, max } = figures(setting);
    return value !== undefined && ((min !== undefined && value < min) || (max !== undefined && value > max))
      ? [
          finding(
            'setting-bounds',
            `${pack.id} settings ${id}`,
            `the value ${JSON.stringify('value' in setting ? setting.value : undefined)} is out of its bounds; widen them or choose a value between`,
          ),
        ]
      : [];
  });

type Figures = { value?: number | undefined; min?: number | undefined; max?: number | undefined };

function figures(setting: Setting): Figures {
  switch (setting.type) {
    case 'duration':
      return { value: seconds(setting.value), min: seconds(setting.min), max: seconds(setting.max) };
    case 'number':
      return setting;
    case 'user':
    case 'boolean':
      return {};
    default:
      return setting satisfies never;
  }
}

/** Working time has no length without a calendar, so it is bound by nothing here. */
function seconds(duration: Duration | undefined): number | undefined {
  return duration && isClockTime(duration) ? secondsOf(duration) : undefined;
}

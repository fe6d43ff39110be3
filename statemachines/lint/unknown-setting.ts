import { type Check, finding, list } from './finding.ts';
import { mentions } from './mentions.ts';

/** A setting that the pack does not have, or that is of another type than its place needs. */
export const unknownSetting: Check = (pack, pipeline) =>
  mentions(pipeline).flatMap(({ kind, name, path, type }) => {
    if (kind !== 'setting') return [];
    const setting = pack.settings[name];
    if (setting?.type === type) return [];
    const would = Object.entries(pack.settings)
      .filter(([, one]) => one.type === type)
      .map(([id]) => id);
    return [
      finding(
        'unknown-setting',
        path,
        `"${name}" is ${setting ? `a ${setting.type}` : 'no setting of this pack'}; settings of type ${type} are ${list(would)}`,
      ),
    ];
  });

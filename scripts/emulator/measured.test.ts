import { expect, test } from 'vitest';
import { measured } from '../../local/template/emulator.ts';
import { pythonTools } from '../python.ts';
import { probes } from './probes.ts';

test('what is said of the emulator was measured of the version that is pinned, by all probes that there are', () => {
  const { emulator, fields } = measured();

  // Measure again: node scripts/emulator-support.ts <folder of recorded cases>
  expect(emulator).toBe(`MiniStack ${pythonTools.ministack}`);
  expect(probes.flatMap(({ shows }) => shows).filter((key) => !(key in fields))).toEqual([]);
});

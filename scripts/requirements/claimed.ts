/** Requirements under these prefixes are claimed to be met: each has to be proven by a test, or by the test of its seam. */
export const claimed: readonly string[] = [
  'IN-X',
  'IN-G',
  'IN-S',
  'IN-C',
  'IN-T',
  'IN-R',
  'FU',
  'FW',
  'CO',
  'CL',
];

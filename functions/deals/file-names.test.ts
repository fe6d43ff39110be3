import { expect, test } from 'vitest';
import { cleanName, objectKey } from './file-names.ts';

test.each([
  ['folders', '../../etc/passwd.pdf', 'passwd.pdf'],
  ['folders of Windows', 'C:\\temp\\КП.pdf', 'КП.pdf'],
  ['leading dots', '...КП.pdf', 'КП.pdf'],
  ['control characters and quotes', 'a\u0000"b\n.pdf', 'a__b_.pdf'],
  ['nothing but an ending', '.pdf', 'pdf'],
  ['what is too long, the ending kept', `${'я'.repeat(300)}.pdf`, `${'я'.repeat(116)}.pdf`],
])('a name loses %s', (_, given, clean) => {
  expect(cleanName(given)).toBe(clean);
});

test('a place in the bucket is ASCII', () => {
  expect(objectKey('d1', 'f1', 'КП №7 (new).pdf')).toBe('files/d1/f1/_7_new_.pdf');
});

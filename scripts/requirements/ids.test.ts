import { describe, expect, test } from 'vitest';
import { byId, idsOfPage, idsOfSource, idsOfTitle } from './ids.ts';

describe('a test title', () => {
  test.each([
    ['it ends [IN-G-02.3]', ['IN-G-02.3']],
    ['it ends [IN-G-02.3, CL-06.10]', ['IN-G-02.3', 'CL-06.10']],
    ['[IN-G-02.3] stands elsewhere', []],
    ['it ends without', []],
    ['it ends with something else [see there]', []],
  ])('%s', (title, ids) => {
    expect(idsOfTitle(title)).toEqual(ids);
  });
});

test('a source names requirements in brackets, each once', () => {
  const source = `
    // IN-G-09.9 is spoken of here
    test('one [IN-G-02.3, IN-G-02.4]', () => {});
    test.for(rows)(
      '%s [IN-G-02.4]',
      () => {},
    );`;

  expect(idsOfSource(source)).toEqual(['IN-G-02.3', 'IN-G-02.4']);
});

test('a page defines what its lists begin with; two ids are two requirements, a mention is none', () => {
  const page = `
- **IN-G-04.1 / IN-S-04.1** [S] **When** a thing happens **Do** what IN-G-01.1 says.
- **CL-06.9** text
  - **IN-X-09.9** deeper
text about **IN-X-00.1**`;

  expect(idsOfPage(page)).toEqual(['IN-G-04.1', 'IN-S-04.1', 'CL-06.9']);
});

test('numbers count as numbers', () => {
  expect(['IN-G-03.10', 'IN-G-03.2', 'IN-C-01.1'].sort(byId)).toEqual([
    'IN-C-01.1',
    'IN-G-03.2',
    'IN-G-03.10',
  ]);
});

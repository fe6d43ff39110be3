import type { Pack } from '../../schemas/pack.ts';
import { about } from './about.ts';
import { languagesOf } from './languages.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** The list of the companies' pages, and of their pipelines as pictures. */
export const indexOf = (packs: readonly Pack[]): string => `# The companies

Every pack is the processes of one kind of company. Its page is made from the definition, and says what its people would:
who does what by when, who is told if not, what each may see, what is written to whom.

${packs
  .map(
    (pack) => `## ${pack.title.en}

${about[pack.id]?.en ?? ''}

The page: ${languagesOf(pack)
      .map((language) => `[${language}](${pack.id}.${language}.md)`)
      .join(
        ', ',
      )}. Its rights: [by role](../security/authorisation-${pack.id}.md). Played: \`npm run demo -- ${pack.id}\`.

${[
  ['pipeline', 'picture', 'words'],
  ['---', '---', '---'],
  ...pack.pipelines.map(({ id, title }) => [
    title.en,
    `[svg](../diagrams/${pack.id}-${id}.en.svg)`,
    `[md](../diagrams/${pack.id}-${id}.en.md)`,
  ]),
]
  .map(row)
  .join('\n')}
`,
  )
  .join('\n')}
These pages are written by \`npm run generate\`.
`;

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { support } from './support.ts';

const begin = '<!-- resources:begin -->';
const end = '<!-- resources:end -->';

/** The section of `docs/local-support.md` about resources, from the table that the loader itself goes by. */
export const supportSection = (): string => {
  const rows = Object.entries(support).map(([type, known]) => {
    if (known.as !== 'run') return `| \`${type}\` | ${known.as} | ${known.why} |`;
    const byReason = Map.groupBy(Object.entries(known.properties), ([, property]) =>
      property.as === 'run' ? '' : property.why,
    );
    const said = [...byReason].map(([why, properties]) => {
      const names = properties.map(([name]) => `\`${name}\``).join(', ');
      return why === '' ? names : `without effect: ${names} (${why})`;
    });
    return `| \`${type}\` | run | ${said.join('; ')} |`;
  });
  return [
    begin,
    '## Resources',
    '',
    'What the local runtime does with each resource type of a CloudFormation template. **run**: it acts on the properties',
    'listed; **inert**: it means nothing on one machine, for the reason given; **refused**, like every type and property that',
    'is not in this table: the runtime stops and names them all. Written by `node local/template/support-doc.ts`.',
    '',
    '| type | here | properties and reasons |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'Intrinsic functions: `Ref`, `Fn::GetAtt`, `Fn::Sub`, `Fn::Join`, `Fn::Select`, `Fn::Split`, `Fn::If`, `Fn::FindInMap`,',
    '`Fn::ImportValue` between the templates of one app, and conditions. Others are refused.',
    end,
  ].join('\n');
};

/** `text` with the section between its marks replaced, or added at the end. */
export const withSection = (text: string, section: string): string => {
  const from = text.indexOf(begin);
  const to = text.indexOf(end);
  if (from < 0 || to < from) return `${text.trimEnd()}${text.trim() === '' ? '' : '\n\n'}${section}\n`;
  return text.slice(0, from) + section + text.slice(to + end.length);
};

if (import.meta.main) {
  const file = join(import.meta.dirname, '..', '..', 'docs', 'local-support.md');
  writeFileSync(
    file,
    withSection(existsSync(file) ? readFileSync(file, 'utf8') : '# What runs locally\n', supportSection()),
  );
}

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { synthesize } from '../../infra/synthesize.ts';
import { machines } from '../../statemachines/machines.ts';
import { type Finding, type Measured, measured, type ResourceFinding } from './emulator.ts';
import { support } from './support.ts';
import { type Definition, usedFields } from './used-fields.ts';

const begin = '<!-- resources:begin -->';
const end = '<!-- resources:end -->';

export type Used = {
  /** Properties that the app's templates give, by resource type. */
  readonly properties: Readonly<Record<string, readonly string[]>>;
  /** Fields that the compiled machines use, see {@link usedFields}. */
  readonly fields: readonly string[];
};

/** What the app's templates use, of both stages that differ. */
export const used = async (): Promise<Used> => {
  const properties: Record<string, string[]> = {};
  for (const stage of ['dev', 'prod']) {
    const { templates } = await synthesize({ stage, bundle: false, nag: false });
    for (const { Resources } of templates as {
      Resources: Record<string, { Type: string; Properties?: object }>;
    }[])
      for (const { Type, Properties = {} } of Object.values(Resources))
        properties[Type] = [...new Set([...(properties[Type] ?? []), ...Object.keys(Properties)])].sort();
  }
  return {
    properties,
    fields: usedFields(machines().map(({ definition }) => definition as Definition)),
  };
};

/** Names as code; what is said in words (`a fresh token after each time-out`) as it is. */
const names = (list: readonly string[]): string =>
  list.map((name) => (/^\S+( \(expression\))?(, token)?$/.test(name) ? `\`${name}\`` : name)).join(', ');

const hereOf = (type: string): { readonly as: string; readonly said: string } => {
  const known = support[type];
  if (known === undefined) return { as: 'refused', said: 'not known' };
  if (known.as !== 'run') return { as: known.as, said: known.why };
  const byReason = Map.groupBy(Object.entries(known.properties), ([, property]) =>
    property.as === 'run' ? '' : property.why,
  );
  const said = [...byReason].map(([why, properties]) => {
    const listed = names(properties.map(([name]) => name));
    return why === '' ? listed : `without effect: ${listed} (${why})`;
  });
  return { as: 'run', said: said.join('; ') };
};

/** What the emulator makes of a type, in a cell; a type that no template uses is none of its business. */
const thereOf = (given: readonly string[] | undefined, found: ResourceFinding | undefined): string => {
  if (given === undefined) return '–';
  if (found === undefined) return 'not measured';
  if (!found.known) return '**no**: a template with it is refused';
  const fresh = given.filter((name) => !found.given.includes(name));
  return [
    found.made === found.of ? 'yes' : `**partly**, ${found.made} of ${found.of}`,
    ...found.refused,
    ...(found.unread.length === 0 ? [] : [`not read: ${names(found.unread)}`]),
    ...(fresh.length === 0 ? [] : [`not measured: ${names(fresh)}`]),
  ].join('; ');
};

/** A task with a token is as one without where it was not measured apart. */
const findingOf = (fields: Measured['fields'], key: string): Finding | undefined =>
  fields[key] ?? fields[key.replace(', token', '')];

const cell = (finding: Finding | undefined): string => {
  if (finding === undefined) return 'not measured';
  return finding === true ? 'yes' : `**no**: ${finding.replaceAll('|', '\\|')}`;
};

const fieldRows = (fields: readonly string[], measured: Measured): string[] => {
  const shown = Object.keys(measured.fields);
  const beyond = shown.filter(
    (key) => !fields.some((field) => field === key || field.replace(', token', '') === key),
  );
  // Fields that do alike stand in one row, so that those that do not are seen.
  const row = (list: readonly string[], verdict: string): string => `| ${names(list)} | yes | ${verdict} |`;
  const rows = (list: readonly string[]): string[] => {
    const alike = Map.groupBy(list, (key) => cell(findingOf(measured.fields, key)));
    return [...alike].sort(([a], [b]) => (a < b ? -1 : 1)).map(([verdict, keys]) => row(keys, verdict));
  };
  return [
    `| used by the machines | here | ${measured.emulator} |`,
    '| --- | --- | --- |',
    ...rows(fields),
    '',
    `| not used by them, and calls | here | ${measured.emulator} |`,
    '| --- | --- | --- |',
    ...rows(beyond),
  ];
};

const caseRows = ({ emulator, cases }: Measured): string[] => {
  const played = Object.values(cases.agreed).reduce((sum, n) => sum + n, 0);
  const topics = [
    ...new Set([...Object.keys(cases.agreed), ...cases.departed.map(({ topic }) => topic)]),
  ].sort();
  const skipped = Object.entries(cases.skipped).map(([why, n]) => `${n} need ${why}`);
  return [
    `Of ${cases.recorded} cases recorded from the service, ${skipped.join(', ')} and were not played there; of the others`,
    `${played} of ${played + cases.departed.length} come out of ${emulator} with the recorded status, output and error.`,
    '',
    '| topic | agree | otherwise |',
    '| --- | --- | --- |',
    ...topics.map((topic) => {
      const departed = cases.departed.filter((one) => one.topic === topic);
      const agreed = cases.agreed[topic] ?? 0;
      const ways = Map.groupBy(departed, ({ how }) => how.replaceAll('|', '\\|').replaceAll('<', '&lt;'));
      const said = [...ways].map(([how, list]) =>
        list.length === 1 ? how : `${how} (${list.length} times)`,
      );
      return `| ${topic} | ${agreed} of ${agreed + departed.length} | ${said.join('; ')} |`;
    }),
  ];
};

/** The section of `docs/local-support.md` about what the templates use, from the tables that loader and rehearsal go by. */
export const supportSection = ({ properties, fields }: Used, found: Measured): string => {
  const types = [...new Set([...Object.keys(support), ...Object.keys(properties)])].sort();
  return [
    begin,
    '## Fields that the machines use',
    '',
    'Every field, function and part of the context in the compiled machines of all packs, here and in the emulator that',
    'rehearsals deploy to. The states engine refuses a field that it does not know, so what is used is run; the small machines',
    'that the emulator was measured by are played here too (`scripts/emulator/probes.ts`). “token” means a task that waits for',
    `its token. What is said of the emulator was measured of ${found.emulator}, by \`node scripts/emulator-support.ts\`.`,
    '',
    ...fieldRows(fields, found),
    '',
    '### Recorded cases in the emulator',
    '',
    ...caseRows(found),
    '',
    '## Resources',
    '',
    'What the local runtime does with each resource type of a CloudFormation template. **run**: it acts on the properties',
    'listed; **inert**: it means nothing on one machine, for the reason given; **refused**, like every type and property that',
    'is not in this table: the runtime stops and names them all. The third column says how many of the resources of the app’s',
    'template came to stand in the emulator, and which of their properties its source never names; “–” where no template uses',
    'the type. Written by `node local/template/support-doc.ts`.',
    '',
    `| type | here | ${found.emulator} | properties and reasons, here |`,
    '| --- | --- | --- | --- |',
    ...types.map((type) => {
      const { as, said } = hereOf(type);
      return `| \`${type}\` | ${as} | ${thereOf(properties[type], found.resources[type])} | ${said} |`;
    }),
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

export const supportPage = join(import.meta.dirname, '..', '..', 'docs', 'local-support.md');

if (import.meta.main) {
  const text = existsSync(supportPage) ? readFileSync(supportPage, 'utf8') : '# What runs locally\n';
  writeFileSync(supportPage, withSection(text, supportSection(await used(), measured())));
}

import { grantsOf, holderOf, scopeOf } from '../../functions/access/matrix.ts';
import { hiddenFields } from '../../functions/access/rights.ts';
import type { Desk, Pack, Setting } from '../../schemas/pack.ts';
import { Action, type Entity, type Grant, type Role } from '../../schemas/people.ts';
import type { Field, Pipeline } from '../../schemas/pipeline.ts';
import { type Language, say, type Text } from '../../schemas/text.ts';
import { sayCondition } from '../../statemachines/draw/condition.ts';
import { describe } from '../../statemachines/draw/describe.ts';
import { saySpan } from '../../statemachines/draw/phrases.ts';
import { fieldTitle, quoted, type Reading, stageTitle } from '../../statemachines/draw/reading.ts';
import { about } from './about.ts';
import type { Fault } from './faults.ts';
import { fieldKinds } from './field-kinds.ts';
import { words } from './words.ts';

const cellOf = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cellOf).join(' | ')} |`).join('\n');

const quotedField = (of: Reading, id: string): string => quoted(of, fieldTitle(of, id));

/** The page of a pack: who works there, how a deal goes, what people see and are told. Read aloud, it is the company's day. */
export const pageOf = (pack: Pack, language: Language, faults: readonly Fault[]): string => {
  const w = words[language];
  const t = (text: Text): string => say(text, language);
  const reading = (pipeline: Pipeline): Reading => ({ pack, pipeline, language });
  const anyPipeline = pack.pipelines[0] as Pipeline;
  const roleTitle = (id: string): string => {
    const role = pack.roles.find((one) => one.id === id);
    return role === undefined ? id : t(role.title);
  };
  const pipelineOf = (id: string): Pipeline => pack.pipelines.find((one) => one.id === id) ?? anyPipeline;

  const whose = ({ scope, stages, kinds }: Grant, pipeline: Pipeline): string => {
    const of = reading(pipeline);
    const on = stages?.map((id) => quoted(of, stageTitle(of, id))).join(', ');
    return [
      typeof scope === 'object' ? `${w.scopes.field} ${quotedField(of, scope.field)}` : w.scopes[scope],
      ...(on === undefined ? [] : [`${w.onStages} ${on}`]),
      ...(kinds === undefined ? [] : [`(${kinds.map((kind) => w.ledger[kind]).join(', ')})`]),
    ].join(' ');
  };
  /** `видит, меняет: свои; удаляет: все` */
  const may = (role: Role, entity: Entity, pipeline: Pipeline): string => {
    const byScope = new Map<string, string[]>();
    for (const action of Action.options) {
      const found = grantsOf(role, action, entity, pipeline.id).map((grant) => whose(grant, pipeline));
      for (const name of new Set(found)) byScope.set(name, [...(byScope.get(name) ?? []), w.actions[action]]);
    }
    return [...byScope].map(([name, actions]) => `${actions.join(', ')} ${name}`).join('; ');
  };
  const overPipelines = (role: Role, entity: Entity): string => {
    const said = Map.groupBy(pack.pipelines, (pipeline) => may(role, entity, pipeline));
    said.delete('');
    if (said.size === 0) return '—';
    const [only] = said;
    if (said.size === 1 && only?.[1].length === pack.pipelines.length) return only[0];
    return [...said]
      .map(([what, where]) => `${where.map(({ title }) => t(title)).join(', ')}: ${what}`)
      .join('; ');
  };
  const others = (role: Role): string =>
    Object.entries(w.entities)
      .flatMap(([entity, name]) => {
        const actions = Action.options.filter(
          (action) => scopeOf(role, action, entity as Entity) !== undefined,
        );
        return actions.length === 0
          ? []
          : [`${name}: ${actions.map((action) => w.actions[action]).join(', ')}`];
      })
      .join('; ') || '—';

  const kindOf = (field: Field): string => {
    const kind = fieldKinds[field.type][language];
    const options = 'options' in field ? Object.values(field.options).map(t).join(', ') : '';
    const money = 'currency' in field && field.currency !== undefined ? `, ${field.currency}` : '';
    return `${kind}${money}${options === '' ? '' : `: ${options}`}${field.system === true ? `, ${w.filled}` : ''}`;
  };
  const hiddenFrom = (pipeline: Pipeline): ((id: string) => string) => {
    const hidden = pack.roles.map((role) => [role, hiddenFields(holderOf(role, pack), pipeline)] as const);
    return (id) =>
      hidden
        .filter(([role, ids]) => ids.has(id) && scopeOf(role, 'view', 'deal', pipeline.id) !== undefined)
        .map(([role]) => t(role.title))
        .join(', ');
  };
  const fieldsOf = (pipeline: Pipeline): string => {
    const hidden = hiddenFrom(pipeline);
    return table(
      [w.field, w.kind, w.hiddenFrom],
      Object.entries(pipeline.fields).map(([id, field]) => [t(field.title), kindOf(field), hidden(id)]),
    );
  };

  const process = (pipeline: Pipeline): string => {
    const picture = `../diagrams/${pack.id}-${pipeline.id}.${language}.svg`;
    const stages = describe(pack, pipeline, language)
      .replace(/^# .*\n\n/, '')
      .replaceAll(/^## /gm, '#### ');
    return `### ${t(pipeline.title)}

![${t(pipeline.title)}](${picture})

${w.startsAt} ${quoted(reading(pipeline), t(pipeline.stages[pipeline.start]?.title ?? pipeline.title))}.

${stages.trim()}

#### ${w.fields}

${fieldsOf(pipeline)}
`;
  };

  const shown = (desk: Desk): string => {
    if (desk.kind === 'board') {
      const pipeline = pipelineOf(desk.pipeline);
      return `${w.board} ${quoted(reading(pipeline), t(pipeline.title))}`;
    }
    if (desk.kind === 'tasks') return desk.of === 'task' ? w.tasks : w.approvals;
    if (desk.kind === 'visits') return w.visits;
    if (desk.kind === 'favourites')
      return `${w.favourites}: ${desk.columns.map((id) => fieldTitle(reading(pipelineOf(desk.pipeline)), id)).join(', ')}`;
    if (desk.kind === 'crews')
      return `${w.crews}: ${desk.of.map((id) => t(pack.roles.find((role) => role.id === id)?.title ?? { ru: id, en: id })).join(', ')}`;
    if (desk.kind === 'intake') return w.letters;
    if (desk.kind === 'planner') {
      const of = reading(pipelineOf(desk.pipeline));
      return `${w.planner}: ${quotedField(of, desk.person)}, ${quotedField(of, desk.date)}`;
    }
    if (desk.kind === 'deals') {
      const [first = ''] = desk.pipelines;
      const of = reading(pipelineOf(first));
      const titleIn = (id: string): string => {
        const owner = desk.pipelines.find((one) => pipelineOf(one).fields[id] !== undefined) ?? first;
        return fieldTitle(reading(pipelineOf(owner)), id);
      };
      const columns = desk.columns.map(titleIn);
      const sorted = desk.sort === undefined ? '' : `; ${w.sortedBy} ${quotedField(of, desk.sort)}`;
      return `${desk.pipelines.map((id) => t(pipelineOf(id).title)).join(', ')}, ${w.where} ${sayCondition(of, desk.filter)}; ${w.columns}: ${columns.join(', ')}${sorted}`;
    }
    return desk satisfies never;
  };

  const settingValue = (setting: Setting): string => {
    if (setting.type === 'duration') return saySpan(reading(anyPipeline), setting.value);
    if (setting.type === 'boolean') return setting.value ? w.yes : w.no;
    if (setting.type === 'user')
      return pack.people.find(({ id }) => id === setting.value)?.name ?? setting.value ?? w.nobody;
    return String(setting.value);
  };
  const boundsOf = (setting: Setting): string => {
    if (setting.type === 'duration')
      return [setting.min, setting.max]
        .map((one) => (one === undefined ? '' : saySpan(reading(anyPipeline), one)))
        .join(' – ');
    if (setting.type === 'number') return `${setting.min ?? ''} – ${setting.max ?? ''}`;
    return '';
  };

  const sections: string[] = [
    `# ${t(pack.title)}`,
    about[pack.id] === undefined ? '' : t(about[pack.id] as Text),
    `${pack.company}. ${w.zone}: ${pack.zone}. ${w.currency}: ${pack.currency}. ${w.country}: ${w.countries[pack.country]}.
${w.play}: \`npm run demo -- ${pack.id}\`.`,
    `## ${w.processes}`,
    table(
      [w.process, '', w.stages, ''],
      pack.pipelines.map((pipeline) => [
        t(pipeline.title),
        w.kinds[pipeline.kind],
        String(Object.keys(pipeline.stages).length),
        `[${w.picture}](../diagrams/${pack.id}-${pipeline.id}.${language}.svg)`,
      ]),
    ),
    ...pack.pipelines.map(process),
    `## ${w.roles}`,
    table(
      [w.role, w.people, w.deals, w.money, w.lists],
      pack.roles.map((role) => [
        t(role.title),
        pack.people
          .filter(({ roles }) => roles.includes(role.id))
          .map(({ name }) => name)
          .join(', '),
        overPipelines(role, 'deal'),
        overPipelines(role, 'ledger'),
        others(role),
      ]),
    ),
    `${w.override}: ${
      pack.roles
        .filter(({ override }) => override)
        .map(({ title }) => t(title))
        .join(', ') || '—'
    }.
[${w.rightsPage}](../security/authorisation-${pack.id}.md)`,
    `## ${w.desks}`,
    table(
      [w.desk, w.whose, w.shows],
      pack.desks.map((desk) => [t(desk.title), desk.roles.map(roleTitle).join(', '), shown(desk)]),
    ),
    `## ${w.settings}`,
    w.settingsSay,
    table(
      [w.setting, w.value, w.bounds],
      Object.values(pack.settings).map((setting) => [
        t(setting.title),
        settingValue(setting),
        boundsOf(setting),
      ]),
    ),
    `## ${w.messages}`,
    ...Object.values(pack.messages).map(
      ({ subject, body }) =>
        `**${t(subject)}**\n\n${t(body)
          .split('\n')
          .map((line) => `> ${line}`.trimEnd())
          .join('\n')}`,
    ),
    ...(pack.documents.length === 0
      ? []
      : [
          `## ${w.documents}`,
          table(
            [w.document, w.process, w.into],
            pack.documents.map(({ title, pipeline, field }) => [
              t(title),
              t(pipelineOf(pipeline).title),
              fieldTitle(reading(pipelineOf(pipeline)), field),
            ]),
          ),
        ]),
    ...(pack.directories.length === 0
      ? []
      : [
          `## ${w.directories}`,
          ...pack.directories.map(
            ({ title, entries }) =>
              `**${t(title)}**: ${entries
                .filter(({ active }) => active)
                .map((entry) => t(entry.title))
                .join(', ')}`,
          ),
        ]),
    ...(pack.cards === undefined
      ? []
      : [
          `## ${w.cards}`,
          ...(['company', 'contact'] as const).flatMap((card) => {
            const fields = Object.values(pack.cards?.[card] ?? {});
            return fields.length === 0
              ? []
              : [
                  `**${w[card]}**`,
                  table(
                    [w.field, w.kind],
                    fields.map((field) => [t(field.title), kindOf(field)]),
                  ),
                ];
          }),
        ]),
    ...(faults.length === 0
      ? []
      : [
          `## ${w.faults}`,
          table(
            [w.what, w.outcome, w.proof],
            faults.map(({ what, outcome, test }) => [t(what), t(outcome), test]),
          ),
        ]),
    `${w.made} \`npm run generate\`.`,
  ];
  return `${sections
    .map((section) => section.trim())
    .filter((section) => section !== '')
    .join('\n\n')}\n`;
};

import * as z from 'zod';
import { type Part, type PartType, parts } from './parts.ts';
import { references } from './references.ts';
import { createResolver, type RawResource, type RawTemplate, type Resolver } from './resolve.ts';
import { refusalOf, support } from './support.ts';
import { type Problem, UnsupportedTemplate } from './unsupported.ts';

/** A resource with its intrinsic functions carried out and its properties checked. */
export type Resource<T extends PartType = PartType> = {
  /** Of its template; followed by the template's place where an earlier one has it too. */
  logicalId: string;
  type: T;
  properties: Part<T>;
  metadata: Record<string, unknown>;
  /** What `Ref` and `Fn::GetAtt Arn` give. */
  ref: string;
  arn: string;
};

/** The templates of one app, ready to be run. */
export type LoadedTemplate = {
  /** The resources of a type that the runtime acts on, in the order of the template. */
  all<T extends PartType>(type: T): Resource<T>[];
  /** Resolved outputs by logical id. */
  outputs: Record<string, unknown>;
};

const Template = z.strictObject({
  AWSTemplateFormatVersion: z.unknown().optional(),
  Description: z.unknown().optional(),
  Metadata: z.unknown().optional(),
  Rules: z.unknown().optional(), // assertions about parameters, which a deployment makes
  Parameters: z
    .record(z.string(), z.looseObject({ Type: z.string(), Default: z.unknown().optional() }))
    .optional(),
  Conditions: z.record(z.string(), z.unknown()).optional(),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).optional(),
  Resources: z.record(
    z.string(),
    z.strictObject({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).optional(),
      Metadata: z.record(z.string(), z.unknown()).optional(),
      Condition: z.string().optional(),
      DependsOn: z.unknown().optional(),
      DeletionPolicy: z.unknown().optional(),
      UpdateReplacePolicy: z.unknown().optional(),
      UpdatePolicy: z.unknown().optional(),
    }),
  ),
  Outputs: z
    .record(
      z.string(),
      z.strictObject({
        Value: z.unknown(),
        Description: z.unknown().optional(),
        Condition: z.string().optional(),
        Export: z.strictObject({ Name: z.unknown() }).optional(),
      }),
    )
    .optional(),
});

/**
 * Reads one or more CloudFormation templates of an app; exports of one may be imported by another.
 *
 * @param options.sqsOrigin - where the local SQS answers: a queue's `Ref` is its URL
 * @param options.parameters - values instead of the defaults
 * @throws {UnsupportedTemplate} with everything that the runtime cannot do
 */
export const loadTemplate = (
  templates: unknown,
  options: { sqsOrigin?: string; parameters?: Record<string, unknown> } = {},
): LoadedTemplate => {
  const { sqsOrigin = 'http://127.0.0.1:4566', parameters = {} } = options;
  const problems: Problem[] = [];
  const report = (problem: Problem) => void problems.push(problem);

  const raws = (Array.isArray(templates) ? templates : [templates]).flatMap((template: unknown) => {
    const parsed = Template.safeParse(template);
    if (parsed.success) return [parsed.data as RawTemplate];
    for (const { path, message } of parsed.error.issues) {
      report({ logicalId: '', type: '', property: path.join('.'), reason: message });
    }
    return [];
  });
  if (problems.length > 0) throw new UnsupportedTemplate(problems);

  const stacks: { raw: RawTemplate; resolver: Resolver; called: Called }[] = [];
  const imported = (name: string, importer: Omit<Problem, 'reason'>): unknown => {
    for (const { raw, resolver } of stacks) {
      for (const [logicalId, output] of Object.entries(raw.Outputs ?? {})) {
        const at = { logicalId, type: 'output', property: 'Value' };
        if (output.Export !== undefined && resolver.value(output.Export.Name, at) === name) {
          return resolver.value(output.Value, at);
        }
      }
    }
    report({ ...importer, reason: `no template exports ${name}` });
    return '';
  };
  for (const [at, raw] of raws.entries()) {
    const before = raws.slice(0, at);
    // Unnamed resources are called by their logical ids here, and stacks may use the same ones.
    const called: Called = (logicalId) =>
      before.some(({ Resources }) => logicalId in Resources) ? `${logicalId}${at + 1}` : logicalId;
    const resolver = createResolver(raw, { sqsOrigin, parameters, called, imported, report });
    stacks.push({ raw, resolver, called });
  }

  const resources: Resource[] = [];
  const outputs: Record<string, unknown> = {};
  for (const { raw, resolver, called } of stacks) {
    for (const [logicalId, resource] of Object.entries(raw.Resources)) {
      if (!resolver.holds(resource.Condition)) continue;
      const loaded = loadResource(logicalId, called, resource, resolver, problems);
      if (loaded !== undefined) resources.push(loaded);
    }
    for (const [logicalId, output] of Object.entries(raw.Outputs ?? {})) {
      if (!resolver.holds(output.Condition)) continue;
      outputs[logicalId] = resolver.value(output.Value, { logicalId, type: 'output', property: 'Value' });
    }
  }
  if (problems.length > 0) throw new UnsupportedTemplate(problems);
  return {
    all: <T extends PartType>(type: T) =>
      resources.filter((resource): resource is Resource<T> => resource.type === type),
    outputs,
  };
};

type Called = (logicalId: string) => string;

const loadResource = (
  logicalId: string,
  called: Called,
  resource: RawResource,
  resolver: Resolver,
  problems: Problem[],
): Resource | undefined => {
  const { Type: type, Properties = {}, Metadata = {} } = resource;
  const report = (problem: Problem) => void problems.push(problem);
  const at = { logicalId, type, property: '' };
  const known = support[type];
  if (known === undefined) {
    report({ ...at, reason: 'this resource type is not known here' });
    return undefined;
  }
  if (known.as === 'refused') {
    report({ ...at, reason: known.why });
    return undefined;
  }
  for (const property of Object.keys(Properties)) {
    const reason = refusalOf(type, property);
    if (reason !== undefined) report({ ...at, property, reason });
  }
  if (known.as === 'inert') return undefined;

  const partType = type as PartType;
  const before = problems.length;
  const run = Object.fromEntries(
    Object.entries(Properties)
      .filter(([property]) => known.properties[property]?.as === 'run')
      .map(([property, raw]) => [property, resolver.value(raw, { ...at, property })]),
  );
  if (problems.length > before) return undefined; // its shape would only be complained of a second time
  const parsed = parts[partType].safeParse(run);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues)
      report({ ...at, property: path.join('.'), reason: message });
    return undefined;
  }
  const answers = references[type]?.atts ?? {};
  const arnName = Object.keys(answers).find((name) => name === 'Arn' || name === 'TopicArn');
  const asText = (expression: unknown) => String(resolver.value(expression, at));
  return {
    logicalId: called(logicalId),
    type: partType,
    properties: parsed.data as Part<PartType>,
    metadata: Metadata,
    ref: asText({ Ref: logicalId }),
    arn: arnName === undefined ? '' : asText({ 'Fn::GetAtt': [logicalId, arnName] }),
  };
};

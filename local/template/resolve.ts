import { place } from './place.ts';
import { references } from './references.ts';
import type { Problem } from './unsupported.ts';

type Json = unknown;
type JsonObject = Record<string, Json>;

/** A resource of a template as it is written. */
export type RawResource = {
  Type: string;
  Properties?: JsonObject;
  Metadata?: JsonObject;
  Condition?: string;
};

/** A template as it is written; only the sections that the resolver reads. */
export type RawTemplate = {
  Parameters?: Record<string, { Type: string; Default?: Json }>;
  Conditions?: Record<string, Json>;
  Mappings?: Record<string, Record<string, Record<string, Json>>>;
  Resources: Record<string, RawResource>;
  Outputs?: Record<string, { Value: Json; Export?: { Name: Json }; Condition?: string }>;
};

/** Resolves the intrinsic functions of one template. */
export type Resolver = {
  /** Whether the resource or output that names this condition exists. */
  holds(condition: string | undefined): boolean;
  /** The value with every intrinsic function carried out; what cannot be resolved is reported and becomes ''. */
  value(raw: Json, at: Omit<Problem, 'reason'>): Json;
};

const pseudo: Record<string, string> = {
  'AWS::AccountId': place.account,
  'AWS::Partition': 'aws',
  'AWS::Region': place.region,
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::StackName': 'local',
  'AWS::StackId': `arn:aws:cloudformation:${place.region}:${place.account}:stack/local/local`,
};

/** Stands for `AWS::NoValue` until the key or element that has it is dropped. */
const noValue = Symbol('AWS::NoValue');

const intrinsics = [
  'Ref',
  'Condition',
  'Fn::GetAtt',
  'Fn::Sub',
  'Fn::Join',
  'Fn::Select',
  'Fn::Split',
  'Fn::If',
  'Fn::FindInMap',
  'Fn::ImportValue',
  'Fn::Equals',
  'Fn::And',
  'Fn::Or',
  'Fn::Not',
];

/**
 * @param options.called - what a resource is called by where it has no name of its own; its logical id where absent
 * @param options.imported - the value another template exports under a name
 * @param options.report - takes what cannot be resolved
 */
export const createResolver = (
  template: RawTemplate,
  options: {
    sqsOrigin: string;
    parameters: Record<string, Json>;
    called?: (logicalId: string) => string;
    imported(name: string, at: Omit<Problem, 'reason'>): Json;
    report(problem: Problem): void;
  },
): Resolver => {
  const { report, called = (logicalId) => logicalId } = options;
  const open = new Set<string>();

  const guarded = <T>(key: string, at: Omit<Problem, 'reason'>, work: () => T): T | '' => {
    if (open.has(key)) {
      report({ ...at, reason: `${key} refers to itself in a circle` });
      return '';
    }
    open.add(key);
    try {
      return work();
    } finally {
      open.delete(key);
    }
  };

  const attribute = (logicalId: string, name: string | undefined, at: Omit<Problem, 'reason'>): Json => {
    const resource = template.Resources[logicalId];
    if (resource === undefined) {
      report({ ...at, reason: `"${logicalId}" is no resource or parameter of the template` });
      return '';
    }
    const answers = references[resource.Type];
    const answer = name === undefined ? answers?.ref : answers?.atts?.[name];
    if (answer === undefined) {
      const known = answers === undefined ? 'none' : ['Ref', ...Object.keys(answers.atts ?? {})].join(', ');
      const asked = name === undefined ? 'Ref' : `Fn::GetAtt ${name}`;
      report({
        ...at,
        reason: `${asked} of ${logicalId} (${resource.Type}) is not known here; known is ${known}`,
      });
      return '';
    }
    const text = (property: string): string | undefined => {
      const [head = '', ...rest] = property.split('.');
      const raw = resource.Properties?.[head];
      const where = { logicalId, type: resource.Type, property: head };
      const found = rest.reduce<Json>(
        (value, key) =>
          typeof value === 'object' && value !== null ? (value as JsonObject)[key] : undefined,
        raw === undefined ? undefined : value(raw, where),
      );
      return found === undefined ? undefined : String(found);
    };
    return guarded(`${logicalId}.${name ?? 'Ref'}`, at, () =>
      answer({ logicalId: called(logicalId), text, sqsOrigin: options.sqsOrigin }),
    );
  };

  const ref = (name: string, at: Omit<Problem, 'reason'>): Json => {
    if (name === 'AWS::NoValue') return noValue;
    const known = pseudo[name];
    if (known !== undefined) return known;
    const parameter = template.Parameters?.[name];
    if (parameter === undefined) return attribute(name, undefined, at);
    const given = options.parameters[name] ?? parameter.Default;
    if (given === undefined)
      report({ ...at, reason: `the parameter ${name} has no default, and no value was given` });
    return given ?? '';
  };

  const substituted = (raw: Json, at: Omit<Problem, 'reason'>): string => {
    const [text, own = {}] = (Array.isArray(raw) ? raw : [raw]) as [string, JsonObject?];
    return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal === '!') return `\${${name}}`;
      if (Object.hasOwn(own, name)) return String(value(own[name], at));
      const dot = name.indexOf('.');
      if (dot > 0) return String(attribute(name.slice(0, dot), name.slice(dot + 1), at));
      return String(ref(name, at));
    });
  };

  const list = (raw: Json, at: Omit<Problem, 'reason'>): Json[] => {
    const resolved = value(raw, at);
    return Array.isArray(resolved) ? resolved : [resolved];
  };

  const condition = (name: string, at: Omit<Problem, 'reason'>): boolean => {
    const raw = template.Conditions?.[name];
    if (raw === undefined) {
      report({ ...at, reason: `"${name}" is no condition of the template` });
      return false;
    }
    return guarded(`condition ${name}`, at, () => value(raw, at)) === true;
  };

  const call = (name: string, raw: Json, at: Omit<Problem, 'reason'>): Json => {
    switch (name) {
      case 'Ref':
        return ref(String(raw), at);
      case 'Condition':
        return condition(String(raw), at);
      case 'Fn::GetAtt': {
        const [logicalId = '', ...rest] = Array.isArray(raw) ? (raw as string[]) : String(raw).split('.');
        return attribute(logicalId, rest.map((part) => value(part, at)).join('.'), at);
      }
      case 'Fn::Sub':
        return substituted(raw, at);
      case 'Fn::Join': {
        const [separator, parts] = raw as [string, Json];
        return list(parts, at).map(String).join(separator);
      }
      case 'Fn::Select': {
        const [index, from] = raw as [Json, Json];
        return list(from, at)[Number(value(index, at))];
      }
      case 'Fn::Split': {
        const [separator, text] = raw as [string, Json];
        return String(value(text, at)).split(separator);
      }
      case 'Fn::If': {
        const [name, yes, no] = raw as [string, Json, Json];
        return resolved(condition(name, at) ? yes : no, at);
      }
      case 'Fn::FindInMap': {
        const [map, first, second] = (raw as Json[]).map((part) => String(value(part, at)));
        const found = template.Mappings?.[map ?? '']?.[first ?? '']?.[second ?? ''];
        if (found === undefined) report({ ...at, reason: `no mapping ${map}.${first}.${second}` });
        return found ?? '';
      }
      case 'Fn::ImportValue':
        return options.imported(String(value(raw, at)), at);
      case 'Fn::Equals': {
        const [left, right] = list(raw, at);
        return JSON.stringify(left) === JSON.stringify(right);
      }
      case 'Fn::And':
        return list(raw, at).every((one) => one === true);
      case 'Fn::Or':
        return list(raw, at).some((one) => one === true);
      case 'Fn::Not':
        return list(raw, at)[0] !== true;
      default:
        report({
          ...at,
          reason: `the function ${name} is not carried out here; those that are: ${intrinsics.join(', ')}`,
        });
        return '';
    }
  };

  const resolved = (raw: Json, at: Omit<Problem, 'reason'>): Json => {
    if (Array.isArray(raw)) return raw.map((one) => resolved(one, at)).filter((one) => one !== noValue);
    if (typeof raw !== 'object' || raw === null) return raw;
    const entries = Object.entries(raw);
    const [only] = entries;
    if (entries.length === 1 && only !== undefined) {
      const [name, argument] = only;
      // `Condition` is a function only where a name stands behind it: policies have a key of the same name.
      if (
        name === 'Ref' ||
        name.startsWith('Fn::') ||
        (name === 'Condition' && typeof argument === 'string')
      ) {
        return call(name, argument, at);
      }
    }
    return Object.fromEntries(
      entries.map(([key, one]) => [key, resolved(one, at)] as const).filter(([, one]) => one !== noValue),
    );
  };

  const value = (raw: Json, at: Omit<Problem, 'reason'>): Json => {
    const done = resolved(raw, at);
    return done === noValue ? undefined : done;
  };

  return {
    holds: (name) => name === undefined || condition(name, { logicalId: name, type: '', property: '' }),
    value,
  };
};

import { fixed, onlyFixed } from './summary-fixed.ts';
import type { Resource } from './testing.ts';

/** A resource that holds something, as far as a deployment could lose it. */
export type Kept = {
  readonly type: string;
  /** What CloudFormation does with it when it leaves the template, and with the old one when it is replaced. */
  readonly whenRemoved: string;
  readonly whenReplaced: string;
  /** Properties that the service cannot change in place. */
  readonly fixed: Readonly<Record<string, unknown>>;
  readonly settings: Readonly<Record<string, unknown>>;
};

export type Summary = {
  readonly kept: Readonly<Record<string, Kept>>;
  /**
   * The other types, which hold nothing: without numbers, since one more alarm endangers nothing. Named at all so that a type
   * that comes in is judged once, as one that holds something or not.
   */
  readonly others: readonly string[];
};

type Template = Readonly<Record<string, Resource & { readonly UpdateReplacePolicy?: string }>>;

const sorted = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));

const kept = ({
  Type,
  Properties = {},
  DeletionPolicy = 'Delete',
  UpdateReplacePolicy = 'Delete',
}: Template[string]): Kept => {
  const isFixed = ([name]: [string, unknown]): boolean => fixed[Type]?.includes(name) ?? false;
  const properties = Object.entries(Properties);
  return {
    type: Type,
    whenRemoved: DeletionPolicy,
    whenReplaced: UpdateReplacePolicy,
    fixed: sorted(properties.filter(isFixed)),
    settings: onlyFixed.has(Type) ? {} : sorted(properties.filter((one) => !isFixed(one))),
  };
};

/** What of a template's resources a deployment could lose. */
export const summarize = (resources: Template): Summary => {
  const all = Object.entries(resources);
  return {
    kept: sorted(all.filter(([, { Type }]) => Type in fixed).map(([id, one]) => [id, kept(one)])),
    others: [...new Set(all.map(([, { Type }]) => Type).filter((type) => !(type in fixed)))].sort(),
  };
};

/** JSON with a line a property, so that a change of one reads as one. */
export const printed = ({ kept, others }: Summary): string => {
  const lines = (properties: Readonly<Record<string, unknown>>, indent: string): string => {
    const each = Object.entries(properties).map(
      ([name, value]) => `${indent}  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
    );
    return each.length === 0 ? '{}' : `{\n${each.join(',\n')}\n${indent}}`;
  };
  const blocks = Object.entries(kept).map(
    ([id, { fixed, settings, ...rest }]) =>
      `    ${JSON.stringify(id)}: {\n${Object.entries(rest)
        .map(([name, value]) => `      ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
        .join(
          '',
        )}      "fixed": ${lines(fixed, '      ')},\n      "settings": ${lines(settings, '      ')}\n    }`,
  );
  const types = others.map((type) => `    ${JSON.stringify(type)}`).join(',\n');
  return `{\n  "kept": {\n${blocks.join(',\n')}\n  },\n  "others": [\n${types}\n  ]\n}\n`;
};

import type { Pipeline } from '../../schemas/pipeline.ts';
import { below, type Node } from '../compile/syntax.ts';
import { isPresent, pathIn, tree } from './facts.ts';
import { type Check, finding } from './finding.ts';
import { expressions } from './mentions.ts';

const traps = ['!=', '<', '<=', '>', '>='];

/**
 * A comparison that quietly fails on an empty field. In JSONata nothing compares with an absent value: `x != 'a'` is
 * no more true of an empty `x` than `x = 'a'`.
 */
export const absentComparison: Check = (_, pipeline) =>
  expressions(pipeline)
    .filter(({ what }) => what !== 'formula') // a figure made of an absent one is absent, as it should be
    .flatMap(({ expression, path, what }) => {
      const node = tree(expression);
      const bare = node ? [...new Set(bareIn(node, new Set(), pipeline))] : [];
      return bare.map((name) =>
        finding(
          'absent-comparison',
          path,
          `${what} "${expression}" compares "${name}", which may be empty, and then never holds; say "$exists(${name}) and …" or "$exists(${name}) = false or …"`,
        ),
      );
    });

/** The paths compared without being sure of a value, given those that are sure. */
function bareIn(node: Node, sure: ReadonlySet<string>, pipeline: Pipeline): string[] {
  const { lhs, rhs } = sides(node);
  if (node.type === 'binary' && lhs && rhs) {
    const with_ = (names: readonly string[]): Set<string> => new Set([...sure, ...names]);
    if (node.value === 'and')
      return [
        ...bareIn(lhs, with_(presentIf(rhs)), pipeline),
        ...bareIn(rhs, with_(presentIf(lhs)), pipeline),
      ];
    if (node.value === 'or')
      return [...bareIn(lhs, with_(absentIf(rhs)), pipeline), ...bareIn(rhs, with_(absentIf(lhs)), pipeline)];
    if (traps.includes(String(node.value)))
      return [lhs, rhs].flatMap((side) => {
        const path = pathIn(side);
        return path !== undefined && !sure.has(path) && !isPresent(pipeline, path) ? [path] : [];
      });
  }
  return below(node).flatMap((child) => bareIn(child, sure, pipeline));
}

/** The paths that have a value where the node holds. */
function presentIf(node: Node): string[] {
  const inner = unwrap(node);
  const { lhs, rhs } = sides(inner);
  if (inner.value === 'and' && lhs && rhs) return [...presentIf(lhs), ...presentIf(rhs)];
  const path = asked(inner);
  return path === undefined ? [] : [path];
}

/** The paths that have a value where the node does not hold. */
function absentIf(node: Node): string[] {
  const inner = unwrap(node);
  const { lhs, rhs } = sides(inner);
  if (inner.value === 'or' && lhs && rhs) return [...absentIf(lhs), ...absentIf(rhs)];
  const path =
    inner.value === '=' && lhs && rhs?.value === false
      ? asked(lhs)
      : named(inner) === 'not' && inner.arguments?.[0]
        ? asked(inner.arguments[0])
        : undefined;
  return path === undefined ? [] : [path];
}

/** The path of `$exists(path)`. */
function asked(node: Node): string | undefined {
  const argument = node.arguments?.[0];
  return named(node) === 'exists' && argument ? pathIn(argument) : undefined;
}

const named = (node: Node): unknown => (node.type === 'function' ? node.procedure?.value : undefined);

function unwrap(node: Node): Node {
  const [only, ...more] = node.type === 'block' ? (node.expressions ?? []) : [];
  return only && more.length === 0 ? unwrap(only) : node;
}

function sides({ lhs, rhs }: Node): { lhs: Node | undefined; rhs: Node | undefined } {
  return { lhs: lhs && 'type' in lhs ? lhs : undefined, rhs };
}

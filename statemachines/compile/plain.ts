import { below, type Node, parse } from './syntax.ts';

const operators = new Set(['=', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or', '&', '+', '-']);
const functions = new Set(['exists', 'merge', 'not']);

const allowed =
  'paths, literals, = != < <= > >= in, and, or, &, + and -, the conditional, $exists, $not and $merge';

/** What each kind of node may carry; a key beyond it is syntax that the plain part has no word for. */
const keys: Record<string, readonly string[]> = {
  path: ['steps'],
  name: ['value', 'stages'],
  variable: ['value'],
  string: ['value'],
  number: ['value'],
  value: ['value'],
  binary: ['value', 'lhs', 'rhs'],
  unary: ['value', 'lhs', 'expression', 'expressions'],
  condition: ['condition', 'then', 'else'],
  block: ['expressions'],
  function: ['value', 'procedure', 'arguments'],
  filter: ['expr'],
};

/**
 * What makes an expression richer than state machines here may be: `undefined` if nothing does. The rest is for a
 * computed field: it is tested there, reads better in the console and runs on every emulator.
 *
 * @param roots variables a path may begin with; an author's condition has none
 */
export const isPlain = (expression: string, roots: readonly string[] = []): string | undefined => {
  try {
    const odd = oddity(parse(expression), roots);
    return odd === undefined ? undefined : `${odd}; plain are ${allowed}`;
  } catch (error) {
    return `it is no JSONata: ${error instanceof Error ? error.message : (error as { message?: string }).message}`;
  }
};

const oddity = (node: Node, roots: readonly string[]): string | undefined => {
  const known = keys[node.type];
  if (!known) return `it uses ${said(node)}`;
  const extra = Object.entries(node).find(
    ([key, value]) => value !== undefined && key !== 'type' && key !== 'position' && !known.includes(key),
  );
  if (extra !== undefined) return `it uses ${extra[0]} on ${said(node)}`;
  const own = ownOddity(node, roots);
  if (own !== undefined) return own;
  for (const child of below(node)) {
    const odd = oddity(child, roots);
    if (odd !== undefined) return odd;
  }
  return undefined;
};

const ownOddity = (node: Node, roots: readonly string[]): string | undefined => {
  switch (node.type) {
    case 'binary':
      return operators.has(String(node.value)) ? undefined : `it uses the operator ${node.value}`;
    case 'function': {
      const name = node.procedure?.type === 'variable' ? String(node.procedure.value) : '';
      return functions.has(name) ? undefined : `it calls $${name}`;
    }
    case 'variable':
      return roots.includes(String(node.value)) ? undefined : `it reads the variable $${node.value}`;
    case 'path': {
      const [head, ...rest] = node.steps ?? [];
      if (head?.type !== 'name' && head?.type !== 'variable') return `its path begins with ${said(head)}`;
      const stray = rest.find(({ type }) => type !== 'name');
      return stray && `its path goes through ${said(stray)}`;
    }
    case 'filter':
      return node.expr?.type === 'number' || node.expr?.type === 'path'
        ? undefined
        : 'it filters a list, where only an index is plain';
    case 'block':
      return node.expressions?.length === 1 ? undefined : 'it is a sequence of expressions';
    default:
      return undefined;
  }
};

const said = (node: Node | undefined): string =>
  node === undefined
    ? 'nothing'
    : node.value === undefined
      ? `a ${node.type}`
      : `a ${node.type} "${node.value}"`;

import jsonata from 'jsonata';

/** A node of the tree the JSONata parser gives; only the parts the compiler reads. */
export type Node = {
  readonly type: string;
  readonly value?: unknown;
  readonly position?: number;
  readonly steps?: readonly Node[];
  readonly stages?: readonly Node[];
  readonly expr?: Node;
  readonly lhs?: Node | readonly (readonly [Node, Node])[];
  readonly rhs?: Node;
  readonly expression?: Node;
  readonly expressions?: readonly Node[];
  readonly condition?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly procedure?: Node;
  readonly arguments?: readonly Node[];
};

const parsed = new Map<string, Node>(); // a pack says the same few conditions again and again

/**
 * The tree of an expression, by the parser that Step Functions uses.
 *
 * @throws {Error} the parser's own, which tells the position
 */
export const parse = (expression: string): Node => {
  const known = parsed.get(expression);
  if (known) return known;
  const tree = jsonata(expression).ast() as Node;
  parsed.set(expression, tree);
  return tree;
};

/** The nodes directly below a node, in the order they are written. */
export const below = (node: Node): readonly Node[] => [
  ...(node.steps ?? []),
  ...(node.stages ?? []),
  ...(node.expr ? [node.expr] : []),
  ...(isPairs(node.lhs) ? node.lhs.flat() : node.lhs ? [node.lhs] : []),
  ...(node.rhs ? [node.rhs] : []),
  ...(node.expression ? [node.expression] : []),
  ...(node.expressions ?? []),
  ...(node.condition ? [node.condition] : []),
  ...(node.then ? [node.then] : []),
  ...(node.else ? [node.else] : []),
  ...(node.arguments ?? []),
];

export const isPairs = (side: Node['lhs']): side is readonly (readonly [Node, Node])[] => Array.isArray(side);

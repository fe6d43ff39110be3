import { below, type Node, parse } from '../compile/syntax.ts';
import { parcelStateName } from './parcel.ts';
import { fieldTitle, outcomeName, pick, quoted, type Reading, stageTitle, titleOf } from './reading.ts';

/** A condition as a manager says it: «Условие доставки» — «Самовывоз». What has no such words stays JSONata. */
export const sayCondition = (reading: Reading, expression: string): string =>
  speak(reading, parse(expression));

function speak(reading: Reading, node: Node): string {
  const plain = unwrap(node);
  if (plain.type === 'binary' && (plain.value === 'and' || plain.value === 'or')) {
    const parts = partsOf(plain, plain.value).filter((part, _, all) => !isCaution(part, all));
    const said = parts.map((part) =>
      isEither(part) && parts.length > 1 ? `(${speak(reading, part)})` : speak(reading, part),
    );
    return said.join(plain.value === 'and' ? pick(reading, ' и ', ' and ') : pick(reading, ' или ', ' or '));
  }
  if (plain.type === 'binary') return comparison(reading, plain);
  const path = asked(plain);
  if (path !== undefined)
    return pick(reading, `заполнено ${title(reading, path)}`, `${title(reading, path)} is filled`);
  const named = pathOf(plain);
  if (named !== undefined) return title(reading, named);
  if (plain.type === 'condition') return eitherOr(reading, plain);
  if (plain.type === 'value')
    return plain.value === true ? pick(reading, 'всегда', 'always') : pick(reading, 'никогда', 'never');
  return source(plain);
}

/** One of two values: `$exists(x) ? x + 1 : 1` counts on, `$exists(x) ? x : y` falls back. */
function eitherOr(reading: Reading, { condition, then, else: other }: Node): string {
  if (!condition || !then || !other) return '';
  const kept = asked(unwrap(condition));
  if (kept !== undefined && pathOf(unwrap(then)) === kept)
    return pick(
      reading,
      `${title(reading, kept)}, а где не заполнено — ${speak(reading, other)}`,
      `${title(reading, kept)}, where it is empty ${speak(reading, other)}`,
    );
  if (kept !== undefined && source(then) === `${kept} + 1` && source(other) === '1')
    return pick(reading, 'на единицу больше', 'one more');
  return pick(
    reading,
    `${said(reading, then)}, если ${speak(reading, condition)}, иначе ${said(reading, other)}`,
    `${said(reading, then)} if ${speak(reading, condition)}, else ${said(reading, other)}`,
  );
}

/** A value as it stands, or what is said of a path or a condition. */
const said = (reading: Reading, node: Node): string =>
  typeof node.value === 'string' && node.type === 'string' ? node.value : speak(reading, node);

function comparison(reading: Reading, node: Node): string {
  const lhs = node.lhs && 'type' in node.lhs ? node.lhs : undefined;
  const rhs = node.rhs;
  const absent = lhs && asked(lhs);
  if (absent !== undefined && rhs?.value === false)
    return pick(reading, `не заполнено ${title(reading, absent)}`, `${title(reading, absent)} is empty`);
  const left = lhs && pathOf(lhs);
  const right = rhs && pathOf(rhs);
  if (left === undefined) return source(node);
  const list = node.value === 'in' && rhs?.value === '[' ? rhs.expressions : undefined;
  if (list) {
    const either = list.map((one) => value(reading, left, one.value)).join(pick(reading, ' или ', ' or '));
    return `${title(reading, left)}${pick(reading, ' — ', ' is ')}${either}`;
  }
  if (node.value === '!=' && right === `opened.${left}`)
    return pick(reading, `${title(reading, left)} изменилось`, `${title(reading, left)} has changed`);
  if (node.value === '!=' && typeof rhs?.value === 'boolean')
    return comparison(reading, { ...node, value: '=', rhs: { ...rhs, value: !rhs.value } });
  const words: Record<string, [string, string]> = {
    '=': [' — ', ' is '],
    '!=': [' — не ', ' is not '],
    '>=': [' не меньше, чем ', ' is no less than '],
    '<=': [' не больше, чем ', ' is no more than '],
    '>': [' больше, чем ', ' is more than '],
    '<': [' меньше, чем ', ' is less than '],
  };
  const [ru, en] = words[String(node.value)] ?? [` ${node.value} `, ` ${node.value} `];
  return `${title(reading, left)}${pick(reading, ru, en)}${right === undefined ? value(reading, left, rhs?.value) : title(reading, right)}`;
}

const title = (reading: Reading, path: string): string => quoted(reading, fieldTitle(reading, path));

function value(reading: Reading, path: string, value: unknown): string {
  if (typeof value === 'boolean') return value ? pick(reading, 'да', 'yes') : pick(reading, 'нет', 'no');
  if (path === 'stage' || path === 'cameFrom') return quoted(reading, stageTitle(reading, String(value)));
  if (path === 'decision')
    return value === 'approved'
      ? pick(reading, 'утверждено', 'approved')
      : pick(reading, 'отклонено', 'rejected');
  if (path === 'outcome') return outcomeName(reading, String(value));
  if (path === 'parcel') return parcelStateName(reading, String(value));
  const field = reading.pipeline.fields[path];
  const option = field && 'options' in field ? field.options[String(value)] : undefined;
  return option ? quoted(reading, titleOf(reading, option)) : String(value);
}

/** `$exists(x) and x …` and `$exists(x) = false or x …` say about emptiness what people take for granted. */
function isCaution(part: Node, all: readonly Node[]): boolean {
  const inner = unwrap(part);
  const lhs = inner.lhs && 'type' in inner.lhs ? inner.lhs : undefined;
  const path =
    asked(inner) ?? (inner.value === '=' && inner.rhs?.value === false && lhs ? asked(lhs) : undefined);
  return path !== undefined && all.some((other) => other !== part && compared(other).includes(path));
}

function compared(node: Node): string[] {
  const inner = unwrap(node);
  if (inner.type !== 'binary' || inner.value === 'and' || inner.value === 'or')
    return below(inner).flatMap(compared);
  return below(inner).flatMap((side) => pathOf(side) ?? []);
}

function partsOf(node: Node, word: unknown): Node[] {
  const lhs = node.lhs && 'type' in node.lhs ? node.lhs : undefined;
  if (node.type !== 'binary' || node.value !== word || !lhs || !node.rhs) return [node];
  return [...partsOf(lhs, word), ...partsOf(node.rhs, word)];
}

function isEither(node: Node): boolean {
  const inner = unwrap(node);
  return (
    inner.value === 'or' && partsOf(inner, 'or').filter((part, _, all) => !isCaution(part, all)).length > 1
  );
}

const asked = (node: Node): string | undefined =>
  node.type === 'function' && node.procedure?.value === 'exists' && node.arguments?.[0]
    ? pathOf(node.arguments[0])
    : undefined;

const pathOf = (node: Node): string | undefined =>
  node.type === 'path' ? node.steps?.map(({ value }) => String(value)).join('.') : undefined;

function unwrap(node: Node): Node {
  const [only, ...more] = node.type === 'block' ? (node.expressions ?? []) : [];
  return only && more.length === 0 ? unwrap(only) : node;
}

const source = (given: Node): string => {
  const node = unwrap(given);
  const lhs = node.lhs && 'type' in node.lhs ? source(node.lhs) : '';
  return (
    pathOf(node) ??
    (node.type === 'binary'
      ? `${lhs} ${node.value} ${node.rhs ? source(node.rhs) : ''}`
      : node.type === 'condition'
        ? [node.condition, node.then, node.else].map((part) => (part ? source(part) : '')).join(' / ')
        : node.type === 'function'
          ? `${String(node.procedure?.value)}(${(node.arguments ?? []).map(source).join(', ')})`
          : String(node.value))
  );
};

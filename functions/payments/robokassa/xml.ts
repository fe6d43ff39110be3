import { SaxesParser } from 'saxes';

/** One element: its name without prefix, its namespace, the elements in it and the text of its own. */
export type Element = {
  readonly name: string;
  readonly space: string;
  readonly children: Element[];
  text: string;
};

const MOST_DEPTH = 12;
const MOST_ELEMENTS = 2_000;

/**
 * An XML document as a tree. A document type is refused, and with it whatever entities could do; so is what is not well formed.
 *
 * @throws {SyntaxError} that says what was wrong and quotes nothing
 */
export const treeOf = (xml: string): Element => {
  const parser = new SaxesParser({ xmlns: true });
  const open: Element[] = [];
  let root: Element | undefined;
  let count = 0;
  const refuse = (why: string): never => {
    throw new SyntaxError(`XML that is refused: ${why}`);
  };
  parser.on('error', () => refuse('it is not well formed'));
  parser.on('doctype', () => refuse('it has a document type'));
  parser.on('opentag', ({ local, uri }) => {
    count += 1;
    if (open.length >= MOST_DEPTH) refuse(`it is deeper than ${MOST_DEPTH}`);
    if (count > MOST_ELEMENTS) refuse(`it has more than ${MOST_ELEMENTS} elements`);
    const element: Element = { name: local, space: uri, children: [], text: '' };
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  const text = (part: string) => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('closetag', () => {
    open.pop();
  });
  parser.write(xml).close();
  return root ?? refuse('it is empty');
};

/** The element reached by these names; `undefined` if it is not there. @throws {SyntaxError} if one of them is there twice */
export const at = (element: Element, ...names: readonly string[]): Element | undefined => {
  let here: Element | undefined = element;
  for (const name of names) {
    const found: Element[] = (here?.children ?? []).filter((child) => child.name === name);
    if (found.length > 1)
      throw new SyntaxError(`XML that is refused: ${name} is there ${found.length} times`);
    here = found[0];
  }
  return here;
};

/** Its text without space around it; `undefined` for nothing. */
export const textAt = (element: Element, ...names: readonly string[]): string | undefined => {
  const text = at(element, ...names)?.text.trim();
  return text === '' ? undefined : text;
};

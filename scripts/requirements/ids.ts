const id = '[A-Z]{2}(?:-[A-Z])?-\\d{2}\\.\\d+';
const atTheEnd = new RegExp(`\\[(${id}(?:, ${id})*)\\]$`);
const inBrackets = new RegExp(`\\[(${id}(?:, ${id})*)\\]`, 'g');
const defined = new RegExp(`^- \\*\\*(${id}(?: / ${id})*)\\*\\*`, 'gm');

/** The requirements a test's title ends with: `… [IN-G-02.3, IN-G-02.4]`. */
export const idsOfTitle = (title: string): string[] => atTheEnd.exec(title)?.[1]?.split(', ') ?? [];

/** The requirements that titles of a test file name, each once. */
export const idsOfSource = (source: string): string[] => [
  ...new Set([...source.matchAll(inBrackets)].flatMap(([, ids = '']) => ids.split(', '))),
];

/** Requirements that a page of markdown defines; `- **IN-G-04.1 / IN-S-04.1** …` defines two. */
export const idsOfPage = (markdown: string): string[] =>
  [...markdown.matchAll(defined)].flatMap(([, ids = '']) => ids.split(' / '));

/** IN-G-02.10 comes after IN-G-02.9. */
export const byId = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

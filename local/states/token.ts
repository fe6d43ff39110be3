/** A task token: says which execution, line and attempt it stands for. Callers treat it as opaque. */
export type TokenParts = { execution: string; line: number; scheduled: number };

const MARK = 'voronka1';

export const makeToken = ({ execution, line, scheduled }: TokenParts): string =>
  Buffer.from(`${MARK}#${line}#${scheduled}#${execution}`).toString('base64url');

/** The parts of a token, or `undefined` if this engine cannot have made it. */
export const readToken = (token: string): TokenParts | undefined => {
  if (!/^[\w-]+$/.test(token)) return undefined;
  const [mark, line, scheduled, ...rest] = Buffer.from(token, 'base64url').toString().split('#');
  if (mark !== MARK || rest.length === 0) return undefined;
  return { execution: rest.join('#'), line: Number(line), scheduled: Number(scheduled) };
};

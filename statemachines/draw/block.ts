import { escaped, wrap } from './type.ts';

/** Something of a height that draws itself where it is put. */
export type Block = { readonly height: number; readonly draw: (x: number, y: number) => string };

type Letters = {
  readonly size?: number;
  readonly bold?: boolean;
  readonly colour?: string;
  readonly italic?: boolean;
};

/** A paragraph as wide as its column. */
export const paragraph = (
  text: string,
  width: number,
  { size = 11.5, bold = false, colour = '#1f2933', italic = false }: Letters = {},
): Block => {
  const lines = wrap(text, width, size, bold);
  const leading = Math.round(size * 1.32);
  return {
    height: lines.length * leading,
    draw: (x, y) =>
      `<text font-size="${size}" fill="${colour}"${bold ? ' font-weight="600"' : ''}${italic ? ' font-style="italic"' : ''}>${lines
        .map(
          (line, index) =>
            `<tspan x="${x}" y="${y + index * leading + Math.round(size)}">${escaped(line)}</tspan>`,
        )
        .join('')}</text>`,
  };
};

/** Blocks under each other. */
export const stack = (blocks: readonly Block[], gap: number): Block => ({
  height: blocks.reduce((sum, { height }) => sum + height, 0) + gap * Math.max(0, blocks.length - 1),
  draw: (x, y) => {
    let at = y;
    return blocks
      .map((block) => {
        const drawn = block.draw(x, at);
        at += block.height + gap;
        return drawn;
      })
      .join('\n');
  },
});

/** A paragraph behind a sign of 12 by 12 pixels. */
export const signed = (sign: string, text: string, width: number, letters: Letters = {}): Block => {
  const words = paragraph(text, width - 18, { size: 10.5, colour: '#52606d', ...letters });
  return {
    height: Math.max(words.height, 14),
    draw: (x, y) =>
      `<g transform="translate(${x} ${y + 1})" stroke="${letters.colour ?? '#7b8794'}">${sign}</g>${words.draw(x + 18, y)}`,
  };
};

type Look = {
  readonly fill?: string;
  readonly stroke?: string;
  readonly dashed?: boolean;
  readonly bar?: string;
  readonly pad?: number;
  readonly round?: number;
};

/** A frame around a block; `bar` is the colour of its left edge. */
export const card = (
  inner: Block,
  width: number,
  { fill = '#ffffff', stroke = '#d5dbe1', dashed = false, bar, pad = 9, round = 6 }: Look = {},
): Block => {
  const height = inner.height + 2 * pad;
  return {
    height,
    draw: (x, y) =>
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}" stroke="${stroke}"${dashed ? ' stroke-dasharray="4 3"' : ''}/>${
        bar ? `<rect x="${x}" y="${y}" width="4" height="${height}" rx="2" fill="${bar}"/>` : ''
      }${inner.draw(x + pad + (bar ? 4 : 0), y + pad)}`,
  };
};

/** The width inside a card of this width. */
export const within = (width: number, { pad = 9, bar }: Look = {}): number => width - 2 * pad - (bar ? 4 : 0);

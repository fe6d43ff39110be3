/** Sizes of letters, without a font file: a little more than any common sans-serif takes, so that nothing overflows. */
const wide = /[MWmwШЩЖЮФЫшщжюфыЪЭ@%—]/;
const narrow = /[ iljtfrI.,:;!|'()[\]«»“”‘’·-]/;

/** The width of a line in pixels. */
export const widthOf = (line: string, size: number, bold = false): number => {
  let ems = 0;
  for (const letter of line)
    ems += wide.test(letter) ? 0.88 : narrow.test(letter) ? 0.36 : /[A-ZА-Я]/.test(letter) ? 0.72 : 0.6;
  return ems * size * (bold ? 1.08 : 1);
};

/** Lines no wider than `width`, broken between words. */
export const wrap = (text: string, width: number, size: number, bold = false): string[] => {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && widthOf(longer, size, bold) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
};

/** A text that may stand in SVG. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

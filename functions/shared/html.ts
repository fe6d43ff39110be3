/** Markup that is safe to put into a page as it stands. */
export type Html = { readonly html: string };

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

type Value = string | number | Html | readonly Html[] | undefined;

const written = (value: Value): string => {
  if (value === undefined) return '';
  if (Array.isArray(value)) return value.map(written).join('');
  if (typeof value === 'object' && 'html' in value) return value.html;
  return String(value).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
};

/** Markup with values in it: texts are escaped, also within quoted attributes; other markup is taken over, nothing for `undefined`. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => ({
  html: parts.map((part, at) => part + written(values[at])).join(''),
});

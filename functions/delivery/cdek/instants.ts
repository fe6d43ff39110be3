import * as z from 'zod';

const said = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:?\d{2})$/;

/** `2026-04-29T07:44:45+0000`, with the offset as CDEK writes it, as an instant in UTC; nothing for another text. */
export const instantOf = (text: string): string | undefined => {
  const [, day, time, , offset = ''] = said.exec(text) ?? [];
  if (day === undefined || time === undefined) return undefined;
  const zone = offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  const at = Date.parse(`${day}T${time}${zone}`);
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
};

/** An instant as CDEK writes it: `2026-04-29T07:44:45+0000`. */
export const cdekInstant = (at: Date): string => `${at.toISOString().slice(0, 19)}+0000`;

/** An instant in an answer. */
export const CdekInstant = z.string().transform((text, context) => {
  const at = instantOf(text);
  if (at !== undefined) return at;
  context.addIssue({ code: 'custom', message: 'no instant such as 2026-04-29T07:44:45+0000' });
  return z.NEVER;
});

/** A day in an answer, `yyyy-MM-dd`. */
export const CdekDay = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}/)
  .transform((text) => text.slice(0, 10));

import type { Machine } from './compile.ts';

/** Where the machines are kept as they were last looked at, one file a stage. */
export const goldenFolder = new URL('./golden/', import.meta.url);

export const goldenName = ({ id }: Machine): string => `${id}.asl.json`;

/** A machine as people read it. */
export const printed = ({ definition }: Machine): string => `${JSON.stringify(definition, null, 2)}\n`;

import { wallOf } from './wall.ts';

/** The wall clock of the industrial pack's company. */
export const { instantAt, localTime } = wallOf('Europe/Moscow');

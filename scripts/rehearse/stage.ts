/** The installation that is rehearsed, and what its physical names begin with. */
export const stage = 'rehearsal';
export const prefix = `voronka-${stage}`;

/** A moment by the wall clock of Moscow, `YYYY-MM-DD HH:mm`; its offset has been +03:00 since 2014. */
export const moscow = (local: string): Date => new Date(`${local.replace(' ', 'T')}:00+03:00`);

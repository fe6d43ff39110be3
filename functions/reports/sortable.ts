const digits = 16;
const largest = 9_999_999_999_999;

/** A value as a text whose order is the value's own: less before more, and what is missing last. */
export const sortable = (value: unknown): string => {
  switch (typeof value) {
    case 'number': {
      const whole = Math.max(-largest, Math.min(largest, Math.round(value)));
      return whole < 0
        ? `0${String(largest + whole).padStart(digits, '0')}`
        : `1${String(whole).padStart(digits, '0')}`;
    }
    case 'boolean':
      return value ? '1' : '0';
    case 'string':
      // Long enough to tell texts apart; a cursor carries it.
      return value.trim() === ''
        ? '~'
        : value.trim().toLocaleLowerCase('ru').replaceAll('#', ' ').slice(0, 60);
    default:
      return '~';
  }
};

/** The part of it that tests compare our count with; the package brings no types. */
declare module 'split-sms' {
  export const split: (text: string) => {
    characterSet: string;
    parts: { content: string; length: number }[];
  };
}

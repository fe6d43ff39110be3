/** So that what is written differently reads alike: Guțu, Guţu and gutu are one. */
const plain = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/(?<=\p{Script=Latin})\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е');

const compound = /[\p{L}\p{N}]+(?:[-/.@_+]+[\p{L}\p{N}]+)*/gu;
const simple = /[\p{L}\p{N}]+/gu;
const phone = /(?<![\p{L}\p{N}])\+?\d(?:[\s().-]*\d){6,14}(?![\p{L}\p{N}])/gu;
const longest = 60;

const cut = (word: string): string => word.slice(0, longest);

/** Digits of a phone; in Russia people begin it with 8, and some leave that out. */
const spellings = (written: string): string[] => {
  const digits = written.replace(/\D/g, '').replace(/^8(?=\d{10}$)/, '7');
  return digits.length === 11 ? [digits, digits.slice(1)] : [digits];
};

const phonesIn = (text: string): string[] => [...text.matchAll(phone)].flatMap(([found]) => spellings(found));

/** The words of a text by which it is found, each once: whole ones (`g-12`, `anna@plant.example`), their parts, and phones as digits. */
export const wordsOf = (text: string): string[] => {
  const read = plain(text);
  const whole = [...read.matchAll(compound)].map(([word]) => word);
  const parts = whole.flatMap((word) => [...word.matchAll(simple)].map(([part]) => part));
  return [...new Set([...whole, ...parts, ...phonesIn(read)].map(cut))];
};

/** One thing that somebody looks for: any of the spellings will do, and of each every beginning has to be there. */
export type Wanted = readonly (readonly string[])[];

/** What a question asks for, all of which has to be found: a phone as one, else word by word. */
export const wantedIn = (question: string): Wanted[] => {
  const read = plain(question);
  const rest = read.replace(phone, ' ');
  const words = [...new Set([...rest.matchAll(compound)].map(([word]) => cut(word)))];
  const phones = [...read.matchAll(phone)].map(([found]): Wanted => {
    const parts = [...found.matchAll(simple)].map(([part]) => part);
    return [...spellings(found).map((digits) => [digits]), parts];
  });
  return [
    ...phones,
    ...words.map((word): Wanted => {
      const parts = [...word.matchAll(simple)].map(([part]) => part);
      return parts.length > 1 ? [[word], parts] : [[word]];
    }),
  ];
};

/** Whether a text with these words is what is looked for. */
export const isWanted = (wanted: Wanted, words: Iterable<string>): boolean => {
  const all = [...words];
  return wanted.some((beginnings) =>
    beginnings.every((beginning) => all.some((word) => word.startsWith(beginning))),
  );
};

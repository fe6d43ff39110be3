const ranks = { debug: 20, info: 30, warn: 40, error: 50, silent: Number.POSITIVE_INFINITY } as const;

export type Level = keyof typeof ranks;
type Said = Exclude<Level, 'silent'>;

/** Says something: the line's own members, where it has any, and what it is in words. */
type Say = {
  (what: Readonly<Record<string, unknown>>, message: string): void;
  (message: string): void;
};

export type Lines = { readonly [level in Said]: Say } & {
  /** the least level that is written; `silent` writes nothing */
  level: string;
  isLevelEnabled(level: Said): boolean;
};

const isLevel = (level: string): level is Level => Object.hasOwn(ranks, level);

const levelOf = (level: string): Level => {
  if (isLevel(level)) return level;
  throw new Error(`log level "${level}": there is ${Object.keys(ranks).join(', ')}`);
};

/**
 * A log that writes one line of JSON each. Libraries for it bring files, workers and redaction, 40 kB that each function would
 * read before its first answer.
 *
 * @param options.around - members of every line; the line's own win
 * @param options.shown - how a member is written, by its name; others as JSON has them
 */
export const jsonLines = (options: {
  readonly level: string;
  readonly around: () => object;
  readonly shown: Readonly<Record<string, (value: unknown) => unknown>>;
  readonly write: (line: string) => void;
}): Lines => {
  let least = levelOf(options.level);
  const isLevelEnabled = (level: Said): boolean => ranks[level] >= ranks[least];

  const lineOf = (level: Said, what: object, message: string): string => {
    try {
      const members = Object.entries(what).map(([name, value]) => [
        name,
        options.shown[name]?.(value) ?? value,
      ]);
      return JSON.stringify({ level, ...options.around(), ...Object.fromEntries(members), msg: message });
    } catch (error) {
      // A log never fails the work it tells of: a circle or a BigInt costs the line its members, and it says so.
      return JSON.stringify({ level, ...options.around(), msg: message, unprintable: String(error) });
    }
  };
  const say =
    (level: Said): Say =>
    (...said: [object, string] | [string]) => {
      if (!isLevelEnabled(level)) return;
      const [what, message] = said.length === 1 ? [{}, said[0]] : said;
      options.write(`${lineOf(level, what, message)}\n`);
    };

  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    isLevelEnabled,
    get level() {
      return least;
    },
    set level(level) {
      least = levelOf(level);
    },
  };
};

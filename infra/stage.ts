import type { IConstruct } from 'constructs';

/** One installation of Voronka in an account: its name is in every physical name, so several fit side by side. */
export type Stage = {
  readonly name: string;
  /** Keeps data when the stack goes, and logs for longer. */
  readonly prod: boolean;
  /** `voronka-<name>`: the beginning of every physical name. */
  readonly prefix: string;
  /** Origins of the browser workplace, for CORS and the sign-in callback. */
  readonly origins: readonly string[];
  /** The verified domain that letters leave from. */
  readonly mailDomain: string;
  /** The domain whose letters SES takes in: deals have their addresses there. `in.` before the other where none is given. */
  readonly mailInDomain: string;
  readonly logDays: 7 | 90;
  /** The API's own name, and the ARN of its certificate in this region. */
  readonly domain?: { readonly name: string; readonly certificate: string };
  /** Who is told of alarms. */
  readonly alarmMail?: string;
  /** US dollars a month, above which somebody is told. */
  readonly budget?: number;
  /** A table restored from a backup, to work on instead of the stack's own, and its stream. */
  readonly restored?: { readonly table: string; readonly stream: string };
  /** What the context said of the above: the stack remembers it for the next deployment. */
  readonly given: Readonly<Record<string, string>>;
};

/** The name of the stack that the machines of a pack stand in, beside the main one, which is called as the prefix is. */
export const packStackName = (prefix: string, pack: string): string => `${prefix}-${pack}`;

const pattern = /^[a-z][a-z0-9-]{0,19}$/;

const settings = [
  'origins',
  'mailDomain',
  'mailInDomain',
  'domain',
  'certificate',
  'alarmMail',
  'budget',
  'table',
  'tableStream',
] as const;

/**
 * The stage named by the context: `-c stage=prod -c origins=https://a,https://b -c mailDomain=example.com`. `npm run
 * deploy` passes it on, and remembers.
 */
export const stageOf = (scope: IConstruct): Stage => {
  const context = (key: string, otherwise: string): string =>
    String(scope.node.tryGetContext(key) ?? otherwise);
  const name = context('stage', 'dev');
  if (!pattern.test(name)) {
    throw new Error(
      `context stage: "${name}" cannot begin physical names; use up to 20 of a-z, 0-9 and "-", a letter first`,
    );
  }
  const given = Object.fromEntries(
    settings.flatMap((setting) => {
      const value = context(setting, '');
      return value === '' ? [] : [[setting, value]];
    }),
  );
  const together = <A extends string, B extends string>(one: A, other: B) => {
    const [first, second] = [given[one], given[other]];
    if ((first === undefined) !== (second === undefined))
      throw new Error(
        `context ${first === undefined ? other : one}: given without ${first === undefined ? one : other}; give both`,
      );
    return first === undefined || second === undefined ? undefined : ([first, second] as const);
  };
  const domain = together('domain', 'certificate');
  const restored = together('table', 'tableStream');
  const { alarmMail } = given;
  const budget = given.budget === undefined ? undefined : Number(given.budget);
  if (budget !== undefined && !(budget > 0))
    throw new Error(`context budget: "${given.budget}" is no sum; give dollars a month, such as 50`);
  if (budget !== undefined && alarmMail === undefined)
    throw new Error('context budget: nobody to tell; give alarmMail as well');
  const prod = name === 'prod';
  return {
    name,
    prod,
    prefix: `voronka-${name}`,
    origins: context('origins', 'http://localhost:5173').split(','),
    mailDomain: context('mailDomain', 'voronka.example'),
    mailInDomain: context('mailInDomain', `in.${context('mailDomain', 'voronka.example')}`),
    logDays: prod ? 90 : 7,
    ...(domain === undefined ? {} : { domain: { name: domain[0], certificate: domain[1] } }),
    ...(restored === undefined ? {} : { restored: { table: restored[0], stream: restored[1] } }),
    ...(alarmMail === undefined ? {} : { alarmMail }),
    ...(budget === undefined ? {} : { budget }),
    given,
  };
};

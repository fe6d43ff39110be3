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
  readonly logDays: 7 | 90;
};

const pattern = /^[a-z][a-z0-9-]{0,19}$/;

/** The stage named by the context: `-c stage=prod -c origins=https://a,https://b -c mailDomain=example.com`. */
export const stageOf = (scope: IConstruct): Stage => {
  const context = (key: string, otherwise: string): string =>
    String(scope.node.tryGetContext(key) ?? otherwise);
  const name = context('stage', 'dev');
  if (!pattern.test(name)) {
    throw new Error(
      `context stage: "${name}" cannot begin physical names; use up to 20 of a-z, 0-9 and "-", a letter first`,
    );
  }
  const prod = name === 'prod';
  return {
    name,
    prod,
    prefix: `voronka-${name}`,
    origins: context('origins', 'http://localhost:5173').split(','),
    mailDomain: context('mailDomain', 'voronka.example'),
    logDays: prod ? 90 : 7,
  };
};

import type { Given } from './options.ts';

/** What a stage is deployed with, by the name the app reads it under. */
export type Settings = Readonly<Record<string, string>>;

/** The options that are the app's, and the context each becomes. */
const contexts = {
  origins: 'origins',
  domain: 'domain',
  certificate: 'certificate',
  'mail-domain': 'mailDomain',
  'mail-in-domain': 'mailInDomain',
  'alarm-mail': 'alarmMail',
  budget: 'budget',
  table: 'table',
} as const satisfies Partial<Record<keyof Given, string>>;

/** What was said now, over what the deployed stack remembers; an empty value forgets. */
export const settingsOf = (given: Given, remembered: Settings): Settings => {
  const said = Object.entries(contexts).flatMap(([option, context]) => {
    const value = given[option as keyof typeof contexts];
    return typeof value === 'string' ? [[context, value] as const] : [];
  });
  return Object.fromEntries(
    Object.entries({ ...remembered, ...Object.fromEntries(said) }).filter(
      // The stream's address follows from the table, and is looked up each time.
      ([name, value]) => value !== '' && name !== 'tableStream',
    ),
  );
};

/** The settings as arguments of the CDK's command line. */
export const contextArguments = (stage: string, settings: Settings): string[] =>
  Object.entries({ stage, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

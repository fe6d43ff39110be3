import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { MigrationEffect, MigrationPlan, OutdatedDeal } from '../schemas/migration.ts';
import { type Ask, asker, each, NoAnswer } from './migrate/ask.ts';
import { migrateHelp, migrateOptions } from './migrate/options.ts';
import { counted, printedDeal, printedEffect, summed } from './migrate/print.ts';
import { plainly } from './plainly.ts';

type Values = ReturnType<typeof parse>['values'];

const parse = () => parseArgs({ options: migrateOptions, allowPositionals: true });

const say = (line: string): void => console.log(line);

const planIn = async (file: string | undefined): Promise<MigrationPlan> => {
  if (file === undefined)
    throw new NoAnswer('which plan? name its file: npm run migrate -- preview plan.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw new NoAnswer(`${file} cannot be read; npm run migrate -- --help shows a plan`);
  }
  try {
    return MigrationPlan.parse(JSON.parse(text));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new NoAnswer(`${file} is no plan:\n${why}\nnpm run migrate -- --help shows one`);
  }
};

const list = async (ask: Ask, { pipeline, stage, before }: Values): Promise<number> => {
  if (pipeline === undefined) throw new NoAnswer('which pipeline? say --pipeline goods');
  if (before !== undefined && Number.isNaN(Date.parse(before)))
    throw new NoAnswer(`--before ${before}: give an instant such as 2026-11-22T10:00:00Z`);
  const asked = new URLSearchParams({
    pipeline,
    limit: '200',
    ...(stage === undefined ? {} : { stage }),
    ...(before === undefined ? {} : { before: new Date(before).toISOString() }),
  });
  const deals: OutdatedDeal[] = [];
  const page = (cursor?: string) =>
    ask('GET', `/v1/migrations/deals?${asked}${cursor === undefined ? '' : `&cursor=${cursor}`}`);
  for await (const deal of each(OutdatedDeal, page)) {
    deals.push(deal);
    say(printedDeal(deal));
  }
  for (const line of summed(deals)) say(line);
  if (deals.length === 0)
    say(
      `every deal of ${pipeline}${stage === undefined ? '' : ` on stage ${stage}, if there is any,`} is on the deployed definition`,
    );
  return 0;
};

/** Says what comes of each deal as soon as it is known. */
const told = async (path: string, body: object, ask: Ask, none: string): Promise<number> => {
  const effects: MigrationEffect[] = [];
  const page = (cursor?: string) =>
    ask('POST', path, { ...body, ...(cursor === undefined ? {} : { cursor }) });
  for await (const effect of each(MigrationEffect, page)) {
    effects.push(effect);
    for (const line of printedEffect(effect)) say(line);
  }
  say(counted(effects));
  if (effects.length === 0) say(none);
  return effects.some(({ status }) => status === 'refused') ? 1 : 0;
};

/** A plan may speak of a stage that is gone, so that a misspelled one is seen only by what it finds. */
const planned = (path: string, plan: MigrationPlan, ask: Ask): Promise<number> =>
  told(
    path,
    { plan },
    ask,
    `it speaks of deals on ${Object.keys(plan.stages).join(', ')}; npm run migrate -- list --pipeline ${plan.pipeline} says where deals stand that finish an older definition`,
  );

const main = async (): Promise<number> => {
  const { values, positionals } = parse();
  const [command, what] = positionals;
  const ask = asker(values.url, values.token ?? process.env.VORONKA_TOKEN);
  if (values.help === true || command === undefined) {
    say(migrateHelp);
    return values.help === true ? 0 : 2;
  }
  switch (command) {
    case 'list':
      return list(ask, values);
    case 'preview':
      return planned('/v1/migrations/preview', await planIn(what), ask);
    case 'apply':
      return planned('/v1/migrations', await planIn(what), ask);
    case 'undo':
      if (what === undefined)
        throw new NoAnswer('which plan? name it by its id: npm run migrate -- undo quote-2026-11');
      return told(`/v1/migrations/${encodeURIComponent(what)}/undo`, {}, ask, 'the plan has taken no deal');
    default:
      throw new NoAnswer(`no command "${command}"; commands are list, preview, apply, undo`);
  }
};

if (import.meta.main)
  main()
    .then((code) => {
      process.exitCode = code;
    })
    .catch((error: unknown) => {
      console.error(plainly(error) ?? error);
      process.exitCode = 2;
    });

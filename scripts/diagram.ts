import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Pack } from '../schemas/pack.ts';
import type { Pipeline } from '../schemas/pipeline.ts';
import { Language } from '../schemas/text.ts';
import { describe } from '../statemachines/draw/describe.ts';
import { diagram } from '../statemachines/draw/diagram.ts';
import { packs } from '../statemachines/packs/index.ts';
import { languagesOf } from './packs/languages.ts';

const help = `npm run diagram -- <pack>/<pipeline> [--lang ru|en|ro] [--out file] [--words]
npm run diagram -- --all

Draws a pipeline as SVG, to the standard output or to --out.
  --lang   the language of the picture: ru unless given, en, ro
  --words  the same pipeline in plain language (markdown) instead of the picture
  --all    every pipeline in the languages of its company into docs/diagrams/
`;

const folder = 'docs/diagrams';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    lang: { type: 'string', default: 'ru' },
    out: { type: 'string' },
    words: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const every = packs.flatMap((pack) => pack.pipelines.map((pipeline) => ({ pack, pipeline })));
const name = ({ pack, pipeline }: { pack: Pack; pipeline: Pipeline }): string => `${pack.id}/${pipeline.id}`;

const refuse = (said: string): void => {
  process.stderr.write(`${said}\n\n${help}`);
  process.exitCode = 2;
};

if (values.help) process.stdout.write(help);
else if (values.all) all();
else one(positionals[0]);

function one(wanted: string | undefined): void {
  const names = every.map(name).join(', ');
  const found = every.find((one) => name(one) === wanted);
  const language = Language.safeParse(values.lang);
  if (wanted === undefined) refuse(`Which pipeline? There are ${names}.`);
  else if (!found) refuse(`"${wanted}" is no pipeline; there are ${names}.`);
  else if (!language.success)
    refuse(`"${values.lang}" is no language; there are ${Language.options.join(', ')}.`);
  else {
    const drawn = (values.words ? describe : diagram)(found.pack, found.pipeline, language.data);
    if (values.out === undefined) process.stdout.write(drawn);
    else writeFileSync(values.out, drawn);
  }
}

function all(): void {
  mkdirSync(folder, { recursive: true });
  for (const { pack, pipeline } of every)
    for (const language of languagesOf(pack)) {
      const file = join(folder, `${pack.id}-${pipeline.id}.${language}`);
      writeFileSync(`${file}.svg`, diagram(pack, pipeline, language));
      writeFileSync(`${file}.md`, describe(pack, pipeline, language));
      process.stdout.write(`${file}.svg ${file}.md\n`);
    }
}

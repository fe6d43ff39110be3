import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printed, type Summary, summarize } from './summary.ts';
import { aPack, resourcesOf } from './testing.ts';

/** The stages whose summary is kept: data goes with the one, and outlives the other. */
export const goldenStages = ['dev', 'prod'] as const;

type GoldenStage = (typeof goldenStages)[number];

const fileOf = (stage: GoldenStage): string => join(import.meta.dirname, 'golden', `${stage}.json`);

/** The summary of the stack around a small pack, so that what a pack adds does not touch it. */
export const summaryOf = async (stage: GoldenStage): Promise<Summary> =>
  summarize(await resourcesOf(aPack, stage));

export const readGolden = (stage: GoldenStage): Summary =>
  JSON.parse(readFileSync(fileOf(stage), 'utf8')) as Summary;

/** Takes the present template as the one that is meant; `npm run synth -- --golden`. */
export const writeGolden = async (): Promise<string[]> => {
  for (const stage of goldenStages) writeFileSync(fileOf(stage), printed(await summaryOf(stage)));
  return goldenStages.map(fileOf);
};

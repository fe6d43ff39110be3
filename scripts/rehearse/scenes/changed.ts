import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DealView } from '../../../schemas/api/index.ts';
import { see } from '../../walkthroughs/scenario.ts';
import { type Cloud, deploy, given } from '../cloud.ts';
import { commanded, lastLine } from '../command.ts';
import { putAliases } from '../machines.ts';
import { eventually, person, type Scene, takenUp } from './scene.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const sources = [
  'functions',
  'infra',
  'schemas',
  'statemachines',
  'local',
  'scripts',
  'docs',
  'package.json',
  'tsconfig.json',
  'cdk.json',
];

const goods = 'statemachines/packs/industrial/goods.ts';
const end = `          ...needs('IN-G-02.2', 'IN-X-01.4'),
        }),
`;
const added = `        task('note-the-source', {
          title: t('Записать, откуда клиент', 'Note where the client came from'),
          who: responsible,
          due: setting('identificationTime'),
        }),
`;

/** The project once more, with one more task at the end of a stage. */
const changedProject = (folder: string): string => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const source of sources) cpSync(join(root, source), join(folder, source), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  const file = join(folder, goods);
  const text = readFileSync(file, 'utf8');
  if (!text.includes(end))
    throw new Error(`${goods} has changed: say here where a task can be added to its first stage`);
  writeFileSync(file, text.replace(end, `${end}${added}`));
  return folder;
};

/** Synthesizes a project in a process of its own: this one has loaded the packs already. */
const synthesized = (project: string, cloud: Cloud): Promise<void> =>
  new Promise((done, failed) => {
    const script = `import { synthesize } from './infra/synthesize.ts'; await synthesize(JSON.parse(process.argv[1]));`;
    const child = spawn(
      process.execPath,
      [
        '--input-type=module-typescript',
        '-e',
        script,
        JSON.stringify(given(cloud.emulator, cloud.providers)),
      ],
      { cwd: project, stdio: ['ignore', 'ignore', 'inherit'] },
    );
    child.once('error', failed);
    child.once('close', (code) =>
      code === 0 ? done() : failed(new Error(`the changed project: ended with ${code}`)),
    );
  });

const finish = async (cloud: Cloud, deal: string): Promise<void> => {
  await person(cloud, 'pavel').complete(deal, 'express-identification', {
    caseComplexity: 'simple',
    dealTotal: 100_000,
  });
};

/** Whether the added task is asked for once the first is done; a run that is over asks for nothing more. */
const asksForTheSource = async (cloud: Cloud, deal: string): Promise<boolean> => {
  await finish(cloud, deal);
  const name = `${deal}-`;
  return eventually(`what comes after the first task of ${deal}`, async () => {
    const steps = (await person(cloud, 'pavel').openTasks(deal)).map(({ step }) => step);
    if (steps.includes('note-the-source')) return true;
    return (await cloud.openRuns()).some((run) => run.startsWith(name)) ? undefined : false;
  });
};

export const changed: Scene = {
  name: 'a stage is changed while deals wait in it; deals are migrated, and put back',
  async play(cloud) {
    const [finishing, migrating, returning] = [
      await takenUp(cloud, 'Finishes as it began'),
      await takenUp(cloud, 'Goes over to the new definition'),
      await takenUp(cloud, 'Goes over and comes back'),
    ];
    const due = await person(cloud, 'pavel').work(migrating);

    await synthesized(changedProject(join(cloud.emulator.folder, 'changed')), cloud);
    await deploy(cloud.emulator);
    await putAliases(cloud.clients.sfn);

    see('a run that was under way asks for the new task', await asksForTheSource(cloud, finishing), false);
    const fresh = await takenUp(cloud, 'Began after the deployment');
    see('a run that began afterwards asks for it', await asksForTheSource(cloud, fresh), true);

    const token = { VORONKA_TOKEN: await cloud.tokenOf('admin') };
    const migrate = (...args: string[]) =>
      commanded(cloud.emulator, 'migrate', [...args, '--url', cloud.api], token);
    const numberOf = async (deal: string) =>
      (await person(cloud, 'admin').ok<{ deal: DealView }>('GET', `/v1/deals/${deal}`)).deal.number;
    const numbers = await Promise.all([migrating, returning].map(numberOf));
    const listed = await migrate('list', '--pipeline', 'goods');
    see(
      'deals of the older definition',
      numbers.filter((number) => !listed.includes(number)),
      [],
    );

    const file = join(cloud.emulator.folder, 'plan.json');
    writeFileSync(
      file,
      JSON.stringify({
        id: 'note-the-source',
        pipeline: 'goods',
        reason: 'Rehearsal',
        stages: { 'express-identification': { to: 'express-identification', timers: 'keep' } },
      }),
    );
    await migrate('preview', file);
    await migrate('apply', file);
    await eventually('the task of the migrated deal', async () =>
      (await person(cloud, 'pavel').openTasks(migrating)).length > 0 ? true : undefined,
    );
    see('its due date', await person(cloud, 'pavel').work(migrating), due);
    see('a migrated run asks for the new task', await asksForTheSource(cloud, migrating), true);
    const undone = await migrate('undo', 'note-the-source');
    see('the deal that was put back is told', undone.includes(numbers[1] ?? 'no number'), true);
    return `old runs end as they began, new ones ask for more; ${lastLine(undone)}`;
  },
};

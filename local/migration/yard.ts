import { useTable } from '../../functions/shared/ports.ts';
import type { Pack } from '../../schemas/pack.ts';
import { compile } from '../../statemachines/compile/compile.ts';
import {
  after,
  atDue,
  changed,
  field,
  headOf,
  hours,
  move,
  notify,
  pipeline,
  responsible,
  subdeal,
  t,
  task,
  tell,
  thread,
} from '../../statemachines/vocabulary/index.ts';
import { packOf } from '../world/pack-of.ts';
import type { World } from '../world.ts';

const title = (en: string) => t(en, en);

const work = (id: string, due = 4) =>
  task(id, {
    title: title(id),
    who: responsible,
    due: hours(due),
    late: [
      after(hours(2), tell([responsible], 'scans-late')),
      atDue(tell([headOf(responsible)], 'quote-late')),
    ],
  });

type Site = {
  /** the stage between arrival and the gate; `yard` where absent */
  readonly between?: string;
  /** tasks there, one after the other; after `n` hours of work where a number is given */
  readonly tasks: readonly (readonly [string, number?])[];
  readonly required?: 'weight';
  readonly thread?: string;
  /** without the word to the responsible person that the stage otherwise begins with */
  readonly quiet?: true;
  /** a word to the responsible person when the work is done */
  readonly last?: true;
  /** waits for the papers, a process of their own, before the tasks */
  readonly papers?: true;
};

/** A yard that loads pass through, by a definition that may differ in the stage between arrival and the gate. */
export const yard = ({
  between = 'yard',
  tasks,
  required,
  thread: id = 'recheck',
  quiet,
  last,
  papers,
}: Site): Pack =>
  packOf('yard', [
    pipeline({
      id: 'loads',
      kind: 'deal',
      title: title('Loads'),
      prefix: 'L',
      start: 'arrived',
      fields: { weight: field.number(title('Weight')), seal: field.text(title('Seal')) },
      stages: {
        arrived: {
          title: title('Arrived'),
          aim: title('The load is seen.'),
          moves: [move(between, ['responsible'])],
        },
        [between]: {
          title: title('Between'),
          aim: title('The load is fit to leave.'),
          ...(required === undefined ? {} : { enter: { required: [required] } }),
          work: [
            ...(quiet ? [] : [notify('welcome', tell([responsible], 'originals-due'))]),
            ...(papers ? [subdeal('papers')] : []),
            ...tasks.map(([name, due]) => work(name, due)),
            ...(last ? [notify('goodbye', tell([responsible], 'originals-due'))] : []),
          ],
          on: [
            thread(id, {
              title: title('Check again'),
              on: changed('seal'),
              work: [work('look-again', 6)],
            }),
          ],
          moves: [move('gate', ['responsible'])],
        },
        gate: {
          title: title('Gate'),
          aim: title('The load has left.'),
          outcome: 'won',
          moves: [move(between, ['head'])],
        },
      },
    }),
    pipeline({
      id: 'papers',
      kind: 'subdeal',
      title: title('Papers'),
      prefix: 'P',
      start: 'open',
      fields: {},
      stages: {
        open: {
          title: title('Open'),
          aim: title('The papers are there.'),
          moves: [move('closed', ['anyone'])],
        },
        closed: { title: title('Closed'), aim: title('They are.'), outcome: 'done', moves: [] },
      },
    }),
  ]);

/** Deploys another definition into a world: machines get a new version behind their alias, the code knows the new pack. */
export const deploy = async ({ engine, table }: World, to: Pack): Promise<void> => {
  for (const { id, definition } of to.pipelines.flatMap((one) => compile(one))) {
    const name = `voronka-world-${id}`;
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the machines' own placeholder
    const text = JSON.stringify(definition).replaceAll('${Step}', 'step').replaceAll('${Bus}', 'world');
    const known = engine.listStateMachines().find((machine) => machine.name === name);
    const { stateMachineVersionArn } =
      known === undefined
        ? await engine.createStateMachine({ name, definition: text, publish: true })
        : await engine.updateStateMachine({ stateMachineArn: known.arn, definition: text, publish: true });
    await engine.putStateMachineAlias({
      name: 'live',
      stateMachineVersionArn: String(stateMachineVersionArn),
    });
  }
  useTable(table, [to]);
};

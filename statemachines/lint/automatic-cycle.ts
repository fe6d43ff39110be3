import type { Stage, Step } from '../../schemas/pipeline.ts';
import { type Check, finding } from './finding.ts';
import { pathOf } from './places.ts';

/** A way from stage to stage that nobody takes: no person and no time between. */
type Slide = { readonly to: string; readonly when: readonly string[] };

/** Stages that would hand a deal round for ever: each leaves by itself, and one condition opens every way. */
export const automaticCycle: Check = (_, pipeline) => {
  const slides = new Map(Object.entries(pipeline.stages).map(([id, stage]) => [id, slidesOf(stage)]));
  const found: { way: string[]; when: Set<string> }[] = [];

  const walk = (way: string[], when: readonly string[]): void => {
    for (const slide of slides.get(way.at(-1) ?? '') ?? []) {
      const conditions = [...when, ...slide.when];
      if (slide.to === way[0]) found.push({ way, when: new Set(conditions) });
      // each cycle is found once, from its first stage by name
      else if (!way.includes(slide.to) && slide.to > (way[0] ?? '')) walk([...way, slide.to], conditions);
    }
  };
  for (const id of slides.keys()) walk([id], []);

  return found
    .filter(({ when }) => when.size <= 1)
    .map(({ way, when }) =>
      finding(
        'automatic-cycle',
        pathOf(pipeline, way[0] ?? ''),
        `${[...way, way[0]].join(' → ')} moves by itself for ever ${[...when].map((one) => `while ${one}`).join('') || 'without a condition'}; let a task stand between, or conditions that cannot hold together`,
      ),
    );
};

const isAlways = (condition: string): boolean => condition.trim() === 'true';

function slidesOf(stage: Stage): Slide[] {
  const slides: Slide[] = [];
  const started = new Set<string>();

  /** @returns whether what follows is reached at once */
  const along = (steps: readonly Step[], when: readonly string[]): boolean => {
    for (const step of steps) {
      const own =
        'when' in step && step.when !== undefined && !isAlways(step.when) ? [...when, step.when] : when;
      switch (step.do) {
        case 'goto':
          slides.push({ to: step.stage, when: own });
          break;
        case 'start': {
          const thread = stage.on?.find(({ id }) => id === step.thread);
          if (thread && !started.has(thread.id)) {
            started.add(thread.id);
            along(thread.work, own);
          }
          break;
        }
        case 'choose': {
          const ways = step.cases.map((one) =>
            along(one.steps, isAlways(one.when) ? when : [...when, one.when]),
          );
          const rest = along(step.else ?? [], [
            ...when,
            `none of ${step.cases.map((one) => one.when).join('; ')}`,
          ]);
          if (!ways.includes(true) && !rest) return false;
          break;
        }
        case 'parallel':
          if (step.branches.map((branch) => along(branch, when)).includes(false)) return false;
          break;
        case 'notify':
        case 'email':
        case 'set':
        case 'assign':
        case 'remind':
        case 'accrue':
        case 'rate':
        case 'client':
          break;
        case 'task':
        case 'approval':
        case 'queue':
        case 'wait':
        case 'until':
        case 'cycle':
        case 'subdeal':
        case 'ship':
        case 'pay':
          if ((step.do === 'subdeal' || step.do === 'ship' || step.do === 'pay') && step.wait === false)
            break;
          if (own === when) return false; // with a condition of its own it may be passed over
          break;
        default:
          step satisfies never;
      }
    }
    return true;
  };

  along(stage.work ?? [], []);
  return slides;
}

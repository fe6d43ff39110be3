import type { Deal, FieldValue } from '../../schemas/deal.ts';
import { languageOf } from '../../schemas/pack.ts';
import type { Field } from '../../schemas/pipeline.ts';
import type { Task } from '../../schemas/task.ts';
import { say } from '../../schemas/text.ts';
import { act } from '../deals/act.ts';
import type { Card } from '../deals/card.ts';
import { withFields } from '../deals/change.ts';
import { contextFor, done, stageOf } from '../deals/context.ts';
import { factsOf } from '../deals/facts.ts';
import { refsIn } from '../deals/file-refs.ts';
import { move } from '../deals/move.ts';
import { withoutRunning } from '../deals/running.ts';
import { clock } from '../shared/clock.ts';
import { processKey } from '../shared/keys.ts';
import { theCompany } from '../shared/ports.ts';
import { withTask } from '../tasks/close.ts';
import { childOf } from './steps/subdeal.ts';

const byWorkflow = { system: 'workflow' } as const;

const contextOf = async (deal: Deal) =>
  contextFor(deal.pipeline, {
    now: clock.now(),
    by: byWorkflow,
    reader: undefined,
    company: await theCompany(),
  });

/** Whether a process that ends with its stage has come too late to bring anything back, or was itself given up. */
const isGivenUp = ({ parent, stage }: Deal, { deal }: Card): boolean =>
  parent?.abandon !== undefined && (stage === parent.abandon || deal.seq !== parent.seq);

/** What a run waits for until the process is over. */
const watchOf = (child: Deal, { tasks }: Card): Task | undefined =>
  tasks.find(({ kind, status, id }) => kind === 'watch' && status === 'open' && childOf(id) === child.id);

/** A value as it comes back, checked when it was written there: files join those that are here, anything else takes its place. */
const brought = (field: Field | undefined, here: FieldValue | undefined, value: FieldValue): FieldValue => {
  if (field?.type !== 'files') return value;
  const fresh = refsIn(value);
  return [...refsIn(here).filter(({ id }) => !fresh.some((one) => one.id === id)), ...fresh];
};

/** A process is over: its fields go back to the deal it came from, and who waits for it goes on. */
export const ended = async (child: Deal): Promise<void> => {
  const { parent } = child;
  if (parent === undefined || child.outcome === undefined) return;
  const facts = await factsOf(child, (await contextOf(child)).pipeline);
  await act(
    parent.deal,
    (before, { pipeline }) => {
      const card = { ...before, deal: withoutRunning(before.deal, child.id) };
      const fields: Record<string, FieldValue> = { ...card.deal.fields };
      if (!isGivenUp(child, card))
        for (const [from, to] of Object.entries(parent.back)) {
          const value = facts[from];
          if (value !== undefined) fields[to] = brought(pipeline.fields[to], fields[to], value as FieldValue);
        }
      const copied = withFields(card, fields);
      const watch = watchOf(child, card);
      return done(
        watch === undefined
          ? copied
          : withTask(copied, {
              ...watch,
              status: 'done',
              outcome: child.outcome,
              closedAt: child.stageSince,
              closedBy: byWorkflow,
            }),
      );
    },
    {
      by: { system: `process ${child.number}` },
      key: `ended:${child.id}:${child.seq}`,
      along: () => [
        {
          put: {
            ...processKey(parent.deal, child.id),
            row: 'process',
            deal: child.id,
            number: child.number,
            pipeline: child.pipeline,
            stage: child.stage,
            outcome: child.outcome,
          },
        },
      ],
    },
  );
};

/** A process that was worked on by the person who had its deal goes to the one who has that now; twice is once. */
export const handOn = async (process: string, from: string, parent: Deal): Promise<void> => {
  const { responsible } = parent;
  if (responsible === undefined) return;
  await act(
    process,
    (card) =>
      done(
        card.deal.outcome === undefined && card.deal.responsible === from
          ? { ...card, deal: { ...card.deal, responsible } }
          : card,
      ),
    { by: { system: `deal ${parent.number}` }, key: `handed-on:${parent.id}:${parent.version}:${process}` },
  );
};

/** Sends a process to the stage where it ends because the deal it belongs to has gone on without it. */
export const abandon = async (process: string, to: string, parent: Deal): Promise<void> => {
  const { pipeline, pack } = await contextOf(parent);
  const { title } = stageOf(pipeline, parent.stage);
  const ru = `сделка ${parent.number} перешла в «${title.ru}»`;
  const ro = `tranzacția ${parent.number} a trecut la „${title.ro ?? title.en}”`;
  const en = `deal ${parent.number} went on to “${title.en}”`;
  const reason = say({ ru, ro, en }, languageOf(pack));
  await act(
    process,
    (card, context) =>
      card.deal.outcome === undefined ? move(card, to, context, { override: true, reason }) : done(card),
    { by: { system: `deal ${parent.number}` }, key: `abandoned:${parent.id}:${parent.seq}` },
  );
};

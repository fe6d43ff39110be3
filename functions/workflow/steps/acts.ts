import { DealId, FieldId } from '../../../schemas/ids.ts';
import type { OutgoingMessage } from '../../../schemas/message.ts';
import { languageOf } from '../../../schemas/pack.ts';
import type {
  AssignStep,
  EmailStep,
  GotoStep,
  NotifyStep,
  SetStep,
  StartStep,
} from '../../../schemas/pipeline.ts';
import type { Task } from '../../../schemas/task.ts';
import { resolve } from '../../access/people.ts';
import { act } from '../../deals/act.ts';
import type { Card } from '../../deals/card.ts';
import { changeFields } from '../../deals/change.ts';
import { startThread } from '../../deals/consequences.ts';
import { type Context, done, type Outcome } from '../../deals/context.ts';
import { factsOf } from '../../deals/facts.ts';
import { refsIn } from '../../deals/file-refs.ts';
import { locateFile } from '../../deals/files.ts';
import { move } from '../../deals/move.ts';
import { clientOf } from '../../notify/client.ts';
import { putDown } from '../../notify/put-down.ts';
import { letterTo, rowsToTell } from '../../notify/tell.ts';
import { waysTo } from '../../notify/ways.ts';
import { factsForClient } from '../../pages/link.ts';
import { theTable } from '../../shared/ports.ts';
import { messageRow } from '../../shared/rows.ts';
import type { Item } from '../../shared/table/port.ts';
import { isRunOf } from '../run-state.ts';
import { type Doing, type Done, goesOn, occasion } from '../step.ts';
import { writtenValues } from './written.ts';

/** Whether this call comes after its run was to be stopped: such a step does nothing more. */
export const isStale = ({ command: { run }, card: { deal } }: Doing): boolean => !isRunOf(deal, run);

/** Writes the deal in the name of the run, if the run is still the deal's own. */
export const asRun = async (
  doing: Doing,
  rule: (card: Card, context: Context) => Outcome<Card> | Promise<Outcome<Card>>,
): Promise<Doing> => {
  const { command } = doing;
  const { card, context } = await act(
    command.run.deal,
    (now, context) => (isStale({ ...doing, card: now }) ? done(now) : rule(now, context)),
    { by: { system: command.execution }, key: `step:${occasion(command)}`, card: doing.card },
  );
  return { ...doing, card, context, facts: await factsOf(card.deal, context.pipeline) };
};

/** The last decision of this run: what a notice after an approval speaks of. */
const lastDecision = ({ command: { run }, card }: Doing): Task | undefined =>
  card.tasks
    .filter((task) => task.kind === 'approval' && task.status === 'done' && task.run?.seq === run.seq)
    .sort((one, other) => ((one.closedAt ?? '') < (other.closedAt ?? '') ? 1 : -1))[0];

/**
 * Without those whom a run before this migrated one has told: a notice is kept under the instant at which it was due, and
 * that is another now.
 */
const notYetTold = async (rows: readonly Item[], { command, card }: Doing): Promise<Item[]> => {
  if (command.run.era === undefined) return [...rows];
  const isNew = async (row: Item): Promise<boolean> => {
    if (row.row !== 'notification') return true;
    for await (const { id } of theTable().all({ pk: row.pk, sk: { from: card.deal.stageSince } }))
      if (id === row.id) return false;
    return true;
  };
  const news = await Promise.all(rows.map(isNew));
  return rows.filter((_, index) => news[index]);
};

/** Tells people; a repeated call tells nobody twice. */
export const notifyPeople = async (step: NotifyStep, doing: Doing): Promise<void> => {
  const { command, card, facts, context } = doing;
  const rows = rowsToTell(step.notice, {
    id: occasion(command),
    deal: card.deal,
    tasks: card.tasks,
    facts,
    task: lastDecision(doing),
    context,
  });
  await putDown(theTable(), await notYetTold(rows, doing));
};

/** What a letter says of the file of a field that goes with it; nothing where there is none, or it was not put there yet. */
const filesIn = async (
  field: string,
  card: Card,
  context: Context,
): Promise<Pick<OutgoingMessage, 'attachments' | 'about'> | undefined> => {
  const ref = refsIn(card.deal.fields[field]).at(-1); // of several the one that came last
  const found = ref === undefined ? undefined : await locateFile(card, ref.id, context);
  if (found === undefined) return undefined;
  const { id, name, type, size } = found.file;
  return {
    attachments: [{ deal: DealId.parse(found.deal), id, name, type, size }],
    about: FieldId.parse(field),
  };
};

/** What is written to the client, by the first way there is; where there is none, what the people named are told instead. */
export const rowsToClient = async (
  step: EmailStep,
  doing: Doing,
  as: Pick<OutgoingMessage, 'repeated'> = {},
): Promise<readonly Item[]> => {
  const { command, card, facts, context } = doing;
  const about = {
    id: occasion(command),
    deal: card.deal,
    facts: await factsForClient(step.text, card.deal, facts, context),
    context,
  };
  const client = await clientOf(card.deal, theTable());
  const [way, ...left] = waysTo(step, client, card.deal, context.pack);
  const files = step.attach === undefined ? undefined : await filesIn(step.attach, card, context);
  if (way === undefined || (step.attach !== undefined && files === undefined)) {
    return step.failed === undefined ? [] : rowsToTell(step.failed, { ...about, id: `${about.id}.failed` });
  }
  const turns =
    step.channels === undefined
      ? {}
      : { turns: { left, ...(step.failed === undefined ? {} : { failed: step.failed }) } };
  const letter = {
    ...letterTo(
      { ...way, language: client?.language ?? languageOf(context.pack), contact: client?.id },
      step.text,
      about,
    ),
    ...turns,
    ...files,
    ...as,
  };
  return [messageRow(letter)];
};

/** Writes to the client, once an occasion; where there is no way, the people named are told and the run goes on. */
export const writeToClient = async (
  step: EmailStep,
  doing: Doing,
  as: Pick<OutgoingMessage, 'repeated'> = {},
): Promise<void> => putDown(theTable(), await rowsToClient(step, doing, as));

export const doNotify = async (doing: Doing): Promise<Done> => {
  if (!isStale(doing)) await notifyPeople(doing.command.step as NotifyStep, doing);
  return goesOn(doing);
};

export const doEmail = async (doing: Doing): Promise<Done> => {
  if (!isStale(doing)) await writeToClient(doing.command.step as EmailStep, doing);
  return goesOn(doing);
};

export const doSet = async (doing: Doing): Promise<Done> => {
  const { values } = doing.command.step as SetStep;
  const changes = await writtenValues(values, doing.facts, doing.context);
  return goesOn(await asRun(doing, (card, context) => done(changeFields(card, changes, context))));
};

export const doAssign = async (doing: Doing): Promise<Done> => {
  const { who, to } = doing.command.step as AssignStep;
  return goesOn(
    await asRun(doing, (card, context) => {
      const people = resolve(who, card.deal, context.pack, context.company);
      const [first] = people;
      if (first === undefined) return done(card);
      if (to === 'watchers') {
        const watchers = [...new Set([...card.deal.watchers, ...people.map(({ id }) => id)])];
        return done(
          watchers.length === card.deal.watchers.length
            ? card
            : { ...card, deal: { ...card.deal, watchers } },
        );
      }
      if (to.field === 'responsible')
        return done(
          card.deal.responsible === first.id
            ? card
            : { ...card, deal: { ...card.deal, responsible: first.id } },
        );
      return done(changeFields(card, { [to.field]: first.id }, context));
    }),
  );
};

/** @throws {Refused} if a guard stands in the way; the machine ends the run there and the responsible is told */
export const doGoto = async (doing: Doing): Promise<Done> => {
  const { stage } = doing.command.step as GotoStep;
  return goesOn(await asRun(doing, (card, context) => move(card, stage, context)));
};

export const doStart = async (doing: Doing): Promise<Done> => {
  const { thread, once } = doing.command.step as StartStep;
  return goesOn(
    await asRun(doing, (card, context) =>
      done(once && card.deal.threads[thread] !== undefined ? card : startThread(card, thread, context)),
    ),
  );
};

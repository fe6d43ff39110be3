import { printMoney } from '../../../schemas/money.ts';
import type { Payment } from '../../../schemas/payment.ts';
import type { PayStep } from '../../../schemas/pipeline.ts';
import type { Task } from '../../../schemas/task.ts';
import { act } from '../../deals/act.ts';
import type { Card } from '../../deals/card.ts';
import type { Context } from '../../deals/context.ts';
import { done } from '../../deals/context.ts';
import { factsOf } from '../../deals/facts.ts';
import {
  amountToAsk,
  describedBy,
  expiryOf,
  isTestMode,
  newToken,
  nextInvoice,
  openingRows,
  receiptFor,
} from '../../payments/asking.ts';
import { leastAmount, openPayment } from '../../payments/open.ts';
import { payUrl } from '../../payments/pay-link.ts';
import { idOf } from '../../shared/new-id.ts';
import { theTable } from '../../shared/ports.ts';
import type { Item, Write } from '../../shared/table/port.ts';
import { type Doing, type Done, goesOn, occasion } from '../step.ts';
import { isStale, rowsToClient } from './acts.ts';
import { answerOf, base, taskIdOf, waitOn, workIn } from './work.ts';

/** The payment of a step's work: the same for a repeated call. */
const paymentIdOf = (command: Doing['command']): string => idOf('payment', taskIdOf(command));

/** The watch that waits for it; its rungs count from the asking, and it is due when the link is no longer good. */
const watchOf = (doing: Doing, step: PayStep, expiresAt: Payment['expiresAt']): Task => ({
  ...base(doing),
  title: step.title ?? step.description,
  late: step.late ?? [],
  ...(step.open === undefined || expiresAt === undefined
    ? {}
    : { due: expiresAt, dueRule: { due: 'after' as const, span: step.open } }),
});

const putOnce = (row: Item): Write =>
  row.row === 'message' ? { put: row, if: { absent: true } } : { put: row };

type Opened = Omit<Parameters<typeof openPayment>[1], 'replaces'>;

const openingOf = async (step: PayStep, doing: Doing): Promise<Opened | undefined> => {
  const { command, card, facts, context } = doing;
  const amount = await amountToAsk(step.amount, facts, context);
  if (amount.amount < leastAmount || card.deal.outcome === 'lost') return undefined;
  const description = describedBy(step.description, facts, context);
  const items = step.items === undefined ? undefined : card.deal.fields[step.items];
  return {
    id: paymentIdOf(command),
    invoice: await nextInvoice(theTable(), context.pack),
    token: newToken(),
    amount,
    description,
    test: isTestMode(context),
    expiresAt: expiryOf(step.open, context),
    step: step.id,
    asks: step.amount,
    ...(step.wait === false ? {} : { task: taskIdOf(command) }),
    ...receiptFor(amount, items, description, context.pack),
  };
};

/** Opens the payment in one step with the watch that waits for it, the ways that lead to it and the letter to the client. */
const open = async (opening: Opened, step: PayStep, doing: Doing): Promise<Doing> => {
  const { command } = doing;
  const letter = await rowsToClient(
    { do: 'email', ...letterWords(step) },
    {
      ...doing,
      facts: { ...doing.facts, payLink: payUrl(opening.token), payAmount: printMoney(opening.amount) },
    },
  );
  let rows: readonly Write[] = [];
  const { card, context } = await act(
    command.run.deal,
    (now: Card, context: Context) => {
      rows = [];
      if (isStale({ ...doing, card: now }) || now.payments.some(({ id }) => id === opening.id))
        return done(now);
      const outcome = openPayment(now, opening, context);
      if (!outcome.ok) return outcome;
      const { id: deal, number, pack, pipeline } = now.deal;
      rows = [
        ...openingRows({ ...opening, deal, pack, pipeline }, number, context.now),
        ...letter.map(putOnce),
      ];
      return done(
        step.wait === false
          ? outcome.value
          : { ...outcome.value, tasks: [...outcome.value.tasks, watchOf(doing, step, opening.expiresAt)] },
      );
    },
    {
      by: { system: command.execution },
      key: `step:${occasion(command)}`,
      card: doing.card,
      along: () => rows,
    },
  );
  return { ...doing, card, context, facts: await factsOf(card.deal, context.pipeline) };
};

const letterWords = ({ id, text, channels, to, failed }: PayStep) => ({
  id,
  text,
  ...(channels === undefined ? {} : { channels }),
  ...(to === undefined ? {} : { to }),
  ...(failed === undefined ? {} : { failed }),
});

/**
 * Asks the client for money and waits until it has come, or will not. What is asked for is worked out once; where there is
 * nothing to pay, the run goes on.
 */
export const doPay = async (doing: Doing): Promise<Done> => {
  const step = doing.command.step as PayStep;
  const task = workIn(doing);
  if (task !== undefined)
    return task.status === 'open' ? waitOn(task, doing, doPay) : goesOn(doing, answerOf(task));
  const isAsked = doing.card.payments.some(({ id }) => id === paymentIdOf(doing.command));
  if (step.wait === false && isAsked) return goesOn(doing);
  const opening = await openingOf(step, doing);
  if (opening === undefined) return goesOn(doing, { outcome: 'passed over' });
  const opened = await open(opening, step, doing);
  return step.wait === false ? goesOn(opened) : 'waiting';
};

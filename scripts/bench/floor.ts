/** What a run has to enter a state for. Whatever else it enters is a price of how we build machines. */
export type Need =
  /** work waits for its person, or a watch for its condition: a row is written and keeps the task token */
  | 'work'
  /** a rung of an escalation falls due, and people are told */
  | 'rung'
  /** a letter, a notice, a move that the process makes by itself */
  | 'act'
  /** nothing but time */
  | 'wait'
  /** the way on hangs on the deal's facts */
  | 'decision';

/** Those that need logic, and so a call of Lambda; time and decisions Step Functions knows by itself. */
const needsCall: ReadonlySet<Need> = new Set(['work', 'rung', 'act']);

export type StageFloor = {
  /** the machine, without its pack */
  readonly stage: string;
  /** states that our run enters there, and how many of them call Lambda */
  readonly entered: number;
  readonly calls: number;
  readonly needs: Readonly<Partial<Record<Need, number>>>;
  /** what is needed, and what is not */
  readonly why: string;
};

/**
 * Walk-through 9.1, stage by stage, against a process drawn by hand that enters a state only for work, a rung, an act, a wait
 * or a decision, and calls Lambda only for the first three.
 */
export const goodsFloor: readonly StageFloor[] = [
  {
    stage: 'goods-express-identification',
    entered: 2,
    calls: 2,
    needs: { work: 1, rung: 1 },
    why: 'the task, and its five hours',
  },
  {
    stage: 'goods-invoice-quote',
    entered: 13,
    calls: 7,
    needs: { work: 5, rung: 1, wait: 2 },
    why: 'send the quote; feedback asked for three times, each with another date; the date; three days; twice twelve hours. Ours: four runs choose their thread, one state starts it',
  },
  {
    stage: 'goods-contract',
    entered: 7,
    calls: 5,
    needs: { work: 3, rung: 1 },
    why: 'send, date, feedback; the date reached. Ours: two runs choose their thread, one state starts it',
  },
  {
    stage: 'contract-approval-agreement',
    entered: 8,
    calls: 6,
    needs: { work: 4, decision: 2, act: 2 },
    why: 'draft, approval, correction, approval; rejected, approved; the initiator is told, the process ends',
  },
  {
    stage: 'goods-picking',
    entered: 7,
    calls: 6,
    needs: { work: 3, act: 2, decision: 1 },
    why: 'is the client a natural person, who is sent a link; payment, picking, a watch until the goods are reserved; two letters. Ours: when they are, a state of its own computes the timer',
  },
  {
    stage: 'goods-shipment',
    entered: 8,
    calls: 5,
    needs: { work: 3, decision: 4, act: 1 },
    why: 'shipping, the order of the carrier, delivery; is anything unpaid, does the carrier take it, is there a number, is it to be confirmed; the letter. Ours: the first of the four is decided by a call',
  },
  {
    stage: 'goods-wrap-up',
    entered: 4,
    calls: 3,
    needs: { work: 2, rung: 1, decision: 1 },
    why: 'by which way it was delivered; scans, their day, the date of the originals',
  },
  {
    stage: 'goods-won',
    entered: 3,
    calls: 2,
    needs: { work: 1, rung: 1, decision: 1 },
    why: 'are originals needed; the originals, their date',
  },
];

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

const entered = ({ needs }: StageFloor): number => sum(Object.values(needs));
const calls = ({ needs }: StageFloor): number =>
  sum(Object.entries(needs).map(([need, count]) => (needsCall.has(need as Need) ? count : 0)));

export type Floor = { readonly transitions: number; readonly calls: number };

/** What the walk-through needs at least. */
export const floorOf = (stages: readonly StageFloor[]): Floor => ({
  transitions: sum(stages.map(entered)),
  calls: sum(stages.map(calls)),
});

/** What our machines do. */
export const oursOf = (stages: readonly StageFloor[]): Floor => ({
  transitions: sum(stages.map((stage) => stage.entered)),
  calls: sum(stages.map((stage) => stage.calls)),
});

const ratio = (ours: number, least: number): string => `${(ours / least).toFixed(2)}x`;

/** The floor as docs/cost.md shows it. */
export const floorTable = (stages: readonly StageFloor[] = goodsFloor): string => {
  const least = floorOf(stages);
  const ours = oursOf(stages);
  return [
    '| stage | states: ours | needed | calls: ours | needed | why |',
    '| --- | ---: | ---: | ---: | ---: | --- |',
    ...stages.map(
      (one) =>
        `| ${one.stage} | ${one.entered} | ${entered(one)} | ${one.calls} | ${calls(one)} | ${one.why} |`,
    ),
    `| **together** | **${ours.transitions}** | **${least.transitions}** | **${ours.calls}** | **${least.calls}** | ` +
      `${ratio(ours.transitions, least.transitions)} the states, ${ratio(ours.calls, least.calls)} the calls |`,
    '',
  ].join('\n');
};

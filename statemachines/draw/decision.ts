import type { AccrueStep, ApprovalStep, TaskStep } from '../../schemas/pipeline.ts';
import { sayCondition } from './condition.ts';
import { sayWho } from './phrases.ts';
import { fieldTitle, pick, quoted, type Reading } from './reading.ts';

/** When work may be closed, or a decision be a yes. */
export const sayGuard = (reading: Reading, { do: work }: TaskStep | ApprovalStep, guard: string): string => {
  const condition = sayCondition(reading, guard);
  return work === 'task'
    ? pick(reading, `закрыть можно, когда ${condition}`, `can be closed when ${condition}`)
    : pick(reading, `утвердить можно, когда ${condition}`, `can be approved when ${condition}`);
};

/** What becomes of money that waits for a decision. */
export const saySettles = (reading: Reading): string =>
  pick(
    reading,
    'с решением засчитываются или возвращаются ожидающие деньги',
    'money that waits is counted or returned with the decision',
  );

/** Who earns how much of what. */
export const sayAccrual = (reading: Reading, { base, shares, day }: AccrueStep): string => {
  const parts = shares.map(({ to, percent }) => {
    const setting = typeof percent === 'number' ? undefined : reading.pack.settings[percent.setting];
    const figure = typeof percent === 'number' ? percent : Number(setting?.value);
    return `${sayWho(reading, to)} ${figure} %`;
  });
  const of = quoted(reading, fieldTitle(reading, base));
  const when = day === undefined ? undefined : quoted(reading, fieldTitle(reading, day));
  const from = pick(
    reading,
    `Начислить от ${of}: ${parts.join(', ')}`,
    `Grant pay from ${of}: ${parts.join(', ')}`,
  );
  return when === undefined ? from : `${from}${pick(reading, `; выплата — ${when}`, `; paid on ${when}`)}`;
};

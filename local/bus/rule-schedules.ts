import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import { createAlarms } from './alarms.ts';
import type { Deliveries } from './deliveries.ts';
import { ExpressionRefused, readExpression } from './expression.ts';
import { wholeSeconds } from './put-events.ts';
import type { BusEvent, Place, Rule } from './rule.ts';
import { compileInput } from './target-input.ts';

const PREFIX = 'rule-schedule/';

type Kept = { rule: string; expression: string; since: number; next?: number | undefined };

/**
 * Fires the rules that have a schedule, in UTC. A rate counts from when the rule was first seen.
 *
 * @throws {ExpressionRefused} for what a rule does not take: `at(...)`, or a unit that does not agree with its number
 */
export const armRules = (options: {
  clock: Clock;
  state: State;
  rules: readonly Rule[];
  deliveries: Deliveries;
  place: Place;
}): { stop(): void } => {
  const { clock, state, place, deliveries } = options;
  const rules = new Map(
    options.rules
      .filter((rule) => rule.schedule !== undefined)
      .map((rule) => {
        const arn = rule.arn ?? `arn:aws:events:${place.region}:${place.account}:rule/${rule.name}`;
        const targets = rule.targets.map((target) => ({
          target,
          inputOf: compileInput({ ...rule, arn }, target),
        }));
        return [rule.name, { rule, arn, targets }];
      }),
  );

  const alarms = createAlarms<Kept>({
    clock,
    state,
    occasionsOf: (kept) => ruleOccasions(kept.expression, kept.since),
    fire: (kept, occasion) => {
      const found = rules.get(kept.rule);
      if (found === undefined) return;
      const event: BusEvent = {
        version: '0',
        id: randomUUID(),
        'detail-type': 'Scheduled Event',
        source: 'aws.events',
        account: place.account,
        time: wholeSeconds(new Date(occasion)),
        region: place.region,
        resources: [found.arn],
        detail: {},
      };
      deliveries.owe(
        found.targets.map(({ target, inputOf }) => ({
          arn: target.arn,
          input: inputOf(event),
          dlqArn: target.dlqArn,
          retry: target.retry,
          origin: found.arn,
        })),
      );
    },
    over: () => undefined,
  });

  for (const { key, value } of state.list<Kept>(PREFIX)) {
    if (rules.get(value.rule)?.rule.schedule !== value.expression) state.delete(key);
  }
  for (const { rule } of rules.values()) {
    const key = `${PREFIX}${rule.name}`;
    const expression = rule.schedule ?? '';
    const since = clock.now().getTime();
    const fresh = { rule: rule.name, expression, since, next: ruleOccasions(expression, since).next(since) };
    if (rule.state === 'ENABLED') alarms.arm(key, state.get<Kept>(key) ?? fresh);
    else state.delete(key);
  }
  return { stop: alarms.stop };
};

const ruleOccasions = (expression: string, since: number) => {
  const occasions = readExpression(expression, { zone: 'UTC', anchor: since });
  if (occasions.kind === 'at') throw new ExpressionRefused(expression, 'a rule takes rate(...) or cron(...)');
  if (occasions.kind === 'rate' && expression.startsWith('rate(1 ') === expression.endsWith('s)')) {
    throw new ExpressionRefused(expression, 'a rule wants the singular after 1, and the plural otherwise');
  }
  return occasions;
};

import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { AwsFault, answer, answerFault, jsonOf, readBody } from '../aws/aws-json.ts';
import type { Clock } from '../clock.ts';
import type { State } from '../state/state.ts';
import { type Dropped, type Owed, openDeliveries } from './deliveries.ts';
import { compilePattern } from './pattern.ts';
import { checkRequest, eventOf, PutEventsEntry, type PutEventsResult } from './put-events.ts';
import { type BusEvent, type Deliver, type Place, type Rule, somewhere } from './rule.ts';
import { compileInput } from './target-input.ts';

/** The event buses of the template. */
export type Bus = {
  /** `PutEvents`: what it answers for an accepted event is on disk already. */
  putEvents(entries: readonly PutEventsEntry[]): Promise<PutEventsResult>;
  /** An event that an AWS service itself puts on the default bus, as SES and the scheduler do. */
  emit(event: BusEvent): void;
  /** The wire protocol of EventBridge, for `AWS_ENDPOINT_URL_EVENTBRIDGE`. */
  handler(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Delivers all that is due; false if there was nothing. For the clock's settling. */
  drain(): Promise<boolean>;
  /** Deliveries not accepted by their target yet. */
  readonly waiting: number;
};

const TYPE = 'application/x-amz-json-1.1';
const PutEvents = z.object({ Entries: z.array(PutEventsEntry) });

/**
 * Creates the buses over durable deliveries; those an earlier process still owed start at once.
 *
 * @param options.buses - ARNs of buses without a rule; `default` and the buses of `rules` are known anyway
 * @param options.onEvent - sees every accepted event, before its deliveries
 * @param options.onDropped - told of a delivery given up without a dead-letter queue
 * @throws {PatternRefused} for a pattern of `rules` that EventBridge would refuse
 */
export const createBus = (options: {
  clock: Clock;
  state: State;
  deliver: Deliver;
  rules: readonly Rule[];
  buses?: readonly string[];
  place?: Place;
  onEvent?: (event: BusEvent) => void;
  onDropped?: (dropped: Dropped) => void;
}): Bus => {
  const { clock, place = somewhere } = options;
  const arnOf = (bus: string) =>
    bus.startsWith('arn:') ? bus : `arn:aws:events:${place.region}:${place.account}:event-bus/${bus}`;
  const defaultBus = arnOf('default');
  const rules = options.rules.map((rule) => ({ ...rule, busArn: arnOf(rule.busArn) }));
  const known = new Set([
    defaultBus,
    ...(options.buses ?? []).map(arnOf),
    ...rules.map((rule) => rule.busArn),
  ]);
  const waiting = rules.flatMap((rule) => {
    if (rule.pattern === undefined) return [];
    // Compiled though disabled: the cloud would not create a rule it cannot read.
    const matches = compilePattern(rule.pattern);
    const arn = rule.arn ?? ruleArn(rule, place);
    const targets = rule.targets.map((target) => ({
      target,
      inputOf: compileInput({ ...rule, arn }, target),
    }));
    return rule.state === 'ENABLED' ? [{ busArn: rule.busArn, arn, matches, targets }] : [];
  });
  const deliveries = openDeliveries({ ...options, name: 'bus' });

  const owedFor = (busArn: string, event: BusEvent): Owed[] =>
    waiting
      .filter((rule) => rule.busArn === busArn && rule.matches(event))
      .flatMap((rule) =>
        rule.targets.flatMap(({ target, inputOf }): Owed[] => {
          const owed = { arn: target.arn, dlqArn: target.dlqArn, retry: target.retry, origin: rule.arn };
          try {
            return [{ ...owed, input: inputOf(event) }];
          } catch (error) {
            // One target's template that this event breaks must not keep the event from the others.
            const { dlqArn } = target;
            if (dlqArn !== undefined) return [{ arn: dlqArn, input: event, origin: rule.arn }];
            const at = clock.now().toISOString();
            options.onDropped?.({ owed: { ...owed, input: event }, attempts: 0, error: String(error), at });
            return [];
          }
        }),
      );

  const putEvents = async (entries: readonly PutEventsEntry[]): Promise<PutEventsResult> => {
    checkRequest(entries);
    const now = clock.now();
    const owed: Owed[] = [];
    const results = entries.map((entry) => {
      const busArn = arnOf(entry.EventBusName ?? 'default');
      const event = eventOf(entry, { ...place, now });
      if (!('id' in event)) return event;
      if (!known.has(busArn)) {
        return { ErrorCode: 'InvalidArgument', ErrorMessage: `Event bus ${busArn} does not exist.` };
      }
      options.onEvent?.(event);
      owed.push(...owedFor(busArn, event));
      return { EventId: event.id };
    });
    deliveries.owe(owed);
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };

  return {
    putEvents,
    emit: (event) => {
      options.onEvent?.(event);
      deliveries.owe(owedFor(defaultBus, event));
    },
    handler: async (req, res) => {
      try {
        const body = jsonOf(await readBody(req, 4 * 1024 * 1024));
        const operation = String(req.headers['x-amz-target'] ?? '').replace('AWSEvents.', '');
        if (operation !== 'PutEvents') {
          throw new AwsFault('UnknownOperationException', `${operation}: this bus answers PutEvents alone`);
        }
        const parsed = PutEvents.safeParse(body);
        if (!parsed.success) throw new AwsFault('SerializationException', z.prettifyError(parsed.error));
        answer(res, 200, await putEvents(parsed.data.Entries), TYPE);
      } catch (error) {
        answerFault(res, error, TYPE);
      }
    },
    drain: deliveries.drain,
    get waiting() {
      return deliveries.waiting;
    },
  };
};

const ruleArn = (rule: Rule, place: Place): string => {
  const bus = rule.busArn.split('/').at(-1) ?? 'default';
  return `arn:aws:events:${place.region}:${place.account}:rule/${bus === 'default' ? '' : `${bus}/`}${rule.name}`;
};

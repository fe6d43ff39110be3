import type { Deal } from '../../schemas/deal.ts';
import type { Pipeline } from '../../schemas/pipeline.ts';
import type { Facts } from '../shared/expression.ts';
import { figuresOf } from './figures.ts';

/** A list of deals that a report pages through. */
export type Register = {
  readonly id: 'payments' | 'signing' | 'documents';
  /** fields it shows, of those the pipeline has */
  readonly columns: readonly string[];
  has(deal: Deal, facts: Facts, pipeline: Pipeline): boolean;
  /** what it is in order of */
  sort(deal: Deal, facts: Facts): unknown;
};

const anyOf = (facts: Facts, names: readonly string[]): boolean =>
  names.some((name) => facts[name] !== undefined);

const signing = ['contractNeeded', 'contractSentAt', 'contractFeedbackDate', 'contractSignedAt'];
const documents = ['scansReceivedAt', 'originalsPlannedDate', 'originalsSentAt', 'hasOriginals'];

/** Registers by name: expected and received money, contracts on their way, documents on their way. */
export const registers: Readonly<Record<Register['id'], Register>> = {
  payments: {
    id: 'payments',
    columns: [],
    has: (_, facts, pipeline) => {
      const { sum, paid } = figuresOf(facts, pipeline);
      return sum !== 0 || paid !== 0;
    },
    sort: ({ createdAt }) => createdAt,
  },
  signing: {
    id: 'signing',
    columns: signing,
    has: ({ stage }, facts, { fields }) =>
      signing.some((name) => fields[name] !== undefined) && (stage === 'contract' || anyOf(facts, signing)),
    sort: (_, facts) => facts.contractFeedbackDate,
  },
  documents: {
    id: 'documents',
    columns: documents,
    has: ({ outcome }, facts, { fields }) =>
      documents.some((name) => fields[name] !== undefined) && (outcome === 'won' || anyOf(facts, documents)),
    sort: (_, facts) => facts.originalsPlannedDate,
  },
};

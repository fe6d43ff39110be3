/** A region of AWS whose prices are known here. */
export type Region = 'eu-central-1' | 'us-east-1';

/** What some work used, free tiers left aside. */
export type Counts = {
  /** state transitions of Standard workflows, retries included */
  readonly transitions: number;
  readonly invocations: number;
  /** memory a function was given times the time it ran, in GB-seconds */
  readonly gigabyteSeconds: number;
  /** calls of the HTTP API, each up to 512 kB */
  readonly requests: number;
  /** as billed: a kilobyte each, twice in a transaction, again for each index */
  readonly writeUnits: number;
  /** as billed: four kilobytes each, half where the read need not be consistent */
  readonly readUnits: number;
  /** reads of the table's stream by its functions */
  readonly streamReads: number;
  /** events put on the bus by ourselves, each up to 64 kB; those of AWS services are free */
  readonly events: number;
  /** schedules that fired */
  readonly schedules: number;
  readonly logGigabytes: number;
  /** traces recorded; the service samples, so there are fewer than calls */
  readonly traces: number;
};

export type Priced = keyof Counts;

type Price = {
  readonly service: string;
  readonly unit: string;
  /** a price is read and written for so many units */
  readonly per: number;
  /** dollars for `per` units, first tier */
  readonly dollars: Readonly<Record<Region, number>>;
};

const million = 1_000_000;
const everywhere = (dollars: number) => ({ 'eu-central-1': dollars, 'us-east-1': dollars });

/** Public list prices of November 2026; sources, and which of them were seen, are in docs/cost.md. */
export const prices: Readonly<Record<Priced, Price>> = {
  transitions: {
    service: 'Step Functions',
    unit: 'state transitions',
    per: 1000,
    dollars: everywhere(0.025),
  },
  invocations: { service: 'Lambda', unit: 'invocations', per: million, dollars: everywhere(0.2) },
  gigabyteSeconds: {
    service: 'Lambda',
    unit: 'GB-seconds on Arm',
    per: million,
    dollars: everywhere(13.3334),
  },
  requests: {
    service: 'API Gateway',
    unit: 'requests of an HTTP API',
    per: million,
    dollars: { 'eu-central-1': 1.2, 'us-east-1': 1 },
  },
  writeUnits: {
    service: 'DynamoDB',
    unit: 'write units on demand',
    per: million,
    dollars: { 'eu-central-1': 0.7625, 'us-east-1': 0.625 },
  },
  readUnits: {
    service: 'DynamoDB',
    unit: 'read units on demand',
    per: million,
    dollars: { 'eu-central-1': 0.1525, 'us-east-1': 0.125 },
  },
  streamReads: {
    service: 'DynamoDB',
    unit: 'stream reads by Lambda',
    per: million,
    dollars: everywhere(0),
  },
  events: { service: 'EventBridge', unit: 'own events', per: million, dollars: everywhere(1) },
  schedules: {
    service: 'EventBridge Scheduler',
    unit: 'schedules fired',
    per: million,
    dollars: everywhere(1),
  },
  logGigabytes: {
    service: 'CloudWatch Logs',
    unit: 'GB taken in',
    per: 1,
    dollars: { 'eu-central-1': 0.63, 'us-east-1': 0.5 },
  },
  traces: { service: 'X-Ray', unit: 'traces recorded', per: million, dollars: everywhere(5) },
};

/** One line of a bill; `unitPrice` is dollars for a single unit. */
export type CostLine = {
  readonly service: string;
  readonly unit: string;
  readonly units: number;
  readonly unitPrice: number;
  readonly dollars: number;
};

const priced = Object.keys(prices) as Priced[];

/**
 * What the counts cost at list prices, a line for each kind of unit, unused ones too. E-mail is not among them: see
 * `letters`.
 *
 * @throws {RangeError} for a count that is no number or below zero
 */
export const cost = (counts: Counts, region: Region = 'eu-central-1'): CostLine[] =>
  priced.map((kind) => {
    const units = counts[kind];
    if (!Number.isFinite(units) || units < 0)
      throw new RangeError(`${kind}: given ${units}; count what was used, 0 where nothing was`);
    const { service, unit, per, dollars } = prices[kind];
    const unitPrice = dollars[region] / per;
    return { service, unit, units, unitPrice, dollars: units * unitPrice };
  });

/** What letters cost, and the traffic of their bytes; the same in both regions. */
export const letters = (sent: number, gigabytes = 0): CostLine[] => [
  {
    service: 'SES',
    unit: 'letters sent',
    units: sent,
    unitPrice: 0.0001,
    dollars: sent * 0.0001,
  },
  {
    service: 'SES',
    unit: 'GB of attachments',
    units: gigabytes,
    unitPrice: 0.12,
    dollars: gigabytes * 0.12,
  },
];

export const totalOf = (lines: readonly CostLine[]): number =>
  lines.reduce((sum, { dollars }) => sum + dollars, 0);

/** The counts of many such deals. */
export const times = (counts: Counts, deals: number): Counts => ({
  ...counts,
  ...Object.fromEntries(priced.map((kind) => [kind, counts[kind] * deals])),
});

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
const price = (dollars: number): string =>
  `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })}`;
const amount = (units: number): string => units.toLocaleString('en-US', { maximumFractionDigits: 3 });

/** The bill as a Markdown table with its total, as docs/cost.md shows it. */
export const asTable = (lines: readonly CostLine[]): string =>
  [
    row(['service', 'unit', 'units', 'dollars']),
    row(['---', '---', '---:', '---:']),
    ...lines.map(({ service, unit, units, dollars }) =>
      row([service, unit, amount(units), dollars.toFixed(4)]),
    ),
    row(['**together**', '', '', `**${totalOf(lines).toFixed(2)}**`]),
  ].join('');

/** What one more of each, on every one of a thousand deals, adds to their bill; as docs/cost.md shows it. */
export const sensitivityTable = (): string => {
  const none = Object.fromEntries(priced.map((kind) => [kind, 0])) as Counts;
  const added = (more: Partial<Counts>, region: Region): string =>
    `$${totalOf(cost(times({ ...none, ...more }, 1000), region)).toFixed(4)}`;
  const cases: [string, Partial<Counts>][] = [
    ['one more state transition', { transitions: 1 }],
    ['one more call of the API, 512 MB for 40 ms', { requests: 1, invocations: 1, gigabyteSeconds: 0.02 }],
    ['one more step function, 256 MB for 40 ms', { invocations: 1, gigabyteSeconds: 0.01 }],
    ['one more row of up to 1 kB in a transaction', { writeUnits: 2 }],
    ['the same with one index', { writeUnits: 4 }],
    ['one more event on the bus', { events: 1 }],
    ['one more kB of logs', { logGigabytes: 0.000001 }],
    ['one more trace that is sampled', { traces: 1 }],
  ];
  return [
    row(['a deal does', 'eu-central-1', 'us-east-1']),
    row(['---', '---:', '---:']),
    ...cases.map(([what, more]) => row([what, added(more, 'eu-central-1'), added(more, 'us-east-1')])),
  ].join('');
};

/** The unit prices as docs/cost.md shows them. */
export const priceTable = (): string =>
  [
    row(['service', 'unit', 'per', 'eu-central-1', 'us-east-1']),
    row(['---', '---', '---:', '---:', '---:']),
    ...priced.map((kind) => {
      const { service, unit, per, dollars } = prices[kind];
      return row([
        service,
        unit,
        amount(per),
        price(dollars['eu-central-1']),
        dollars['us-east-1'] === dollars['eu-central-1'] ? 'same' : price(dollars['us-east-1']),
      ]);
    }),
  ].join('');

import { synthesize } from '../../infra/synthesize.ts';
import type { DealView } from '../../schemas/api/index.ts';
import { seedPeople } from '../../scripts/people.ts';
import { localDriver } from '../../scripts/walkthroughs/local-driver.ts';
import { moscow, personOn } from '../../scripts/walkthroughs/scenario.ts';
import { createClock } from '../clock.ts';
import { type RuntimeOptions, startRuntime } from '../runtime.ts';

/** The demo company on the real runtime, made from the real template; faults are a test's to inject. */
export const startCompany = async (
  options: Partial<Omit<RuntimeOptions, 'templates' | 'clock'>> & { at: string },
) => {
  const { at, ...rest } = options;
  const { templates } = await synthesize({ bundle: false, nag: false });
  const runtime = await startRuntime({ templates, clock: createClock({ now: moscow(at) }), ...rest });
  await seedPeople(runtime.table);
  const driver = localDriver(runtime);
  const person = (user: string) => personOn(driver, user);
  const pavel = person('pavel');
  let made = 0;

  /** The event source mapping whose function has this name. */
  const streamTo = (name: string) => {
    const resources = templates.flatMap((template) =>
      Object.entries(template.Resources as Record<string, { Type: string; Properties: unknown }>),
    );
    const [id = name] =
      resources.find(
        ([logicalId, { Type }]) => Type === 'AWS::Lambda::EventSourceMapping' && logicalId.startsWith(name),
      ) ?? [];
    return runtime.stream(id);
  };

  return {
    runtime,
    driver,
    clock: runtime.clock,
    person,
    pavel,
    streamTo,
    /** A deal of Pavel's on a stage, with a client who can be written to; everything has settled. */
    async aDeal(
      stage: 'unprocessed' | 'express-identification' | 'invoice-quote' = 'express-identification',
    ): Promise<string> {
      made += 1;
      const contact = await pavel.ok<{ id: string }>('POST', '/v1/contacts', {
        name: `Client ${made}`,
        email: `client-${made}@example.test`,
      });
      const { id } = await pavel.ok<DealView>('POST', '/v1/deals', {
        pipeline: 'goods',
        title: `order ${made}`,
        fields: { contact: contact.id, payerKind: 'legal' },
      });
      await runtime.clock.settle();
      if (stage === 'unprocessed') return id;
      await pavel.move(id, 'express-identification');
      await runtime.clock.settle();
      if (stage === 'express-identification') return id;
      await pavel.complete(id, 'express-identification', {
        caseComplexity: 'complex',
        dealTotal: 10_000_000,
      });
      await pavel.move(id, 'invoice-quote');
      await runtime.clock.settle();
      return id;
    },
    /** The letters to the client of the n-th deal made. */
    lettersTo: async (address: string) => (await driver.letters()).filter(({ to }) => to.includes(address)),
    runsOf: async (deal: string) => (await driver.openRuns()).filter((name) => name.startsWith(`${deal}-`)),
    stop: runtime.stop,
  };
};
export type CompanyAtWork = Awaited<ReturnType<typeof startCompany>>;

/** Whether an event, or a batch, has to do with a deal. */
export const about =
  (deal: string) =>
  (event: unknown): boolean =>
    JSON.stringify(event).includes(deal);

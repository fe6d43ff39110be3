import { synthesize } from '../../infra/synthesize.ts';
import { createClock } from '../../local/clock.ts';
import { type RuntimeOptions, startRuntime } from '../../local/runtime.ts';
import type { DealView } from '../../schemas/api/index.ts';
import { seedPeople } from '../people.ts';
import { localDriver } from '../walkthroughs/local-driver.ts';
import { personOn } from '../walkthroughs/scenario.ts';

/** The runtime with its people, on a clock that stands: nothing falls due while something is measured. */
export const startCompany = async (options: Pick<RuntimeOptions, 'table'> = {}) => {
  const { templates } = await synthesize({ bundle: false, nag: false });
  const clock = createClock({ now: '2026-02-02T06:00:00.000Z' });
  const runtime = await startRuntime({ templates, clock, ...options });
  await seedPeople(runtime.table);
  const pavel = personOn(localDriver(runtime), 'pavel');
  return {
    runtime,
    clock,
    pavel,
    newDeal: (title: string) =>
      pavel.ok<DealView>('POST', '/v1/deals', {
        pipeline: 'goods',
        title,
        fields: { payerKind: 'legal', dealTotal: 24_000_000 },
      }),
  };
};
export type Company = Awaited<ReturnType<typeof startCompany>>;

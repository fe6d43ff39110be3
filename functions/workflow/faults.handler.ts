import * as z from 'zod';
import { EntityId } from '../../schemas/ids.ts';
import { RunState } from '../../schemas/step.ts';
import { instantOf } from '../../schemas/time.ts';
import { administratorsOf } from '../access/tenant.ts';
import { clock } from '../shared/clock.ts';
import { log } from '../shared/log.ts';
import { count } from '../shared/metrics.ts';
import { idOf } from '../shared/new-id.ts';
import { observed } from '../shared/observed.ts';
import { theCompany, theTable } from '../shared/ports.ts';
import { notificationRow } from '../shared/rows.ts';
import { obey } from './obey.ts';
import { Restart, type Restarted, restart } from './restart.ts';

const Asked = z.strictObject({ restart: Restart });

const StatusChange = z.object({
  detail: z.object({
    name: z.string(),
    executionArn: z.string(),
    status: z.enum(['FAILED', 'TIMED_OUT']),
    input: z.string().optional(),
    /** epoch ms */
    stopDate: z.number().nullish(),
    error: z.string().nullish(),
    cause: z.string().nullish(),
  }),
});

/**
 * What becomes of runs that ended badly. An operator asks for one to go on with `{ restart: { deal } }` and is answered.
 *
 * A run that failed: administrators are told once, with the run's name. One that reached the year it may last is started
 * again, since waiting longer is no fault of its work.
 */
export const handler = observed(async (event: unknown): Promise<Restarted | undefined> => {
  const asked = Asked.safeParse(event).data;
  if (asked !== undefined) return restart(asked.restart);
  const { detail } = StatusChange.parse(event);
  const state = detail.input === undefined ? undefined : RunState.safeParse(JSON.parse(detail.input));
  if (detail.status === 'TIMED_OUT' && state?.success === true) {
    log.info({ run: detail.name }, 'a run has lasted its year and is started again');
    await obey({ do: 'start', run: state.data.run });
    return undefined;
  }
  log.error({ run: detail.name, status: detail.status, failure: detail.error ?? null }, 'a run ended badly');
  count('RunsFailed', state?.success === true ? state.data.run : undefined);
  const company = await theCompany();
  // The same for an event that comes again, so that its line is the same.
  const at = new Date(detail.stopDate ?? clock.now());
  const rows = administratorsOf(state?.success === true ? state.data.run.pack : undefined, company).map(
    (admin) =>
      notificationRow({
        id: EntityId.parse(idOf('fault', detail.executionArn, admin.id)),
        user: admin.id,
        at: instantOf(at),
        text: 'run-failed',
        subject:
          admin.language === 'ru' ? `Процесс остановился: ${detail.name}` : `A run stopped: ${detail.name}`,
        body:
          admin.language === 'ru'
            ? `Состояние ${detail.status}, ошибка ${detail.error ?? '—'}. Откройте выполнение ${detail.name} в консоли Step Functions.`
            : `Status ${detail.status}, error ${detail.error ?? '—'}. Open the execution ${detail.name} in the Step Functions console.`,
        ...(state?.success === true ? { deal: state.data.run.deal } : {}),
      }),
  );
  await theTable().batch(rows.map((put) => ({ put })));
  return undefined;
});

import type { Pack } from '../../schemas/pack.ts';
import { industrial } from '../../statemachines/packs/industrial/index.ts';
import { type PipelineWords, pack } from '../../statemachines/vocabulary/index.ts';

/** A pack of these pipelines, its people and settings those of the industrial one, all of whom see every deal of it. */
export const packOf = (id: string, pipelines: readonly PipelineWords[]): Pack =>
  pack({
    ...industrial,
    id,
    pipelines,
    documents: [],
    desks: [],
    roles: industrial.roles.map((role) => ({
      ...role,
      grants: role.grants.map((grant) => ({ ...grant, pipeline: '*', scope: 'all' as const })),
    })),
  });

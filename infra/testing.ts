import type { Made } from './app.ts';
import type { Machine } from './machines.ts';
import { synthesize } from './synthesize.ts';

export type Resource = {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
};

/** Two stages, of which one speaks to the bus, and one endpoint of each kind. */
export const aPack: Made & { readonly machines: readonly Machine[] } = {
  endpoints: {
    'deals.list': { method: 'GET', path: '/v1/deals', service: 'deals' },
    'openapi.get': { method: 'GET', path: '/v1/openapi.json', service: 'admin', public: true },
  },
  machines: ['quote', 'won'].map((stage) => ({
    id: `goods-${stage}`,
    pack: 'industrial',
    pipeline: 'goods',
    stage,
    title: stage,
    comment: `Goods: ${stage}`,
    definition: {
      QueryLanguage: 'JSONata',
      StartAt: 'Work',
      States: {
        Work:
          stage === 'quote'
            ? {
                Type: 'Task',
                Resource: 'arn:aws:states:::lambda:invoke',
                Arguments: { FunctionName: `\${Step}` },
                End: true,
              }
            : {
                Type: 'Task',
                Resource: 'arn:aws:states:::events:putEvents',
                Arguments: { Entries: [{ EventBusName: `\${Bus}` }] },
                End: true,
              },
      },
    },
  })),
};

/**
 * The resources of all stacks, without bundling and checks.
 *
 * @throws where two stacks have a resource of the same logical id, which would then name neither
 */
export const resourcesOf = async (
  made: Made = aPack,
  stage = 'dev',
): Promise<Readonly<Record<string, Resource>>> => {
  const { templates } = await synthesize({ bundle: false, nag: false, stage, made });
  const all = templates.flatMap(({ Resources }) => Object.entries(Resources as Record<string, Resource>));
  const twice = all.filter(([id], at) => all.findIndex(([other]) => other === id) < at).map(([id]) => id);
  if (twice.length > 0) throw new Error(`in two stacks: ${twice.join(', ')}`);
  return Object.fromEntries(all);
};

export const ofType = (
  resources: Readonly<Record<string, Resource>>,
  type: string,
): readonly (readonly [id: string, resource: Resource])[] =>
  Object.entries(resources).filter(([, { Type }]) => Type === type);

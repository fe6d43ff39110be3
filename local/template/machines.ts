import { checkServices } from '../lambda/services.ts';
import type { Engine } from '../states/engine.ts';
import { ApiError } from '../states/errors.ts';
import type { LoadedTemplate, Resource } from './load.ts';

/** A state machine of the template with its substitutions carried out. */
export type MachineDefinition = { name: string; arn: string; definition: string; roleArn: string };

/**
 * The template's state machines.
 *
 * @throws {ServiceUnknown} for a task that nothing here can carry out
 */
export const machinesOf = (template: LoadedTemplate): MachineDefinition[] =>
  template.all('AWS::StepFunctions::StateMachine').map(({ arn, properties }) => {
    const name = arn.split(':').at(-1) ?? arn;
    const raw = properties.DefinitionString ?? JSON.stringify(properties.Definition ?? {});
    const definition = raw.replace(/\$\{(\w+)\}/g, (whole, key: string) => {
      const value = properties.DefinitionSubstitutions[key];
      return value === undefined ? whole : JSON.stringify(String(value)).slice(1, -1);
    });
    checkServices(name, JSON.parse(definition));
    return { name, arn, definition, roleArn: properties.RoleArn };
  });

/**
 * Brings the engine to the template's machines, versions and aliases, as a deployment does: a changed definition is a new
 * revision, and executions under way finish the one they began with.
 */
export const deployMachines = async (
  engine: Engine,
  template: LoadedTemplate,
  machines: readonly MachineDefinition[],
): Promise<void> => {
  const versions = template.all('AWS::StepFunctions::StateMachineVersion');
  const aliases = template.all('AWS::StepFunctions::StateMachineAlias');
  await Promise.all(
    machines.map(async (machine) => {
      const own = versions.filter(({ properties }) => properties.StateMachineArn === machine.arn);
      const version = await put(engine, machine, own.length > 0);
      for (const alias of aliases) await point(engine, alias, own, version);
    }),
  );
};

const put = async (
  engine: Engine,
  machine: MachineDefinition,
  publish: boolean,
): Promise<string | undefined> => {
  const { name, arn, definition, roleArn } = machine;
  try {
    return (await engine.createStateMachine({ name, definition, roleArn, publish })).stateMachineVersionArn;
  } catch (error) {
    if (!(error instanceof ApiError) || error.name !== 'StateMachineAlreadyExists') throw error;
    return (await engine.updateStateMachine({ stateMachineArn: arn, definition, roleArn, publish }))
      .stateMachineVersionArn;
  }
};

const point = async (
  engine: Engine,
  alias: Resource<'AWS::StepFunctions::StateMachineAlias'>,
  versions: readonly Resource<'AWS::StepFunctions::StateMachineVersion'>[],
  stateMachineVersionArn: string | undefined,
): Promise<void> => {
  const [route] = alias.properties.RoutingConfiguration;
  if (
    stateMachineVersionArn === undefined ||
    !versions.some(({ ref }) => ref === route.StateMachineVersionArn)
  )
    return;
  await engine.putStateMachineAlias({ name: alias.properties.Name, stateMachineVersionArn });
};

import type { Clock } from '../clock.ts';
import { ApiError } from './errors.ts';
import type { Registry } from './machines.ts';
import type { Machine } from './store.ts';

type Parts = {
  registry: Registry;
  clock: Clock;
  /** Resolves once the machine is in the store. */
  keep: (machine: Machine) => Promise<void>;
};

/** The calls of an engine that concern machines, their versions and aliases. */
export const machineCalls = ({ registry, clock, keep }: Parts) => ({
  async createStateMachine(request: {
    name: string;
    definition: string;
    roleArn?: string;
    publish?: boolean;
    versionDescription?: string;
  }) {
    const now = clock.now().getTime();
    const machine = registry.create(request.name, request.definition, request.roleArn ?? '', now);
    const version = request.publish
      ? registry.publish(machine, machine.revisions.length, now, request.versionDescription)
      : undefined;
    await keep(machine);
    return {
      stateMachineArn: machine.arn,
      creationDate: new Date(machine.createdAt),
      ...(version === undefined ? {} : { stateMachineVersionArn: `${machine.arn}:${version}` }),
    };
  },

  async updateStateMachine(request: {
    stateMachineArn: string;
    definition?: string;
    roleArn?: string;
    publish?: boolean;
    versionDescription?: string;
  }) {
    const now = clock.now().getTime();
    const { machine } = registry.resolve(request.stateMachineArn);
    const revision = registry.update(machine, request.definition, request.roleArn, now);
    const version = request.publish
      ? registry.publish(machine, revision.revision, now, request.versionDescription)
      : undefined;
    await keep(machine);
    return {
      updateDate: new Date(now),
      revisionId: revision.id,
      ...(version === undefined ? {} : { stateMachineVersionArn: `${machine.arn}:${version}` }),
    };
  },

  describeStateMachine(stateMachineArn: string) {
    return registry.resolve(stateMachineArn);
  },

  listStateMachines: (): readonly Machine[] => registry.list(),

  async publishStateMachineVersion(request: { stateMachineArn: string; description?: string }) {
    const now = clock.now().getTime();
    const { machine } = registry.resolve(request.stateMachineArn);
    const version = registry.publish(machine, machine.revisions.length, now, request.description);
    await keep(machine);
    return {
      stateMachineVersionArn: `${machine.arn}:${version}`,
      creationDate: new Date(machine.versions[version]?.at ?? now),
    };
  },

  /** Points an alias at a version, making or moving it. */
  async putStateMachineAlias(request: {
    name: string;
    stateMachineVersionArn: string;
    description?: string;
  }) {
    const now = clock.now().getTime();
    const { machine, qualifier } = registry.resolve(request.stateMachineVersionArn);
    if (!qualifier || !/^\d+$/.test(qualifier)) {
      throw new ApiError(
        'ValidationException',
        `an alias points at a version, not at ${request.stateMachineVersionArn}`,
      );
    }
    if (!/^[\w-]{1,80}$/.test(request.name) || /^\d+$/.test(request.name))
      throw new ApiError('InvalidName', `Invalid Name: '${request.name}'`);
    const known = machine.aliases[request.name];
    machine.aliases[request.name] = {
      version: Number(qualifier),
      at: known?.at ?? now,
      ...(request.description === undefined ? {} : { description: request.description }),
    };
    await keep(machine);
    return {
      stateMachineAliasArn: `${machine.arn}:${request.name}`,
      creationDate: new Date(known?.at ?? now),
      updateDate: new Date(now),
    };
  },
});

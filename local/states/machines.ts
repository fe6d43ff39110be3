import { compileMachine, type Program } from './definition.ts';
import { ApiError } from './errors.ts';
import type { Machine, Revision } from './store.ts';

/** A machine found by any of its ARNs, with the revision to run. */
export type Resolved = { machine: Machine; revision: Revision; qualifier?: string };

const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]{1,80}$/u;

export const checkName = (name: string): void => {
  if (!NAME.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
};

/** The machines of one engine, their revisions, versions and aliases; programs are compiled once a revision. */
export const createRegistry = (kept: readonly Machine[], prefix: string) => {
  const machines = new Map(kept.map((machine) => [machine.arn, machine]));
  const programs = new Map<string, Program>();

  const programOf = (machine: Machine, revision: number): Program => {
    const key = `${machine.arn} ${revision}`;
    const found =
      programs.get(key) ?? compileMachine((machine.revisions[revision - 1] as Revision).definition);
    programs.set(key, found);
    return found;
  };

  const revise = (machine: Machine, definition: string, role: string, at: number): Revision => {
    const revision = machine.revisions.length + 1;
    const made = { revision, id: `${machine.name}-${revision}`, definition, role, at };
    machine.revisions.push(made);
    return made;
  };

  const missing = (arn: string) =>
    new ApiError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);

  return {
    list: () => [...machines.values()].sort((a, b) => a.createdAt - b.createdAt || (a.arn < b.arn ? -1 : 1)),
    programOf,
    byArn: (arn: string) => machines.get(arn),
    remove: (arn: string) => machines.delete(arn),

    /** Finds a machine by its ARN, a version's (`...:3`) or an alias's (`...:live`). */
    resolve(arn: string): Resolved {
      if (!arn.startsWith(prefix)) {
        if (!/^arn:aws[\w-]*:states:[\w-]*:\d*:stateMachine:./.test(arn))
          throw new ApiError('InvalidArn', `Invalid Arn: '${arn}'`);
        throw missing(arn);
      }
      const [name = '', qualifier] = arn.slice(prefix.length).split(':');
      const machine = machines.get(prefix + name);
      if (!machine) throw missing(arn);
      if (qualifier === undefined) return { machine, revision: machine.revisions.at(-1) as Revision };
      const version = machine.aliases[qualifier]?.version ?? qualifier;
      const revision = machine.versions[version]?.revision;
      if (revision === undefined) throw missing(arn);
      return { machine, revision: machine.revisions[revision - 1] as Revision, qualifier };
    },

    /** Adds a machine; the same name with the same definition and role is the same machine. */
    create(name: string, definition: string, role: string, at: number): Machine {
      checkName(name);
      const arn = prefix + name;
      const known = machines.get(arn);
      if (known) {
        const last = known.revisions.at(-1) as Revision;
        if (last.definition === definition && last.role === role) return known;
        throw new ApiError('StateMachineAlreadyExists', `State Machine Already Exists: '${arn}'`);
      }
      const machine: Machine = {
        arn,
        name,
        createdAt: at,
        type: 'STANDARD',
        revisions: [],
        versions: {},
        aliases: {},
      };
      compileMachine(definition);
      revise(machine, definition, role, at);
      machines.set(arn, machine);
      return machine;
    },

    /** Gives a machine a new revision; executions under way keep theirs. */
    update(machine: Machine, definition: string | undefined, role: string | undefined, at: number): Revision {
      const last = machine.revisions.at(-1) as Revision;
      if (definition !== undefined) compileMachine(definition);
      if ((definition ?? last.definition) === last.definition && (role ?? last.role) === last.role)
        return last;
      return revise(machine, definition ?? last.definition, role ?? last.role, at);
    },

    /** Publishes a revision; a revision published before keeps its version. */
    publish(machine: Machine, revision: number, at: number, description?: string): number {
      const known = Object.entries(machine.versions).find(([, version]) => version.revision === revision);
      if (known) return Number(known[0]);
      const version = Math.max(0, ...Object.keys(machine.versions).map(Number)) + 1;
      machine.versions[version] = { revision, at, ...(description === undefined ? {} : { description }) };
      return version;
    },
  };
};

export type Registry = ReturnType<typeof createRegistry>;

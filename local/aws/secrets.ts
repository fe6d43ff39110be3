import type { IncomingMessage, ServerResponse } from 'node:http';
import * as z from 'zod';
import { AwsFault, answer, answerFault, jsonOf, readBody } from './aws-json.ts';

const type = 'application/x-amz-json-1.1';
const Named = z.object({ SecretId: z.string().min(1) });
const Put = Named.extend({ SecretString: z.string().min(1).max(65_536) });

/** The secrets of a deployment by name, as an operator would have written them. */
export type Secrets = {
  /** the value, parsed; undefined where none was written */
  read(name: string): unknown;
  /** `undefined` takes the value away: a secret that was never written */
  write(name: string, value: unknown): void;
  /** whether a request is one of Secrets Manager */
  isAsked(request: IncomingMessage): boolean;
  handler(request: IncomingMessage, response: ServerResponse): Promise<void>;
};

/**
 * Secrets Manager as far as values go: reads and writes them, by name or by ARN, over the service's wire.
 *
 * @param given - by name: `voronka-dev/robokassa`
 */
export const createSecrets = (given: Readonly<Record<string, unknown>> = {}): Secrets => {
  // Written down when it is first asked for: some of it takes its time to be made.
  const values = new Map(Object.entries(given).map(([name, value]) => [name, () => JSON.stringify(value)]));
  const nameOf = (id: string): string => /:secret:(.+)$/.exec(id)?.[1] ?? id;
  const actions: Readonly<Record<string, (body: unknown) => object>> = {
    GetSecretValue: (body) => {
      const Name = nameOf(Named.parse(body).SecretId);
      const SecretString = values.get(Name)?.();
      if (SecretString === undefined)
        throw new AwsFault(
          'ResourceNotFoundException',
          "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT",
        );
      return { Name, SecretString, VersionStages: ['AWSCURRENT'] };
    },
    PutSecretValue: (body) => {
      const { SecretId, SecretString } = Put.parse(body);
      values.set(nameOf(SecretId), () => SecretString);
      return { Name: nameOf(SecretId), VersionStages: ['AWSCURRENT'] };
    },
  };
  return {
    read: (name) => {
      const text = values.get(name)?.();
      return text === undefined ? undefined : JSON.parse(text);
    },
    write: (name, value) => {
      if (value === undefined) values.delete(name);
      else {
        const text = JSON.stringify(value);
        values.set(name, () => text);
      }
    },
    isAsked: ({ headers }) => String(headers['x-amz-target']).startsWith('secretsmanager.'),
    handler: async (request, response) => {
      try {
        const action = String(request.headers['x-amz-target']).split('.')[1] ?? '';
        const act = actions[action];
        if (act === undefined)
          throw new AwsFault(
            'UnknownOperationException',
            `${action}: this machine keeps secrets for ${Object.keys(actions).join(' and ')}`,
          );
        answer(response, 200, act(jsonOf(await readBody(request, 131_072))), type);
      } catch (error) {
        const fault =
          error instanceof z.ZodError ? new AwsFault('InvalidRequestException', error.message) : error;
        answerFault(response, fault, type);
      }
    },
  };
};

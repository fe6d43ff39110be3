import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { Place } from './place.ts';

/** What a function threw, as Lambda reports it. */
export class FunctionThrew extends Error {
  override readonly name = 'FunctionThrew';
}

const Thrown = z.object({ errorType: z.string().optional(), errorMessage: z.string().optional() });

/** Calls a function of the installation and waits for its answer. @throws {FunctionThrew} */
export const call = async (
  { lambda, prefix }: Pick<Place, 'lambda' | 'prefix'>,
  name: string,
  event: unknown,
): Promise<unknown> => {
  const FunctionName = `${prefix}-${name}`;
  const { Payload, FunctionError } = await lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  const answer: unknown = JSON.parse(Payload === undefined ? 'null' : Payload.transformToString());
  if (FunctionError === undefined) return answer;
  const { errorType = FunctionError, errorMessage = 'no message' } = Thrown.safeParse(answer).data ?? {};
  throw new FunctionThrew(`${FunctionName} threw ${errorType}: ${errorMessage}`);
};

import { ApiError } from './errors.ts';
import { type Json, PAYLOAD_LIMIT } from './json.ts';

/** Parses the input of an execution; none is an empty object. */
export const parseInput = (text: string | undefined): Json => {
  if (text !== undefined && Buffer.byteLength(text) > PAYLOAD_LIMIT) {
    throw new ApiError(
      'InvalidExecutionInput',
      'Invalid State Machine Execution Input: the input is larger than 262144 bytes',
    );
  }
  try {
    return JSON.parse(text ?? '{}') as Json;
  } catch (error) {
    throw new ApiError(
      'InvalidExecutionInput',
      `Invalid State Machine Execution Input: '${(error as Error).message}'`,
    );
  }
};

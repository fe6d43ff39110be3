import { inject } from 'vitest';
import * as z from 'zod';

const Given = z.strictObject({ endpoint: z.url(), number: z.int() });

/** The DynamoDB Local that all test files of a run share, and a prefix for tables that no other file has. */
export const sharedTable = async (): Promise<{ endpoint: string; prefix: string }> => {
  const response = await fetch(inject('sharedTable'));
  if (!response.ok) throw new Error(`no DynamoDB Local for the tests: ${await response.text()}`);
  const { endpoint, number } = Given.parse(await response.json());
  return { endpoint, prefix: `t${number}-` };
};

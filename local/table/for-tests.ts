import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { startTable, type Table } from './process.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** where the shared DynamoDB Local is asked for */
    sharedTable: string;
  }
}

/**
 * One DynamoDB Local for all files of a run, which starts when the first of them asks: each answer is its address and a
 * number that nobody else was given, for names of tables.
 */
export const setup = async ({ provide }: TestProject): Promise<() => Promise<void>> => {
  let started: Promise<Table> | undefined;
  let given = 0;
  const desk = createServer((_, response) => {
    given += 1;
    const number = given;
    started ??= startTable({ inMemory: true });
    started.then(
      ({ endpoint }) => response.end(JSON.stringify({ endpoint, number })),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((listening) => desk.listen(0, '127.0.0.1', listening));
  provide('sharedTable', `http://127.0.0.1:${(desk.address() as AddressInfo).port}`);
  return async () => {
    desk.closeAllConnections();
    await new Promise((closed) => desk.close(closed));
    await (await started)?.stop();
  };
};

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const names = ['api', 'table', 'storage', 'mail', 'signin', 'aws', 'sandboxes', 'control'] as const;

/** Ports of a runtime that is started again on the same ones, and of who commands it. */
export type Ports = Record<(typeof names)[number], number>;

/** Free ports; all are held at once, so that no two are the same. */
export const portsOf = async (): Promise<Ports> => {
  const held = await Promise.all(
    names.map(async (name) => {
      const server = createServer();
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      return { name, port: (server.address() as AddressInfo).port, server };
    }),
  );
  await Promise.all(held.map(({ server }) => new Promise((closed) => server.close(closed))));
  return Object.fromEntries(held.map(({ name, port }) => [name, port])) as Ports;
};

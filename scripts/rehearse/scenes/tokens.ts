import { createHmac } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { see } from '../../walkthroughs/scenario.ts';
import type { Cloud } from '../cloud.ts';
import type { Scene } from './scene.ts';

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));

const statusWith = async (cloud: Cloud, authorization: string | undefined): Promise<number> =>
  (await fetch(`${cloud.api}/v1/me`, { headers: authorization === undefined ? {} : { authorization } }))
    .status;

export const tokens: Scene = {
  name: 'a forged, an expired or no token opens nothing',
  async play(cloud) {
    const good = await cloud.tokenOf('pavel');
    const [head = '', , signature = ''] = good.split('.');
    const asAdmin = encoded({ ...claimsOf(good), sub: cloud.subjects.get('admin') });
    const unsigned = encoded({ alg: 'none', typ: 'JWT' });
    const symmetric = `${encoded({ alg: 'HS256', typ: 'JWT' })}.${asAdmin}`;
    const forged = {
      'no token': undefined,
      'no JWT': 'Bearer voronka',
      "another's claims under one's own signature": `Bearer ${head}.${asAdmin}.${signature}`,
      'no signature': `Bearer ${unsigned}.${asAdmin}.`,
      'signed by a secret of our own': `Bearer ${symmetric}.${createHmac('sha256', 'x').update(symmetric).digest('base64url')}`,
    };
    see('with a good token', await statusWith(cloud, `Bearer ${good}`), 200);
    for (const [what, authorization] of Object.entries(forged))
      see(what, await statusWith(cloud, authorization), 401);

    const brief = await cloud.briefToken('pavel', 2);
    see('before it expires', await statusWith(cloud, `Bearer ${brief}`), 200);
    const left = Number(claimsOf(brief).exp) * 1000 - Date.now();
    await pause(Math.max(0, left) + 1_100);
    see('after it expired', await statusWith(cloud, `Bearer ${brief}`), 401);
    return `401 for ${Object.keys(forged).join(', ')}, and after a token's time`;
  },
};

import { parseArgs } from 'node:util';
import { namedPacks, playDemos } from './demo/index.ts';
import type { OfDemo } from './demo/together.ts';
import type { Answer, Driver } from './walkthroughs/scenario.ts';

const help = `npm run seed -- [--url http://localhost:4000] [--signin http://localhost:4001 | --token <token>]
Puts the demo deals into a running system through its API.

  --url     the API's address                      (default http://localhost:4000)
  --signin  a local sign-in that hands out tokens  (default http://localhost:4001)
  --token   one token to act with instead, of somebody who may sell and enter payments
  --pack    the packs whose demo deals are meant, such as climate,coffee (default: all)`;

const { values } = parseArgs({
  options: {
    help: { type: 'boolean' },
    url: { type: 'string', default: 'http://localhost:4000' },
    signin: { type: 'string', default: 'http://localhost:4001' },
    token: { type: 'string' },
    pack: { type: 'string' },
  },
});
if (values.help === true) {
  console.log(help);
  process.exit(0);
}

/** Work arrives by the stream: what a step needs may be there a moment later. */
const settleMs = 1_500;

const tokens = new Map<string, string>();
const tokenOf = async (user: string): Promise<string> => {
  const known = values.token ?? tokens.get(user);
  if (known !== undefined) return known;
  const token = (await (await fetch(`${values.signin}/demo-token?user=${user}`)).text()).trim();
  tokens.set(user, token);
  return token;
};

const driver: Pick<Driver, OfDemo> = {
  call: async (user, method, path, body): Promise<Answer> => {
    const response = await fetch(`${values.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${await tokenOf(user)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  },
  advanceTo: () => new Promise((settled) => setTimeout(settled, settleMs)),
  put: async (url, headers, content) => (await fetch(url, { method: 'PUT', headers, body: content })).status,
};

try {
  const made = await playDemos(namedPacks(values.pack), driver, new Date());
  console.log(`${made.length} deals: ${made.join(', ')}`);
} catch (error) {
  console.error(
    `${error instanceof Error ? error.message : String(error)}\nIs Voronka running at ${values.url}? Start it with: npm start`,
  );
  process.exit(1);
}

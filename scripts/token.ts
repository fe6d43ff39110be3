import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { regionOf } from './deploy/region.ts';
import { deployedStack } from './deploy/stack.ts';
import { runPlainly } from './plainly.ts';
import { tokenHelp, tokenOptions } from './token/options.ts';
import { beginSignIn, type Client, NotSignedIn } from './token/sign-in.ts';

const parse = () => parseArgs({ options: tokenOptions }).values;

/** What was said, or else what the deployed stack says. */
const client = async (values: ReturnType<typeof parse>): Promise<Client> => {
  const { stage, issuer, 'client-id': clientId, origin = 'http://localhost:5173' } = values;
  if (issuer !== undefined && clientId !== undefined) return { issuer, clientId, origin };
  if (stage === undefined) throw new NotSignedIn('say --stage, or --issuer and --client-id');
  const region = values.region ?? (await regionOf());
  if (region === undefined) throw new NotSignedIn('no region: say --region eu-central-1, or set AWS_REGION');
  const stack = await deployedStack(`voronka-${stage}`, region);
  const { AccessIssuer, AccessClientId } = stack?.outputs ?? {};
  if (AccessIssuer === undefined || AccessClientId === undefined)
    throw new NotSignedIn(
      `no stack voronka-${stage} in ${region}; name the stage that is deployed there by --stage, its region by --region, and the account by AWS_PROFILE`,
    );
  const [first] = stack?.settings.origins?.split(',') ?? [];
  return { issuer: AccessIssuer, clientId: AccessClientId, origin: values.origin ?? first ?? origin };
};

const main = async (): Promise<number> => {
  const values = parse();
  if (values.help === true) {
    console.log(tokenHelp);
    return 0;
  }
  const { address, finish } = await beginSignIn(await client(values));
  // On the error channel: what is printed on the other is the token alone.
  console.error(`Open this address and sign in:\n\n${address}\n`);
  const keyboard = createInterface({ input: process.stdin, output: process.stderr });
  const back = await keyboard.question(
    'The browser comes back to a page that may not be there. Paste its address:\n',
  );
  keyboard.close();
  console.log(await finish(back));
  return 0;
};

await runPlainly(main);

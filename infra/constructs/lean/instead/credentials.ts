import { fromEnv } from '@aws-sdk/credential-provider-env';

/**
 * Stands for `@aws-sdk/credential-provider-node`: Lambda hands a function its role's credentials in the environment and
 * nowhere else, so that profiles, sign-in, web identity and a machine's metadata are left out.
 */
export const defaultProvider = fromEnv;

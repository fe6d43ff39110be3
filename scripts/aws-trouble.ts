const unknownCaller = new Set([
  'CredentialsProviderError',
  'TokenProviderError',
  'ExpiredToken',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
]);
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT']);

/**
 * What the person at the keyboard can do about an answer of AWS, or about none, in one line.
 *
 * @returns nothing where the trouble is not AWS's: a fault of the program
 */
export const awsTrouble = (error: Error): string | undefined => {
  const { AWS_PROFILE: profile } = process.env;
  if (unknownCaller.has(error.name))
    return `AWS does not know you (${error.message}${profile === undefined ? '' : `; AWS_PROFILE is ${profile}`}): sign in (aws sso login, or aws configure), and name the account by AWS_PROFILE`;
  if (/Region is missing/.test(error.message))
    return 'no region; name it by AWS_REGION, such as eu-central-1';
  if (error.name.startsWith('AccessDenied'))
    return `these credentials may not do it: ${error.message}; whoever gives rights in this account can mend that`;
  if ('code' in error && unreachable.has(String(error.code)))
    return `no AWS answers where AWS_REGION${process.env.AWS_ENDPOINT_URL === undefined ? '' : `, or AWS_ENDPOINT_URL (${process.env.AWS_ENDPOINT_URL}),`} says: ${error.message || String(error.code)}`;
  if ('$fault' in error)
    return error.$fault === 'server'
      ? `AWS failed (${error.name}: ${error.message}); try again in a while`
      : `AWS refused: ${error.name}: ${error.message}`;
  return undefined;
};

/** Where each provider answers; a path is appended to it. */
const origins = {
  robokassa: 'https://auth.robokassa.ru',
  'robokassa-services': 'https://services.robokassa.ru',
  'robokassa-receipts': 'https://ws.roboxchange.com',
  cdek: 'https://api.cdek.ru',
  'cdek-test': 'https://api.edu.cdek.ru',
  smsaero: 'https://gate.smsaero.ru',
  smsc: 'https://smsc.ru',
} as const;

export type EndpointName = keyof typeof origins;

/** The environment value that puts another address in a provider's place: `ENDPOINT_CDEK_TEST`. */
export const endpointVariable = (name: EndpointName): string =>
  `ENDPOINT_${name.toUpperCase().replaceAll('-', '_')}`;

/** Environment values that lead every provider's calls to one host that stands in for them all, each below the name of its company. */
export const endpointsAt = (url: string): Record<string, string> =>
  Object.fromEntries(
    (Object.keys(origins) as EndpointName[]).map((name) => [
      endpointVariable(name),
      `${url}/${name.split('-')[0]}`,
    ]),
  );

/**
 * Where a provider is called, without a closing slash. A host that stands in for it says so in the environment
 * (`ENDPOINT_ROBOKASSA`), as `AWS_ENDPOINT_URL_…` does for AWS; such an address may have a path.
 */
export const endpointOf = (name: EndpointName): string => {
  const instead = process.env[endpointVariable(name)];
  return instead === undefined || instead === '' ? origins[name] : instead.replace(/\/$/, '');
};

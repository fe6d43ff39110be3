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

export const endpointNames = Object.keys(origins) as readonly EndpointName[];

/**
 * Where a provider is called, without a closing slash. A host that stands in for it says so in the environment
 * (`ENDPOINT_ROBOKASSA`), as `AWS_ENDPOINT_URL_…` does for AWS; such an address may have a path.
 */
export const endpointOf = (name: EndpointName): string => {
  const instead = process.env[endpointVariable(name)];
  return instead === undefined || instead === '' ? origins[name] : instead.replace(/\/$/, '');
};

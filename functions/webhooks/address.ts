import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { BadInput } from '../shared/errors.ts';

/**
 * Addresses that are nobody's on the public network: our own machine, private networks, the metadata service of a cloud, and
 * those in which another address is hidden.
 * https://www.iana.org/assignments/iana-ipv4-special-registry https://www.iana.org/assignments/iana-ipv6-special-registry
 */
const notPublic = new BlockList();
for (const range of [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]) {
  const [net = '', bits = ''] = range.split('/');
  notPublic.addSubnet(net, Number(bits), 'ipv4');
}
/** Of the sixth version only what is given to networks, less what is not a host's own. */
const given = new BlockList();
given.addSubnet('2000::', 3, 'ipv6');
for (const range of ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']) {
  const [net = '', bits = ''] = range.split('/');
  notPublic.addSubnet(net, Number(bits), 'ipv6');
}

/** Whether an address is one on the public network. */
export const isPublic = (address: string): boolean => {
  switch (isIP(address)) {
    case 4:
      return !notPublic.check(address, 'ipv4');
    case 6:
      return given.check(address, 'ipv6') && !notPublic.check(address, 'ipv6');
    default:
      return false;
  }
};

/** Origins that may be called whatever they are, for a run on one machine: `WEBHOOK_ORIGINS=http://127.0.0.1:9000,…`. */
const allowed = (): readonly string[] =>
  (process.env.WEBHOOK_ORIGINS ?? '').split(',').filter((one) => one !== '');

const isAllowed = (url: URL): boolean => allowed().includes(url.origin);

/** The host of an address as the network knows it; of the sixth version without its brackets. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');

/**
 * An address that events may be sent to.
 *
 * @throws {BadInput} if it is not https, names a user, or is plainly not on the public network
 */
export const mustBeReachable = (given: string): URL => {
  const url = new URL(given);
  if (isAllowed(url)) return url;
  if (url.protocol !== 'https:')
    throw new BadInput(`url: ${url.protocol}// given; events are sent by https alone`);
  if (url.username !== '' || url.password !== '')
    throw new BadInput('url: it names a user or a password; what is sent is signed, leave them out');
  const host = hostOf(url);
  const isAddress = isIP(host) !== 0;
  if (isAddress ? !isPublic(host) : !host.includes('.') || /(^|\.)(localhost|local|internal)\.?$/.test(host))
    throw new BadInput(`url: ${host} is not on the public network; name a host that is`);
  return url;
};

/** A host name led to an address that events are not sent to. */
class NotPublic extends Error {
  readonly code = 'ENOTPUBLIC';
}

/**
 * Finds the addresses of a host and refuses all of them where one is not on the public network: what is connected to is
 * what was looked at, however soon the name leads elsewhere.
 */
export const publicLookup: LookupFunction = (host, options, answer) => {
  lookup(host, { ...options, all: true }, (error, found) => {
    if (error !== null) return answer(error, '');
    const [first] = found;
    if (first === undefined || found.some(({ address }) => !isPublic(address)))
      return answer(new NotPublic(`${host} leads to an address that is not on the public network`), '');
    if (options.all === true) return answer(null, found);
    answer(null, first.address, first.family);
  });
};

/** How the host of an address is looked up: guarded, unless the environment allows it whatever it is. */
export const lookupFor = (url: URL): LookupFunction | undefined =>
  isAllowed(url) ? undefined : publicLookup;

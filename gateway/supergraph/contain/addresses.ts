import { lookup } from 'node:dns/promises';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { buildConnector } from 'undici';
import { Breach } from './standing';

/** An address that no partner may be at: one that leads into our own house is no slip. */
export class AddressRefused extends Breach {
  constructor(message: string) {
    super(message);
    this.name = 'AddressRefused';
  }
}

/** Where a private address is allowed: this host and port, or this network. */
type Allowance = (hostname: string, port: string, address: string) => boolean;

const HOST_PORT = /^(\[[\da-f:.]+\]|[a-z0-9.-]+):(\d{1,5})$/i;

const allowanceOf = (text: string): Allowance | null => {
  const [, host, port] = HOST_PORT.exec(text) ?? [];
  if (host !== undefined && Number(port) > 0 && Number(port) < 65536)
    return (hostname, at) => hostname === host.toLowerCase() && at === port;
  const network = text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`;
  if (!ipaddr.isValidCIDR(network)) return null;
  const range = ipaddr.parseCIDR(network);
  return (_hostname, _port, address) => {
    const read = ipaddr.process(address);
    return read.kind() === range[0].kind() && read.match(range);
  };
};

/** Reads one entry of the list of private addresses that are allowed; null if it is none. */
export const readAllowance = (text: string): Allowance | null => allowanceOf(text.trim());

const GLOBAL = ipaddr.parseCIDR('2000::/3') as [ipaddr.IPv6, number];

/** Whether an address is one of the public internet's, which anybody can have. */
export const isPublicAddress = (text: string): boolean => {
  if (!ipaddr.isValid(text)) return false;
  // `process` turns an IPv4 address within an IPv6 one into what it is.
  const address = ipaddr.process(text);
  if (address.range() !== 'unicast') return false;
  return address.kind() === 'ipv4' || (address as ipaddr.IPv6).match(GLOBAL);
};

/** Every address of a host. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;
const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** What partners' addresses are judged by. */
export interface AddressRules {
  /** `host:port`, addresses and networks that may be private; for development and tests. */
  readonly allowed: readonly string[];
  readonly resolve?: Resolve;
}

/** The literal within a URL's host, or null if it is a name. */
const literalOf = (hostname: string): string | null => {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return ipaddr.isValid(bare) ? bare : null;
};

/**
 * Judges where partners may be: https to addresses of the public internet, or what is allowed by name.
 */
export const createAddressRules = ({ allowed, resolve = resolveBySystem }: AddressRules) => {
  const allowances = allowed.map((text) => {
    const allowance = readAllowance(text);
    if (!allowance) throw new Error(`${JSON.stringify(text)} is no host:port, address or network.`);
    return allowance;
  });
  const isAllowed: Allowance = (...target) => allowances.some((allowance) => allowance(...target));

  /** @throws AddressRefused */
  const check = (protocol: string, hostname: string, port: string, address: string): void => {
    if (isAllowed(hostname, port, address)) return;
    if (protocol !== 'https:') throw new AddressRefused(`${hostname} is not asked but by https.`);
    if (!isPublicAddress(address))
      throw new AddressRefused(
        `${hostname} is at ${address}, which is not of the public internet.`,
      );
  };

  /** Every address is checked: which of them is taken is the system's choice. */
  const addressesOf = async (protocol: string, hostname: string, port: string) => {
    const literal = literalOf(hostname);
    const addresses = literal === null ? await resolve(hostname) : [literal];
    if (addresses.length === 0) throw new AddressRefused(`${hostname} has no address.`);
    for (const address of addresses) check(protocol, hostname, port, address);
    return addresses;
  };

  /**
   * Whether a partner may be at a URL, as far as its text and its addresses of this moment say.
   * @throws AddressRefused
   */
  const checkUrl = async (text: string): Promise<void> => {
    if (!URL.canParse(text)) throw new AddressRefused('It is no address.');
    const { protocol, username, password, hostname, port, search, hash } = new URL(text);
    if (protocol !== 'https:' && protocol !== 'http:')
      throw new AddressRefused('Its address is not https.');
    if (username !== '' || password !== '')
      throw new AddressRefused('Its address holds a name or a password.');
    if (search !== '' || hash !== '')
      throw new AddressRefused('Its address has a query or a fragment.');
    await addressesOf(protocol, hostname, port || (protocol === 'https:' ? '443' : '80'));
  };

  /**
   * Connects to what was checked and to nothing else: names are resolved once, before, and the socket's
   * own word for where it ended is looked at after.
   */
  const connector = (timeoutMs: number): buildConnector.connector => {
    return (options, callback) => {
      const { protocol, hostname } = options;
      const port = options.port || (protocol === 'https:' ? '443' : '80');
      addressesOf(protocol, hostname, port).then(
        (addresses) => {
          const found = addresses.map((address) => ({
            address,
            family: address.includes(':') ? 6 : 4,
          }));
          // Node asks for all addresses where it tries several, and for one where it does not.
          const answer: LookupFunction = (_hostname, { all }, done) =>
            all ? done(null, found) : done(null, found[0]?.address ?? '', found[0]?.family);
          const connect = buildConnector({ timeout: timeoutMs, lookup: answer } as never);
          connect(options, (error, socket) => {
            if (error) return callback(error, null);
            try {
              check(protocol, hostname, port, socket.remoteAddress ?? '');
              callback(null, socket);
            } catch (refused) {
              socket.destroy();
              callback(refused as Error, null);
            }
          });
        },
        (error: Error) => callback(error, null),
      );
    };
  };
  return { checkUrl, connector };
};
export type AddressGuard = ReturnType<typeof createAddressRules>;

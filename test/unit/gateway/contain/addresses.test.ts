import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import {
  AddressRefused,
  createAddressRules,
  isPublicAddress,
  type Resolve,
} from '../../../../gateway/supergraph/contain/addresses';

const nowhere: Resolve = async () => [];
const rules = (allowed: string[] = [], resolve: Resolve = nowhere) =>
  createAddressRules({ allowed, resolve });

describe('an address of the public internet', () => {
  it.each(['8.8.8.8', '2606:4700::1111'])('is %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
  it.each([
    '127.0.0.1',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '198.18.0.1',
    '::1',
    '::',
    '::7f00:1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'fe80::1%eth0',
    'fc00::1',
    'fec0::1',
    'ff02::1',
    '',
    'nonsense',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('an address of a partner', () => {
  it.each([
    ['http', 'http://8.8.8.8/graphql'],
    ['a name within', 'https://name@8.8.8.8/graphql'],
    ['a password within', 'https://name:word@8.8.8.8/graphql'],
    ['a query', 'https://8.8.8.8/graphql?to=x'],
    ['a fragment', 'https://8.8.8.8/graphql#x'],
    ['another scheme', 'file:///etc/passwd'],
    ['no address', 'willow.example'],
    ['a number', 'https://2130706433/'],
    ['a hexadecimal number', 'https://0x7f.1/'],
    ['an octal number', 'https://0177.0.0.1/'],
    ['a short form', 'https://127.1/'],
    ['this machine', 'https://0.0.0.0/'],
    ['IPv4 within IPv6', 'https://[::ffff:127.0.0.1]/'],
    ['a dot at the end', 'https://127.0.0.1./'],
    ['full-width digits', 'https://１２７.０.０.１/'],
    ['a link-local address', 'https://[fe80::1]/'],
  ])('is refused with %s', async (_what, url) => {
    await expect(rules().checkUrl(url)).rejects.toThrow(AddressRefused);
  });

  it('is taken with https to a public address', async () => {
    await rules().checkUrl('https://8.8.8.8/graphql');
    await rules([], async () => ['8.8.8.8', '2606:4700::1111']).checkUrl('https://a.example/');
  });

  it('is refused where one of several answers of the resolver is private, or none is there', async () => {
    const mixed = rules([], async () => ['8.8.8.8', '10.0.0.1']);
    await expect(mixed.checkUrl('https://a.example/')).rejects.toThrow(AddressRefused);
    await expect(rules().checkUrl('https://a.example/')).rejects.toThrow(AddressRefused);
  });

  it('may be private where it was allowed by host and port, address or network', async () => {
    await rules(['127.0.0.1:4001']).checkUrl('http://127.0.0.1:4001/graphql');
    await rules(['a.internal:80'], async () => ['10.1.1.1']).checkUrl('http://a.internal/');
    await rules(['10.0.0.0/8']).checkUrl('http://10.9.9.9:9/');
    await rules(['::1']).checkUrl('http://[::1]:9/');
    for (const url of ['http://127.0.0.1:4002/', 'http://localhost:4001/', 'http://10.1.1.1/'])
      await expect(rules(['127.0.0.1:4001']).checkUrl(url)).rejects.toThrow(AddressRefused);
    expect(() => rules(['everything'])).toThrow(/no host:port/);
  });
});

describe('a connection', () => {
  let server: Server;
  let port: number;
  let requests: number;
  beforeEach(async () => {
    requests = 0;
    server = createServer((_request, response) => {
      requests += 1;
      response.end('{}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = async (host: string, connect: ReturnType<typeof rules>) => {
    const pool = new Pool(`http://${host}:${port}`, { connect: connect.connector(1000) });
    try {
      const { statusCode, body } = await pool.request({ method: 'GET', path: '/' });
      await body.dump();
      return statusCode;
    } finally {
      await pool.destroy();
    }
  };

  it('goes where the name was found to be, and asks the resolver once', async () => {
    const asked: string[] = [];
    const resolve: Resolve = async (host) => {
      asked.push(host);
      return ['127.0.0.1'];
    };
    expect(await ask('partner.test', rules(['127.0.0.1'], resolve))).toBe(200);
    expect(asked).toEqual(['partner.test']);
  });

  it('is not made to a name that leads to another address the next time', async () => {
    const answers = [['127.0.0.2'], ['127.0.0.1']];
    const guarded = rules(['127.0.0.2'], async () => answers.shift() ?? []);
    // There is nobody at the first one; that is an error of the network's.
    await expect(ask('partner.test', guarded)).rejects.not.toThrow(AddressRefused);
    await expect(ask('partner.test', guarded)).rejects.toThrow(AddressRefused);
    expect(requests).toBe(0);
  });

  it('is not made to a literal either, for which no name is looked up', async () => {
    await expect(ask('127.0.0.1', rules())).rejects.toThrow(AddressRefused);
    expect(requests).toBe(0);
  });
});

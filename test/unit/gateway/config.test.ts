import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, readConfig, SUBGRAPH_NAMES, VARIABLES } from '../../../gateway/config';

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toMatchObject({
      http: { port: 4000, host: '127.0.0.1' },
      dataDir: './data',
      builtinData: true,
    });
  });

  it('takes PostgreSQL in place of the folder, and never repeats its address', () => {
    const url = 'postgres://keeper:s3cret@db.example.org/peace?prefix=test_';
    expect(readConfig({ DATA_DIR: 'data', DATABASE_URL: url })).toMatchObject({
      dataDir: 'data',
      place: url,
    });
    expect(readConfig({ DATA_DIR: 'data' }).place).toBe('data');
    for (const bad of ['mysql://keeper:s3cret@host/db', 'postgres://keeper:s3cret@host', `${url}-`])
      expect(() => readConfig({ DATABASE_URL: bad })).toThrow(
        /^The environment cannot be used:\n\s+DATABASE_URL is unusable(?!.*s3cret)/,
      );
  });

  it('names every problem at once', () => {
    try {
      readConfig({ PORT: 'x', LOG_LEVEL: 'loud', BUILTIN_DATA: 'maybe' });
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      const { problems } = error as ConfigError;
      expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
        'PORT',
        'LOG_LEVEL',
        'BUILTIN_DATA',
      ]);
      return;
    }
    throw new Error('It took a bad environment.');
  });

  it('takes the addresses of all subgraphs, or of none', () => {
    expect(readConfig({}).subgraphs).toEqual([]);
    const addresses = SUBGRAPH_NAMES.map((name, place) => ({
      name,
      url: `http://127.0.0.1:${4001 + place}`,
    }));
    const SUBGRAPHS = addresses.map(({ name, url }) => `${name}=${url}`).join(', ');
    expect(readConfig({ SUBGRAPHS }).subgraphs).toEqual(addresses);
  });

  it('names every problem of the addresses', () => {
    const SUBGRAPHS = 'funding=ftp://a,money=http://b,policy=http://c,policy=http://d,networks';
    expect(() => readConfig({ SUBGRAPHS })).toThrow(
      /funding has no http address[^]*no subgraph `money`[^]*policy is there twice[^]*networks has no http address[^]*lacks organisations/,
    );
    expect(() => readConfig({ SUBGRAPHS: 'funding=http://user:word@a' })).toThrow(
      /no http address/,
    );
  });

  it('takes pages by tier from the default size to the largest there is', () => {
    expect(readConfig({ PAGE_LIMITS: '50,100,200,500' }).access.pageLimits).toEqual([
      50, 100, 200, 500,
    ]);
    for (const PAGE_LIMITS of ['49,50,50,50', '50,50,50,501', '50'])
      expect(() => readConfig({ PAGE_LIMITS })).toThrow(/PAGE_LIMITS is /);
  });

  it('takes private addresses of partners in development, and nowhere else', () => {
    const PARTNER_PRIVATE_ADDRESSES = '127.0.0.1:5001, localhost:5002,10.0.0.0/8,::1';
    expect(readConfig({ PARTNER_PRIVATE_ADDRESSES }).partners.privateAddresses).toEqual([
      '127.0.0.1:5001',
      'localhost:5002',
      '10.0.0.0/8',
      '::1',
    ]);
    expect(readConfig({}).partners.privateAddresses).toEqual([]);
    for (const more of [{ NODE_ENV: 'production' }, { HOST: '0.0.0.0' }, { HOST: '::' }])
      expect(() => readConfig({ PARTNER_PRIVATE_ADDRESSES, ...more })).toThrow(/for development/);
    expect(() => readConfig({ PARTNER_PRIVATE_ADDRESSES: 'everywhere' })).toThrow(/no host:port/);
    expect(readConfig({ NODE_ENV: 'production', HOST: '0.0.0.0' }).http.host).toBe('0.0.0.0');
  });

  it('is what .env.example lists', () => {
    const example = readFileSync(path.join(__dirname, '..', '..', '..', '.env.example'), 'utf8');
    const pairs = [...example.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    expect(pairs.map(([name]) => name)).toEqual(Object.keys(VARIABLES));
    expect(readConfig(Object.fromEntries(pairs) as Record<string, string>)).toEqual(readConfig({}));
  });
});

import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { formatKey, newKeyId, newSecret, parseKey } from '../../../gateway/access/key';
import { ACCESS_MIGRATIONS, createKeyStore } from '../../../gateway/access/key.store';
import { createKeys, type Keys, NOTICED_WITHIN_MS } from '../../../gateway/access/keys';
import { readKeySecret } from '../../../gateway/access/key-secret';
import { openKeys } from '../../../gateway/access/open';
import { DEFAULT_LIMITS, readConfig } from '../../../gateway/config';
import { type Graph, openGraph } from '../../../gateway/graph';
import { createServer, type Server } from '../../../gateway/server';
import { openDatabase } from '../../../subgraphs/shared/db';
import { Visibility } from '../../../subgraphs/shared/viewer';
import { anOrganisation, aSource, writeEdition } from '../../support/organisations';

const SECRET = 'a secret of the server, long enough';
const TIERS = [Visibility.PUBLIC, Visibility.PARTNER, Visibility.DONOR, Visibility.STEWARD];

let folder: string;
let graph: Graph;
let server: Server;
let keys: Keys;
let lines: string[];
let clock: number;

const open = async (env: Record<string, string> = {}): Promise<Server> =>
  createServer({
    config: {
      http: { port: 0, host: '127.0.0.1' },
      limits: DEFAULT_LIMITS,
      access: readConfig(env).access,
    },
    subgraphs: graph.subgraphs,
    viewerFor: (tier) => graph.viewerOf(tier),
    keys: { check: (text) => keys.check(text) },
    log: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
  });
/** The keys as another process has them. */
const openedElsewhere = async (): Promise<Keys> =>
  createKeys(
    createKeyStore(await openDatabase(path.join(folder, 'access.sqlite'), ACCESS_MIGRATIONS)),
    SECRET,
    () => clock,
  );

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'peacegraph-'));
  graph = await openGraph(null);
  await writeEdition(
    graph.organisations,
    TIERS.map((visibility) =>
      anOrganisation({ key: `PG-${visibility}`, name: visibility, visibility }),
    ),
    aSource(),
  );
  await graph.follow();
  server = await open();
});
beforeEach(async () => {
  lines = [];
  clock = Date.parse('2026-06-01T12:00:00Z');
  keys = await openedElsewhere();
});
afterEach(() => keys.close());
afterAll(async () => {
  await server.close();
  await graph.close();
  await rm(folder, { recursive: true });
});

interface Answer {
  data?: { organisations: { nodes: { name: string }[] } };
  errors?: { message: string; extensions: { code: string } }[];
}
const QUERY = '{ organisations(orderBy: ID_ASC) { nodes { name } } }';
const ask = async (
  headers: Record<string, string> = {},
  of = server,
  remoteAddress = '192.0.2.1',
) => {
  const answer = await of.app.inject({
    method: 'POST',
    url: '/graphql',
    headers,
    payload: { query: QUERY },
    remoteAddress,
  });
  const { data, errors } = answer.json<Answer>();
  return {
    status: answer.statusCode,
    headers: answer.headers,
    names: data?.organisations.nodes.map(({ name }) => name).sort(),
    code: errors?.[0]?.extensions.code,
    text: answer.body,
  };
};
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });
const basic = (key: string) => ({
  authorization: `Basic ${Buffer.from(`anybody:${key}`).toString('base64')}`,
});
const aKey = async (tier = 2, more = {}) =>
  (await keys.create({ label: 'A key', tier, ...more })).text;

describe('a key', () => {
  it('has a prefix to be found by and a checksum to be told by', () => {
    const [id, secret] = [newKeyId(), newSecret()];
    const text = formatKey({ id, secret });
    expect(text).toMatch(/^pg_[0-9a-f]{12}_[0-9a-f]{48}$/);
    expect(parseKey(text)).toEqual({ id, secret });
    for (const at of [3, 20, text.length - 1]) {
      const wrong = text.slice(0, at) + (text[at] === '0' ? '1' : '0') + text.slice(at + 1);
      expect(parseKey(wrong)).toBeNull();
    }
    expect(parseKey('')).toBeNull();
  });

  it.each(TIERS.map((visibility, tier) => [visibility, tier] as const))(
    'of %s shows its tier and those before it',
    async (_visibility, tier) => {
      expect((await ask(bearer(await aKey(tier)))).names).toEqual(TIERS.slice(0, tier + 1).sort());
    },
  );

  it('is taken as Bearer, as the password of Basic, and as X-API-Key', async () => {
    const key = await aKey();
    for (const headers of [bearer(key), basic(key), { 'x-api-key': key }])
      expect((await ask(headers)).names).toEqual(['DONOR', 'PARTNER', 'PUBLIC']);
    expect((await ask()).names).toEqual(['PUBLIC']);
  });

  it('makes an answer that no shared cache may keep', async () => {
    const { headers } = await ask(bearer(await aKey()));
    expect(headers['cache-control']).toBe('no-store');
    expect(headers.vary).toContain('authorization');
  });
});

describe('a key that does not count is refused, never answered as the public', () => {
  const other = formatKey({ id: newKeyId(), secret: newSecret() });
  it.each([
    ['no key at all', bearer('password')],
    ['an unknown key', bearer(other)],
    ['an empty password', basic('')],
    ['another scheme', { authorization: 'Digest x=1' }],
    ['an empty header', { 'x-api-key': '' }],
    ['two different keys', { ...bearer(other), 'x-api-key': 'another' }],
  ])('%s', async (_what, headers) => {
    const { status, code, names, headers: sent, text } = await ask(headers);
    expect([status, code, names]).toEqual([401, 'UNAUTHENTICATED', undefined]);
    expect(sent['www-authenticate']).toMatch(
      'authorization' in headers && headers.authorization.startsWith('Basic')
        ? /^Basic /
        : /^Bearer /,
    );
    expect(text).not.toContain(other);
  });

  it('the id of one with the secret of another', async () => {
    const [one, another] = [await aKey(), await aKey()];
    const [a, b] = [parseKey(one), parseKey(another)];
    if (!a || !b) throw new Error('A fresh key cannot be read.');
    expect((await ask(bearer(formatKey({ id: a.id, secret: b.secret })))).status).toBe(401);
  });

  it('an expired key, from the moment on', async () => {
    const key = await aKey(2, { expiresAt: '2026-06-01T13:00:00.000Z' });
    expect((await ask(bearer(key))).status).toBe(200);
    clock = Date.parse('2026-06-01T13:00:00Z');
    const { status, text } = await ask(bearer(key));
    expect(status).toBe(401);
    expect(text).toContain('expired');
  });

  it('a key revoked by another process, within five seconds', async () => {
    const key = await aKey();
    expect((await ask(bearer(key))).status).toBe(200);
    const elsewhere = await openedElsewhere();
    expect(await elsewhere.revoke(parseKey(key)?.id ?? '')).toBe(true);
    await elsewhere.close();
    clock += NOTICED_WITHIN_MS;
    const { status, text } = await ask(bearer(key));
    expect(status).toBe(401);
    expect(text).toContain('revoked');
  });

  it('a key hashed under another secret of the server', async () => {
    const key = await aKey();
    const wrong = createKeys(
      createKeyStore(await openDatabase(path.join(folder, 'access.sqlite'), ACCESS_MIGRATIONS)),
      'some other secret, as long as needed',
    );
    expect(await wrong.check(key)).toEqual({ status: 'refused', because: 'unknown' });
    await wrong.close();
  });
});

describe('a rotated key', () => {
  it('has a new secret at once, while the former counts until the overlap ends', async () => {
    const former = await aKey();
    const id = parseKey(former)?.id ?? '';
    const fresh = (await keys.rotate(id, 3_600_000)) ?? '';
    expect(parseKey(fresh)?.id).toBe(id);
    expect(fresh).not.toBe(former);
    for (const key of [former, fresh]) expect((await ask(bearer(key))).status).toBe(200);
    clock += 3_600_000;
    expect((await ask(bearer(former))).status).toBe(401);
    expect((await ask(bearer(fresh))).status).toBe(200);
  });

  it('does not lengthen an overlap that was to end sooner', async () => {
    const first = await aKey();
    const id = parseKey(first)?.id ?? '';
    await keys.rotate(id, 60_000);
    await keys.rotate(id, 3_600_000);
    clock += 60_000;
    expect((await ask(bearer(first))).status).toBe(401);
  });

  it('must stand', async () => {
    const id = parseKey(await aKey())?.id ?? '';
    await keys.revoke(id);
    expect(await keys.rotate(id, 1000)).toBeNull();
    expect(await keys.revoke(id)).toBe(false);
  });
});

describe('what is kept of keys', () => {
  it('is no part of their secret: not in the database, in lists, or in any log', async () => {
    const key = await aKey(3, { label: 'Logged', owner: 'PG-X' });
    const secret = parseKey(key)?.secret ?? '';
    await ask(bearer(key));
    await ask({ 'x-api-key': `${key}0` });
    await server.app.inject({ url: `/graphql?query={sources{id}}&apikey=${key}` });
    expect(lines.join('')).toContain(parseKey(key)?.id);
    expect(lines.join('')).not.toContain(secret);
    expect(JSON.stringify(await keys.list())).not.toContain(secret);
    for (const file of ['access.sqlite', 'access.sqlite-wal'])
      expect(await readFile(path.join(folder, file), 'latin1')).not.toContain(secret);
  });

  it('is hashed under a secret that is made once and is its owner’s to read', async () => {
    const data = path.join(folder, 'fresh');
    const secrets = await Promise.all([1, 2, 3, 4].map(() => readKeySecret(data, null)));
    expect(new Set(secrets).size).toBe(1);
    const at = (key: string | null) => ({ place: data, dataDir: data, secrets: { key } });
    const one = await openKeys(at(null));
    const other = await openKeys(at(null));
    const { text } = await one.create({ label: 'x', tier: 1 });
    expect((await other.check(text)).status).toBe('valid');
    await Promise.all([one.close(), other.close()]);
    expect((await stat(path.join(data, 'key-secret'))).mode & 0o777).toBe(0o600);
    const given = await openKeys(at(SECRET));
    expect((await given.check(text)).status).toBe('refused');
    await given.close();
  });

  it('tells no secret in a complaint about the environment', () => {
    expect(() => readConfig({ KEY_SECRET: 'hush' })).toThrow(/KEY_SECRET/);
    expect(() => readConfig({ KEY_SECRET: 'hush' })).not.toThrow(/hush/);
  });
});

describe('points of a minute', () => {
  // A page of fifty bodies may cost 51 rows and six look-ups of ten points.
  const rates = { RATE_LIMITS: '250,500,500,500' };
  let limited: Server;
  beforeEach(async () => {
    limited = await open(rates);
  });
  afterEach(() => limited.close());

  it('are counted down, then refused with the time to wait', async () => {
    const first = await ask({}, limited);
    expect(first.status).toBe(200);
    expect(first.headers['ratelimit-policy']).toBe('"points";q=250;w=60');
    expect(first.headers.ratelimit).toMatch(/^"points";r=139;t=\d+$/);
    expect((await ask({}, limited)).status).toBe(200);
    const refused = await ask({}, limited);
    expect([refused.status, refused.code]).toEqual([429, 'RATE_LIMITED']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.names).toBeUndefined();
  });

  it('are each address’s own, and each key’s own wherever it comes from', async () => {
    for (let count = 0; count < 3; count += 1) await ask({}, limited);
    expect((await ask({}, limited, '192.0.2.2')).status).toBe(200);
    const [one, other] = [bearer(await aKey()), bearer(await aKey())];
    for (let count = 0; count < 4; count += 1)
      expect((await ask(one, limited, `192.0.2.${count}`)).status).toBe(200);
    expect((await ask(one, limited, '192.0.2.9')).status).toBe(429);
    expect((await ask(other, limited, '192.0.2.9')).status).toBe(200);
  });

  it('believe `X-Forwarded-For` of trusted proxies only', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': address });
    for (let count = 0; count < 3; count += 1) await ask(from(`198.51.100.${count}`), limited);
    expect((await ask(from('198.51.100.9'), limited)).status).toBe(429);
    const behind = await open({ ...rates, TRUST_PROXY: '192.0.2.0/24' });
    for (let count = 0; count < 4; count += 1)
      expect((await ask(from(`198.51.100.${count}`), behind)).status).toBe(200);
    await behind.close();
  });
});

describe('a key of a partner', () => {
  it('says whose subgraph it may publish, and sees what its tier sees', async () => {
    const { key, text } = await keys.create({ label: 'x', tier: 0, partner: 'willow-web' });
    expect(key.partner).toBe('willow-web');
    expect(await keys.check(text)).toMatchObject({
      status: 'valid',
      key: { partner: 'willow-web' },
    });
    expect((await ask(bearer(text))).names).toEqual(['PUBLIC']);
    expect(await keys.list()).toContainEqual(expect.objectContaining({ partner: 'willow-web' }));
  });
});

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { pino } from 'pino';
import { BadInput } from '../../../subgraphs/shared/errors';
import {
  createSigningKey,
  publicText,
  readPublicKeys,
  type SigningKey,
} from '../../../subgraphs/shared/http/keys';
import { createSubgraphServer, type SubgraphServer } from '../../../subgraphs/shared/http/server';
import { contentDigest, signMessage } from '../../../subgraphs/shared/http/signature';
import { BODY_COMPONENTS, COMPONENTS } from '../../../subgraphs/shared/http/verifier';
import type { Subgraph } from '../../../subgraphs/shared/subgraph';
import type { Viewer } from '../../../subgraphs/shared/viewer';

const KEY = createSigningKey();
const KEYS = readPublicKeys(publicText(KEY));
const SDL = 'type Query { tier: Int, version: Int, refuse: String, break: String }';

/** A subgraph that has followed to version 20, and says who asks. */
const SUBGRAPH: Subgraph<Viewer> = {
  name: 'money',
  sdl: SDL,
  schema: buildSubgraphSchema({
    typeDefs: parse(SDL),
    resolvers: {
      Query: {
        tier: (_: unknown, _args: unknown, { tier }: Viewer) => tier,
        version: (_: unknown, _args: unknown, { version }: Viewer) => version,
        refuse: () => {
          throw new BadInput('`first` is 0.');
        },
        break: () => {
          throw new Error('SQLITE_ERROR: no such table: secrets');
        },
      },
    } as never,
  }),
  context: (viewer) => viewer,
  version: async () => 20,
  db: undefined as never,
};

let server: SubgraphServer;
let lines: string[];
beforeEach(() => {
  lines = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  server = createSubgraphServer(SUBGRAPH, { keys: KEYS, log });
});
afterEach(() => server.close());

let nonces = 0;
const signedHeaders = (
  request: { method: string; path: string; headers: Record<string, string> },
  key: SigningKey = KEY,
): Record<string, string> => {
  const created = Math.floor(Date.now() / 1000);
  const params = { created, expires: created + 30, nonce: `n${(nonces += 1)}`, keyid: key.id };
  const message = { ...request, authority: 'subgraph:80' };
  const components = request.method === 'GET' ? COMPONENTS : BODY_COMPONENTS;
  const signature = signMessage(message, { components, params, key: key.key });
  return { ...request.headers, ...signature, host: 'subgraph:80' };
};
const aRequest = (body: string, viewer = 'tier=1, version=18') => ({
  method: 'POST',
  path: '/graphql',
  headers: {
    'content-type': 'application/json',
    'content-digest': contentDigest(body),
    'peacegraph-source': 'money',
    'peacegraph-viewer': viewer,
    'peacegraph-request': 'r1',
  },
});
const send = async (body: string, headers: Record<string, string>) => {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/graphql',
    headers,
    payload: body,
  });
  return {
    status: answer.statusCode,
    version: answer.headers['peacegraph-version'],
    body: answer.json<{
      data?: unknown;
      errors?: { message: string; path?: unknown; extensions: { code: string } }[];
    }>(),
  };
};
const ask = (query: string, viewer?: string) => {
  const body = JSON.stringify({ query });
  return send(body, signedHeaders(aRequest(body, viewer)));
};
const codeOf = ({ status, body }: Awaited<ReturnType<typeof send>>) => [
  status,
  body.errors?.[0]?.extensions.code,
];

describe('a subgraph over HTTP', () => {
  it('answers a signed sub-query as the viewer that is signed with it, and says its version', async () => {
    expect(await ask('{ tier version }')).toEqual({
      status: 200,
      version: '20',
      body: { data: { tier: 1, version: 18 } },
    });
  });

  it('says its version to the gateway alone', async () => {
    const headers = signedHeaders({
      method: 'GET',
      path: '/version',
      headers: { 'peacegraph-source': 'money' },
    });
    const answer = await server.app.inject({ url: '/version', headers });
    expect(answer.json()).toEqual({ name: 'money', version: 20 });
    expect((await server.app.inject('/version')).statusCode).toBe(401);
  });

  it('refuses what is unsigned, also introspection and its own SDL', async () => {
    for (const query of ['{ tier }', '{ __schema { types { name } } }', '{ _service { sdl } }']) {
      const body = JSON.stringify({ query });
      expect(codeOf(await send(body, aRequest(body).headers))).toEqual([401, 'SIGNATURE_MISSING']);
    }
    expect(lines.join('')).toContain('SIGNATURE_MISSING');
  });

  it('refuses another body under the signature, a second use, and another key', async () => {
    const body = JSON.stringify({ query: '{ tier }' });
    const headers = signedHeaders(aRequest(body));
    expect(codeOf(await send(body.replace('tier', 'version'), headers))).toEqual([
      401,
      'SIGNATURE_INVALID',
    ]);
    expect(codeOf(await send(body, headers))).toEqual([401, 'SIGNATURE_REPLAYED']);
    const others = signedHeaders(aRequest(body), createSigningKey());
    expect(codeOf(await send(body, others))).toEqual([401, 'SIGNATURE_KEY_UNKNOWN']);
  });

  it('refuses another viewer under the signature', async () => {
    const body = JSON.stringify({ query: '{ tier }' });
    const headers = signedHeaders(aRequest(body));
    const raised = { ...headers, 'peacegraph-viewer': 'tier=3, version=18' };
    expect(codeOf(await send(body, raised))).toEqual([401, 'SIGNATURE_INVALID']);
  });

  it('reads no body that is not signed', async () => {
    const answer = await send('x'.repeat(9e6), { 'content-type': 'application/json' });
    expect(codeOf(answer)).toEqual([401, 'SIGNATURE_MISSING']);
  });

  it.each([
    ['newer than its own', 21, 409],
    ['that it has', 20, 200],
    ['that it keeps', 12, 200],
    ['that it keeps no more', 11, 409],
  ])('of a version %s', async (_what, version, status) => {
    expect((await ask('{ version }', `tier=0, version=${version}`)).status).toBe(status);
  });

  it.each(['', 'tier=9, version=1', 'tier=0', 'tier=0, version=x'])(
    'refuses the viewer %j',
    async (viewer) => {
      expect(codeOf(await ask('{ tier }', viewer))).toEqual([400, 'BAD_REQUEST']);
    },
  );

  it('refuses queries of another schema', async () => {
    expect(codeOf(await ask('{ gone }'))).toEqual([400, 'QUERY_UNFIT']);
    expect(codeOf(await ask('{'))).toEqual([400, 'QUERY_UNFIT']);
  });

  it('tells what is for callers, and of its own faults only the place', async () => {
    const { body } = await ask('{ refuse break }');
    expect(body.data).toEqual({ refuse: null, break: null });
    expect(body.errors).toEqual([
      { message: '`first` is 0.', path: ['refuse'], extensions: { code: 'BAD_USER_INPUT' } },
      { message: 'A resolver failed.', path: ['break'], extensions: { code: 'RESOLVER_FAILED' } },
    ]);
    expect(lines.join('')).toContain('no such table: secrets');
    expect(lines.join('')).toContain('"requestId":"r1"');
  });

  it('is live and ready for those who watch, and has nothing else', async () => {
    expect((await server.app.inject('/livez')).statusCode).toBe(200);
    expect((await server.app.inject('/readyz')).statusCode).toBe(200);
    expect((await server.app.inject('/')).statusCode).toBe(404);
  });

  it('does not serve without a key to know its gateway by', () => {
    const log = pino({ level: 'silent' });
    expect(() => createSubgraphServer(SUBGRAPH, { keys: new Map(), log })).toThrow(/no key/);
  });

  it('takes two keys at once while one follows the other', async () => {
    const next = createSigningKey();
    const keys = readPublicKeys(publicText(KEY) + publicText(next));
    await server.close();
    server = createSubgraphServer(SUBGRAPH, { keys, log: pino({ level: 'silent' }) });
    const body = JSON.stringify({ query: '{ tier }' });
    for (const key of [KEY, next])
      expect((await send(body, signedHeaders(aRequest(body), key))).status).toBe(200);
  });
});

import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../../../gateway/config';
import { createServer, type Server } from '../../../gateway/server';
import type { SourcesExtension } from '../../../gateway/sources';
import { composeSupergraph } from '../../../gateway/supergraph/compose';
import { BadInput } from '../../../subgraphs/shared/errors';
import type { Subgraph } from '../../../subgraphs/shared/subgraph';

type Behaviour = 'answers' | 'breaks' | 'dawdles';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])';

/** A subgraph of plain resolvers, as far as the gateway needs one. */
const aSubgraph = (name: string, sdl: string, resolvers: object): Subgraph => {
  const typeDefs = `${LINK} ${sdl}`;
  return {
    name,
    sdl: typeDefs,
    schema: buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never }),
    context: () => ({}),
    version: async () => 0,
    db: undefined as never,
  };
};

let behaviour: Behaviour;
let server: Server;
let lines: string[];

let dawdling = 0;
const misbehave = async () => {
  if (behaviour === 'breaks') throw new Error('SQLITE_ERROR: no such table: secrets');
  if (behaviour === 'dawdles') {
    dawdling += 1;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
  return 'rich';
};

const SUBGRAPHS = [
  aSubgraph(
    'bodies',
    'type Body @key(fields: "id") { id: ID! name: String } type Query { body(id: ID!): Body, refuse: String, ground: Ground } type Ground { in: Ground, id: ID }',
    {
      Query: {
        body: (_: unknown, { id }: { id: string }) => ({ id, name: `Body ${id}` }),
        refuse: () => {
          throw new BadInput('`first` is 0; it must be 1 to 500.');
        },
        ground: () => ({}),
      },
      Body: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `Body ${id}` }) },
    },
  ),
  aSubgraph('money', 'type Body @key(fields: "id") { id: ID! wealth: String }', {
    Body: { __resolveReference: ({ id }: { id: string }) => ({ id }), wealth: misbehave },
  }),
];

beforeEach(async () => {
  behaviour = 'answers';
  lines = [];
  server = await createServer({
    config: {
      http: { port: 0, host: '127.0.0.1' },
      limits: { ...DEFAULT_LIMITS, deadlineMs: 150 },
    },
    subgraphs: SUBGRAPHS,
    viewerFor: async () => ({ tier: 0, version: 0 }),
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  });
});
afterEach(() => server.close());

interface Answer {
  data?: unknown;
  errors?: {
    message: string;
    path?: unknown;
    extensions: { code: string; requestId: string; source?: string };
  }[];
  extensions?: { sources?: SourcesExtension };
}

const post = async (body: object | string, headers: Record<string, string> = {}) => {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/graphql',
    headers: { 'content-type': 'application/json', ...headers },
    payload: body,
  });
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: JSON.parse(answer.body) as Answer,
  };
};
/** Of an answer for which these were asked and answered. */
const answered = (...names: string[]) => ({
  sources: {
    complete: true,
    asked: names.map((name) => ({ name, status: 'ok', paths: [], asOf: null })),
  },
});
const codeOf = ({ body }: { body: Answer }) => body.errors?.[0]?.extensions.code;

describe('answers', () => {
  it('join sources, by POST and by GET, for pages of any origin', async () => {
    const data = { body: { name: 'Body 1', wealth: 'rich' } };
    const expected = { data, extensions: answered('bodies', 'money') };
    const query = '{ body(id: 1) { name wealth } }';
    const posted = await post({ query });
    expect(posted.body).toEqual(expected);
    expect(posted.headers['access-control-allow-origin']).toBe('*');
    const got = await server.app.inject(`/graphql?query=${encodeURIComponent(query)}`);
    expect(JSON.parse(got.body)).toEqual(expected);
  });

  it('come without the source that fails, and say which', async () => {
    behaviour = 'breaks';
    const { status, body } = await post({ query: '{ body(id: 1) { name wealth } }' });
    expect(status).toBe(200);
    expect(body.data).toEqual({ body: { name: 'Body 1', wealth: null } });
    expect(body.errors?.[0]).toMatchObject({
      message: 'The source `money` did not answer.',
      extensions: { code: 'SOURCE_UNAVAILABLE', source: 'money' },
    });
    expect(body.extensions?.sources).toEqual({
      complete: false,
      asked: [
        { name: 'bodies', status: 'ok', paths: [], asOf: null },
        { name: 'money', status: 'unavailable', paths: ['body.wealth'], asOf: null },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('SQLITE');
    expect(lines.join('')).toContain('no such table: secrets');
  });

  it('pass on what a source says to the caller, with its code', async () => {
    const { body } = await post({ query: '{ refuse }' });
    expect(body.errors?.[0]).toMatchObject({
      message: '`first` is 0; it must be 1 to 500.',
      extensions: { code: 'BAD_USER_INPUT' },
    });
    expect(body.extensions).toEqual(answered('bodies'));
  });

  it('that take too long become an error', async () => {
    behaviour = 'dawdles';
    const answer = await post({ query: '{ body(id: 1) { wealth } }' });
    expect(answer.status).toBe(504);
    expect(codeOf(answer)).toBe('DEADLINE_EXCEEDED');
  });

  it('carry a request id that the log has, and the log no variables', async () => {
    const { headers } = await post({
      query: 'query Named($id: ID!) { body(id: $id) { name } }',
      operationName: 'Named',
      variables: { id: 'hush-hush' },
    });
    expect(lines.join('')).toContain(String(headers['x-request-id']));
    expect(lines.join('')).toContain('Named');
    expect(lines.join('')).not.toContain('hush-hush');
  });
});

describe('requests beyond a limit are refused', () => {
  const nested = (depth: number) =>
    `{ ground { ${'in { '.repeat(depth)} id ${'} '.repeat(depth)} } }`;
  const doubling = [
    '{ ground { ...a } }',
    ...'abcdefghijklm'.split('').map((name, index, all) => {
      const next = all[index + 1];
      return next
        ? `fragment ${name} on Ground { x: in { ...${next} } y: in { ...${next} } }`
        : `fragment ${name} on Ground { id }`;
    }),
  ].join('\n');

  it.each([
    ['tokens', `{ body(id: 1) { ${'name '.repeat(2100)} } }`],
    ['levels', nested(20)],
    [
      'aliases',
      `{ ${Array.from({ length: 120 }, (_, index) => `a${index}: body(id: ${index}) { id }`).join(' ')} }`,
    ],
    ['fields by fragments within fragments', doubling],
    ['a fragment within itself', '{ ground { ...f } } fragment f on Ground { in { ...f } }'],
  ])('%s', async (_what, query) => {
    const answer = await post({ query });
    expect(answer.status).toBe(400);
    expect(codeOf(answer)).toBe('QUERY_TOO_LARGE');
  });

  it('bytes', async () => {
    const answer = await post({
      query: '{ body(id: 1) { id } }',
      variables: { filler: 'x'.repeat(300_000) },
    });
    expect([answer.status, codeOf(answer)]).toEqual([413, 'REQUEST_TOO_LARGE']);
  });
});

describe('what is not GraphQL gets a JSON error', () => {
  it.each([
    ['GET', '/nothing', undefined, 404, 'NOT_FOUND'],
    ['DELETE', '/graphql', undefined, 405, 'METHOD_NOT_ALLOWED'],
    ['POST', '/graphql', { type: 'application/json', body: '{bad' }, 400, 'BAD_REQUEST'],
    ['POST', '/graphql', { type: 'text/plain', body: '{}' }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    ['POST', '/graphql', { type: 'application/json', body: '[]' }, 400, 'BAD_REQUEST'],
    [
      'POST',
      '/graphql',
      { type: 'application/json', body: '{"query":"{ nope }"}' },
      400,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [
      'POST',
      '/graphql',
      { type: 'application/json', body: '{"query":"{"}' },
      400,
      'GRAPHQL_PARSE_FAILED',
    ],
  ] as const)('%s %s', async (method, url, content, status, code) => {
    const answer = await server.app.inject({
      method,
      url,
      ...(content && { headers: { 'content-type': content.type }, payload: content.body }),
    });
    expect(answer.statusCode).toBe(status);
    expect((JSON.parse(answer.body) as Answer).errors?.[0]?.extensions.code).toBe(code);
  });
});

describe('the supergraph', () => {
  it('changes while queries run: updates wait for each other, a bad one changes nothing', async () => {
    const { supergraphSdl } = composeSupergraph(SUBGRAPHS);
    const query = { query: '{ body(id: 1) { wealth } }' };
    const asked = Array.from({ length: 40 }, () => post(query));
    const updates = await Promise.allSettled([
      server.update(supergraphSdl),
      server.update('this is no schema'),
      server.update(supergraphSdl),
    ]);
    expect(updates.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    for (const { body } of await Promise.all([...asked, post(query)])) {
      expect(body.data).toEqual({ body: { wealth: 'rich' } });
    }
  });
});

describe('a stop', () => {
  it('answers what is under way, and says that it is not ready', async () => {
    behaviour = 'dawdles';
    const slow = await createServer({
      config: {
        http: { port: 0, host: '127.0.0.1' },
        limits: { ...DEFAULT_LIMITS, deadlineMs: 5000 },
      },
      subgraphs: SUBGRAPHS,
      viewerFor: async () => ({ tier: 0, version: 0 }),
      log: pino({ level: 'silent' }),
    });
    const address = await slow.listen();
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    dawdling = 0;
    const asked = Array.from({ length: 20 }, () =>
      fetch(`${address}/graphql?query=${encodeURIComponent('{ body(id: 1) { wealth } }')}`).then(
        (answer) => answer.json(),
      ),
    );
    while (dawdling < asked.length) await new Promise((resolve) => setTimeout(resolve, 5));
    await slow.close();
    for (const answer of await Promise.all(asked))
      expect(answer).toMatchObject({ data: { body: { wealth: 'rich' } } });
  });

  it('and a server that does not listen yet are not ready, but live', async () => {
    expect((await server.app.inject('/readyz')).statusCode).toBe(503);
    expect((await server.app.inject('/livez')).statusCode).toBe(200);
  });
});

describe('pages', () => {
  it('load nothing from elsewhere', async () => {
    const page = await server.app.inject('/');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const graphiql = await server.app.inject('/graphiql');
    for (const { body } of [page, graphiql])
      expect(body).not.toMatch(/<(script|link|img)[^>]+(src|href)=["']https?:/i);
    expect(graphiql.body).toContain('query Organisations');
  });

  it('document the schema', async () => {
    expect((await server.app.inject('/schema.graphql')).body).toContain('type Body');
  });
});

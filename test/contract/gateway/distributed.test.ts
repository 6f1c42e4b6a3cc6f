import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../../../gateway/config';
import { createServer, type Server } from '../../../gateway/server';
import type { SourcesExtension } from '../../../gateway/sources';
import { composeSupergraph } from '../../../gateway/supergraph/compose';
import { BadInput } from '../../../subgraphs/shared/errors';
import type { Subgraph } from '../../../subgraphs/shared/subgraph';
import type { Viewer } from '../../../subgraphs/shared/viewer';
import { type Apart, openApart } from '../../support/distributed';

const LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])';

let versions: Record<string, number>;
let wealth: () => Promise<string>;

const aSubgraph = (name: string, sdl: string, resolvers: object): Subgraph<Viewer> => {
  const typeDefs = `${LINK} ${sdl}`;
  return {
    name,
    sdl: typeDefs,
    schema: buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never }),
    context: (viewer) => viewer,
    version: async () => versions[name] ?? 0,
    db: undefined as never,
  };
};
const seen = (_: unknown, _args: unknown, { version }: Viewer) => version;
const SUBGRAPHS = [
  aSubgraph(
    'bodies',
    'type Body @key(fields: "id") { id: ID! name: String seen: Int } type Query { body(id: ID!): Body, refuse: String }',
    {
      Query: {
        body: (_: unknown, { id }: { id: string }) => ({ id, name: `Body ${id}` }),
        refuse: () => {
          throw new BadInput('`first` is 0; it must be 1 to 500.');
        },
      },
      Body: { seen },
    },
  ),
  aSubgraph('money', 'type Body @key(fields: "id") { id: ID! wealth: String wealthSeen: Int }', {
    Body: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      wealth: () => wealth(),
      wealthSeen: seen,
    },
  }),
];

let apart: Apart;
let server: Server;
let lines: string[];
beforeEach(async () => {
  versions = { bodies: 5, money: 5 };
  wealth = async () => 'rich';
  lines = [];
  const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
  apart = await openApart(SUBGRAPHS, { log });
  server = await createServer({
    config: {
      http: { port: 0, host: '127.0.0.1' },
      limits: { ...DEFAULT_LIMITS, deadlineMs: 1000 },
    },
    subgraphs: [],
    remote: apart.remote,
    viewerFor: () => apart.remote.viewerOf(0),
    log,
    supergraphSdl: composeSupergraph(SUBGRAPHS).supergraphSdl,
  });
});
afterEach(async () => {
  await server.close();
  await apart.close();
});

const ask = async (query: string) => {
  const answer = await server.app.inject({ method: 'POST', url: '/graphql', payload: { query } });
  return {
    status: answer.statusCode,
    ...answer.json<{
      data?: unknown;
      errors?: { message: string; path?: unknown; extensions: { code: string; source?: string } }[];
      extensions?: { sources: SourcesExtension };
    }>(),
  };
};
const lacking = (extensions: { sources: SourcesExtension } | undefined) =>
  extensions?.sources.asked
    .filter(({ status }) => status !== 'ok')
    .map(({ name, status, paths }) => [name, status, paths]);
const BOTH = '{ body(id: 1) { name wealth } }';

describe('answers of sources in other processes', () => {
  it('are joined', async () => {
    expect(await ask(BOTH)).toMatchObject({
      status: 200,
      data: { body: { name: 'Body 1', wealth: 'rich' } },
      extensions: { sources: { complete: true } },
    });
  });

  it('come without the one that fails, and say which', async () => {
    wealth = () => Promise.reject(new Error('SQLITE_ERROR: no such table: secrets'));
    const { status, data, errors, extensions } = await ask(BOTH);
    expect([status, data]).toEqual([200, { body: { name: 'Body 1', wealth: null } }]);
    expect(errors).toMatchObject([
      {
        message: 'The source `money` did not answer.',
        path: ['body', 'wealth'],
        extensions: { code: 'SOURCE_UNAVAILABLE', source: 'money' },
      },
    ]);
    expect(lacking(extensions)).toEqual([['money', 'unavailable', ['body.wealth']]]);
    expect(lines.join('')).toContain('no such table: secrets');
  });

  it('come in time without the one that takes too long', async () => {
    wealth = () => new Promise((resolve) => setTimeout(() => resolve('late'), 1500));
    const { status, data, errors } = await ask(BOTH);
    expect([status, data]).toEqual([200, { body: { name: 'Body 1', wealth: null } }]);
    expect(errors?.[0]?.extensions.code).toBe('SOURCE_UNAVAILABLE');
  });

  it('come without the one that is not there, which the gateway names', async () => {
    await apart.servers[1]?.close();
    const { data, errors, extensions } = await ask(BOTH);
    expect(data).toEqual({ body: { name: 'Body 1', wealth: null } });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'SOURCE_UNAVAILABLE', source: 'money' });
    expect(lacking(extensions)).toEqual([['money', 'unavailable', ['body.wealth']]]);
  });

  it('pass on what a source says to the caller', async () => {
    const { errors, extensions } = await ask('{ refuse }');
    expect(errors).toMatchObject([
      {
        message: '`first` is 0; it must be 1 to 500.',
        path: ['refuse'],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ]);
    expect(lacking(extensions)).toEqual([]);
  });
});

describe('one request sees one state of the bodies', () => {
  const seenBy = async () => {
    const { data } = await ask('{ body(id: 1) { seen wealthSeen } }');
    return Object.values((data as { body: Record<string, number> }).body);
  };

  it('which all sources have', async () => {
    versions = { bodies: 9, money: 7 };
    await apart.remote.look();
    expect(await seenBy()).toEqual([7, 7]);
  });

  it('also right after many versions, when the state that it began in is gone', async () => {
    versions = { bodies: 50, money: 50 };
    expect(await seenBy()).toEqual([50, 50]);
  });

  it('also after a backup of a lower version was restored', async () => {
    versions = { bodies: 2, money: 2 };
    expect(await seenBy()).toEqual([2, 2]);
  });

  it('whatever the state of a source that cannot be reached', async () => {
    versions = { bodies: 9, money: 5 };
    await apart.servers[1]?.close();
    await apart.remote.look();
    expect((await seenBy())[0]).toBe(9);
  });
});

describe('a gateway over sources in other processes', () => {
  it('says which are up', async () => {
    const states = async () =>
      (await server.app.inject('/readyz')).json<{ sources: unknown }>().sources;
    expect(await states()).toEqual({ bodies: 'up', money: 'up' });
    await apart.servers[1]?.close();
    await apart.remote.look();
    expect(await states()).toEqual({ bodies: 'up', money: 'down' });
    expect(lines.join('')).toContain('a source is down');
  });

  it('documents the schema', async () => {
    expect((await server.app.inject('/schema.graphql')).body).toContain('wealthSeen');
  });
});

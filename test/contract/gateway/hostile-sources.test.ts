import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { pino } from 'pino';
import type { RequestContext } from '../../../gateway/context';
import { createLedger } from '../../../gateway/sources';
import { createRemoteSource } from '../../../gateway/supergraph/remote-source';
import { readSubgraphSchema } from '../../../gateway/supergraph/subgraph-schema';
import { createSourceClient, type SourceClient } from '../../../gateway/supergraph/source-client';
import { createSigningKey } from '../../../subgraphs/shared/http/keys';

const LIMITS = {
  deadlineMs: 400,
  bytes: 1e6,
  unpackedBytes: 2e6,
  depth: 50,
  values: Infinity,
  list: Infinity,
  text: Infinity,
};
const SCHEMA = readSubgraphSchema(
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"]) type Body @key(fields: "id") { id: ID! name: String } type Query { body: Body }',
);
const JSON_TYPE = { 'content-type': 'application/json' };
const GOOD = '{"data":{"body":{"name":"Wells"}}}';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let client: SourceClient;
let requests: IncomingMessage[];
let handle: Handler;
let lines: string[];
beforeEach(async () => {
  requests = [];
  lines = [];
  server = createServer((request, response) => {
    requests.push(request);
    request.resume().on('error', () => undefined);
    response.on('error', () => undefined);
    handle(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  client = createSourceClient({ name: 'hostile', url }, createSigningKey(), LIMITS);
});
afterEach(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
});

const aContext = (more: Partial<RequestContext> = {}): RequestContext => ({
  requestId: 'r1',
  caller: { tier: 0, keyId: null, address: '127.0.0.1' },
  fetches: 0,
  showCost: false,
  viewer: { tier: 0, version: 7 },
  log: pino({ level: 'info' }, { write: (line: string) => void lines.push(line) }),
  contexts: new Map(),
  ledger: createLedger(),
  showProvenance: false,
  allOrNothing: false,
  deadline: Date.now() + 20_000,
  signal: new AbortController().signal,
  outdated: new Set(),
  ...more,
});
const createSource = () =>
  createRemoteSource({
    about: { name: 'hostile', trust: 'CORE', version: null, licence: null, schema: SCHEMA },
    client,
    limits: LIMITS,
    path: '/graphql',
    listener: { onVersion: () => undefined, onGone: () => undefined },
  });
const ENTITIES =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Body { name } } }';
const reportOf = ({ ledger }: RequestContext) => ledger.sources(() => true).asked;

interface Answered {
  data?: unknown;
  errors?: { message: string; path?: unknown; extensions: Record<string, unknown> }[];
}
const ask = async (
  context = aContext(),
  variables?: object,
  query = '{ body { name } }',
): Promise<Answered> =>
  (await createSource().process({
    request: { query, variables },
    context,
  } as never)) as unknown as Answered;

const reply =
  (body: string | Buffer, headers: Record<string, string> = JSON_TYPE, status = 200): Handler =>
  (_request, response) =>
    void response.writeHead(status, headers).end(body);

/** Writes a chunk again and again until the other side goes away. */
const drip =
  (chunk: Buffer | string, everyMs: number): Handler =>
  (_request, response) => {
    response.writeHead(200, JSON_TYPE);
    const timer = setInterval(() => response.write(chunk), everyMs);
    response.on('close', () => clearInterval(timer));
  };

const nested = (levels: number) => `{"data":{"a":${'['.repeat(levels)}${']'.repeat(levels)}}}`;

describe('a source that misbehaves is a source that did not answer', () => {
  const BEHAVIOURS: [what: string, handler: Handler, reason: RegExp][] = [
    ['never answers', () => undefined, /longer than 400 ms/],
    ['drips a byte at a time', drip(' ', 20), /longer than 400 ms/],
    ['never comes to an end', drip(Buffer.alloc(200_000, 0x20), 1), /more than 1000000 bytes/],
    ['sends a body too large', reply(`{"data":"${'x'.repeat(2e6)}"}`), /more than 1000000 bytes/],
    [
      'sends little that unpacks to much',
      reply(gzipSync(Buffer.alloc(100e6, 0x20)), { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      /cannot be unpacked/,
    ],
    [
      'sends what is not gzip as gzip',
      reply('x', { ...JSON_TYPE, 'content-encoding': 'gzip' }),
      /cannot be unpacked/,
    ],
    [
      'packs in a way nobody asked for',
      reply('x', { ...JSON_TYPE, 'content-encoding': 'br' }),
      /content encoding/,
    ],
    ['nests deep', reply(nested(100_000)), /more than 50 levels/],
    ['redirects', reply('{}', { ...JSON_TYPE, location: 'http://127.0.0.1:1/' }, 307), /HTTP 307/],
    [
      'sends a page',
      reply('<h1>postgres://user:secret@db</h1>', { 'content-type': 'text/html' }, 500),
      /text\/html/,
    ],
    ['sends JSON as something else', reply(GOOD, { 'content-type': 'text/plain' }), /text\/plain/],
    ['names no type', reply(GOOD, {}), /content type/],
    ['fails in JSON', reply('{"message":"secret"}', JSON_TYPE, 500), /HTTP 500/],
    ['sends half of its JSON', reply('{"data":{"body"'), /JSON/],
    ['sends a list', reply('[]'), /HTTP 200/],
    ['sends nothing in JSON', reply('{}'), /neither data nor errors/],
    ['sends data that is none', reply('{"data":7}'), /data is no object/],
    ['sends errors that are none', reply('{"data":{},"errors":"x"}'), /errors are no list/],
    [
      'hangs up',
      (request) => void request.socket.resetAndDestroy(),
      /ECONNRESET|other side closed/,
    ],
    [
      'hangs up half-way',
      (request, response) => {
        response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' });
        response.write('{"data":', () => void request.socket.resetAndDestroy());
      },
      /ECONNRESET|terminated|other side closed|aborted/,
    ],
  ];
  it.each(BEHAVIOURS)('%s', async (_what, handler, reason) => {
    handle = handler;
    const context = aContext();
    const { data, errors } = await ask(context);
    expect(requests.length).toBeGreaterThan(0);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      {
        message: expect.stringMatching(/^The source `hostile` /) as string,
        path: ['body'],
        extensions: { code: 'SOURCE_UNAVAILABLE', source: 'hostile' },
      },
    ]);
    const [report] = reportOf(context);
    expect(report).toMatchObject({ name: 'hostile', paths: ['body'], asOf: null });
    expect(['timeout', 'unavailable', 'invalid']).toContain(report?.status);
    expect(lines.join('')).toMatch(reason);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  it('is there no more', async () => {
    server.close();
    await once(server, 'close');
    const { errors } = await ask();
    expect(errors?.[0]?.extensions.code).toBe('SOURCE_UNAVAILABLE');
    expect(lines.join('')).toContain('ECONNREFUSED');
  });

  it('answers with more or fewer entities than were asked for', async () => {
    for (const entities of ['[]', '[null,null]', '{}']) {
      handle = reply(`{"data":{"_entities":${entities}}}`);
      const { errors } = await ask(
        aContext(),
        { representations: [{ __typename: 'Body', id: '1' }] },
        ENTITIES,
      );
      expect(errors?.[0]?.extensions.code).toBe('SOURCE_UNAVAILABLE');
    }
    expect(lines.join('')).toContain('1 entities');
  });

  it('has no more time than its request has left', async () => {
    handle = () => undefined;
    await ask(aContext({ deadline: Date.now() + 50 }));
    expect(lines.join('')).toContain('no more time');
  });
});

describe('errors of a source', () => {
  it('keep the codes that are for callers; the others are told as the source not answering', async () => {
    handle = reply(
      JSON.stringify({
        data: { body: null },
        errors: [
          { message: '`first` is 0.', path: ['a', 0], extensions: { code: 'BAD_USER_INPUT' } },
          { message: 'secret stack', path: ['b'], extensions: { code: 'UNAUTHENTICATED' } },
          { message: 'secret' },
          null,
        ],
      }),
    );
    const context = aContext();
    const { data, errors } = await ask(context);
    expect(data).toEqual({ body: null });
    expect(errors?.map(({ path, extensions }) => [path, extensions.code])).toEqual([
      [['a', 0], 'BAD_USER_INPUT'],
      [['b'], 'SOURCE_UNAVAILABLE'],
      [undefined, 'SOURCE_UNAVAILABLE'],
      [undefined, 'SOURCE_UNAVAILABLE'],
    ]);
    expect(JSON.stringify(errors)).not.toContain('secret');
    expect(reportOf(context)).toMatchObject([{ status: 'unavailable', paths: ['b'] }]);
    expect(lines.join('')).toContain('secret stack');
  });

  it('are a hundred at the most, and ten in the log', async () => {
    handle = reply(
      JSON.stringify({ data: { body: null }, errors: Array(50_000).fill({ message: 'no' }) }),
    );
    const { errors } = await ask();
    expect(errors).toHaveLength(100);
    expect(lines.length).toBeLessThan(15);
  });
});

describe('what is sent to a source', () => {
  it('is the sub-query, the viewer and a signature, and no header of the client', async () => {
    handle = reply(GOOD);
    expect(await ask()).toEqual({ data: { body: { name: 'Wells' } }, errors: undefined });
    expect(Object.keys(requests[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'content-digest',
      'content-length',
      'content-type',
      'host',
      'peacegraph-request',
      'peacegraph-source',
      'peacegraph-viewer',
      'signature',
      'signature-input',
    ]);
    expect(requests[0]?.headers).toMatchObject({
      'peacegraph-viewer': 'tier=0, version=7',
      'peacegraph-request': 'r1',
    });
  });

  it('goes once more, newly signed, where a kept connection had died', async () => {
    handle = reply(GOOD);
    await ask();
    let died = false;
    handle = (request, response) => {
      if (died) return reply(GOOD)(request, response);
      died = true;
      request.socket.destroy();
    };
    expect(await ask()).toMatchObject({ data: { body: { name: 'Wells' } } });
    const signatures = requests.map(({ headers }) => headers.signature);
    expect(new Set(signatures).size).toBe(3);
  });

  it('goes over connections that are kept', async () => {
    handle = reply(GOOD);
    for (let round = 0; round < 20; round += 1) await ask();
    // A second one may be opened while the first is being freed.
    expect(new Set(requests.map(({ socket }) => socket.remotePort)).size).toBeLessThanOrEqual(2);
  });
});

describe('identical sub-queries under way', () => {
  /** Answers when it is told to. */
  const waiting = () => {
    const responses: ServerResponse[] = [];
    let arrived: () => void;
    const first = new Promise<void>((resolve) => (arrived = resolve));
    handle = (_request, response) => {
      responses.push(response);
      arrived();
    };
    return {
      first,
      answer: () => responses.forEach((one) => reply(GOOD)(requests[0] as never, one)),
    };
  };
  const process = (
    source: ReturnType<typeof createRemoteSource>,
    context: RequestContext,
    variables = {},
  ) =>
    source.process({
      request: { query: '{ body { name } }', variables },
      context,
    } as never) as unknown as Promise<Answered>;

  it('are asked once, and each gets an answer of its own', async () => {
    const source = createSource();
    const { first, answer } = waiting();
    const asked = ['r1', 'r2', 'r3'].map((requestId) => process(source, aContext({ requestId })));
    await first;
    answer();
    const answers = await Promise.all(asked);
    expect(requests).toHaveLength(1);
    for (const one of answers) expect(one.data).toEqual({ body: { name: 'Wells' } });
    expect(answers[0]?.data).not.toBe(answers[1]?.data);
    handle = reply(GOOD);
    await process(source, aContext());
    expect(requests).toHaveLength(2);
  });

  it.each([
    ['tier', { viewer: { tier: 1, version: 7 } }, {}],
    ['version', { viewer: { tier: 0, version: 8 } }, {}],
    ['variables', {}, { id: '1' }],
  ])('are not identical where they differ in %s', async (_what, more, variables) => {
    handle = reply(GOOD);
    const source = createSource();
    await Promise.all([process(source, aContext()), process(source, aContext(more), variables)]);
    expect(requests).toHaveLength(2);
  });

  it('go on for the others when one leaves', async () => {
    const source = createSource();
    const { first, answer } = waiting();
    const leaver = new AbortController();
    const left = process(source, aContext({ signal: leaver.signal }));
    const stayed = process(source, aContext());
    await first;
    leaver.abort();
    expect((await left).errors).toHaveLength(1);
    answer();
    expect((await stayed).data).toEqual({ body: { name: 'Wells' } });
    expect(requests).toHaveLength(1);
  });

  it('end when the last one leaves', async () => {
    const source = createSource();
    const { first } = waiting();
    const leaver = new AbortController();
    const left = [1, 2].map(() => process(source, aContext({ signal: leaver.signal })));
    await first;
    const hungUp = once(requests[0]?.socket as never, 'close');
    leaver.abort();
    await Promise.all(left);
    await hungUp;
  });
});

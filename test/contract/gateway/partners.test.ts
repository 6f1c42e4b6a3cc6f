import { BEHAVIOURS } from '../../partners/behaviours';
import { type Answer, faultsIn, QUESTION, toldOf } from '../../partners/judge';
import { openPartners, type Partners, type Turn } from '../../partners/server';
import {
  composeWith,
  HIDDEN,
  openBodies,
  openWorld,
  publishedAt,
  type World,
} from '../../partners/world';
import type { Graph } from '../../../gateway/graph';
import type { ProvenanceEntry } from '../../../gateway/sources';

const HOUR = 3_600_000;
const STEWARD = 3;

let partners: Partners;
let bodies: Graph;
let world: World;
let supergraphSdl: string;
beforeAll(async () => {
  partners = await openPartners();
  bodies = await openBodies();
  supergraphSdl = composeWith(bodies, publishedAt(partners));
}, 60_000);
beforeEach(async () => {
  partners.play(null);
  partners.heard.length = 0;
  world = await openWorld(partners, { lastGoodMs: HOUR, supergraphSdl, bodies });
}, 30_000);
afterEach(() => world.close());
afterAll(async () => {
  partners.close();
  await bodies.close();
});

const play = (name: string) => {
  const found = BEHAVIOURS.find((behaviour) => behaviour.name === name);
  if (!found) throw new Error(`There is no behaviour ${name}.`);
  partners.play(found);
};
interface Full extends Answer {
  extensions?: Answer['extensions'] & { provenance?: ProvenanceEntry[] };
}
const ask = async (query = QUESTION, headers: Record<string, string> = {}) => {
  const answer = await world.server.app.inject({
    method: 'POST',
    url: '/graphql',
    headers,
    payload: { query },
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json<Full>() };
};
const NEWS = '{ willowWeb_news }';

describe('what a partner is told', () => {
  it('is the sub-query with published keys, signed, and nothing of the client or of its rights', async () => {
    world.as(STEWARD);
    await ask(QUESTION, { 'x-evil': '1', cookie: 'a=b' });
    const [{ headers, asked } = { headers: {}, asked: { query: '' } }] = partners.heard.filter(
      (one) => one.asked.variables?.representations,
    );
    expect(Object.keys(headers).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'content-digest',
      'content-length',
      'content-type',
      'host',
      'peacegraph-request',
      'peacegraph-source',
      'signature',
      'signature-input',
    ]);
    expect(headers['signature-input']).toContain(
      '("@method" "@authority" "@path" "peacegraph-source" "content-type" "content-digest" "peacegraph-request")',
    );
    for (const one of asked.variables?.representations ?? [])
      expect(Object.keys(one).sort()).toEqual(['__typename', 'id']);
  });

  it('holds no body that is hidden from the public, whoever asks', async () => {
    world.as(STEWARD);
    const { body } = await ask(
      '{ organisations(first: 50) { nodes { id name willowWeb_motto elmNet_motto } } }',
    );
    const nodes = body.data?.organisations?.nodes ?? [];
    expect(nodes).toHaveLength(21);
    expect(nodes.find(({ id }) => id === HIDDEN)).toEqual({
      id: HIDDEN,
      name: `Body ${HIDDEN}`,
      willowWeb_motto: null,
      elmNet_motto: null,
    });
    for (const { id, willowWeb_motto } of nodes)
      if (id !== HIDDEN) expect(willowWeb_motto).toBe(`The willow of ${String(id)}`);
    expect(JSON.stringify(partners.heard)).not.toContain(HIDDEN);
    expect(body.extensions?.sources?.complete).toBe(true);
  });

  it('is nothing at all where only a hidden body is asked about', async () => {
    world.as(STEWARD);
    const { body } = await ask(`{ organisation(id: "${HIDDEN}") { name willowWeb_motto } }`);
    expect(body).toMatchObject({
      data: { organisation: { name: `Body ${HIDDEN}`, willowWeb_motto: null } },
    });
    expect(partners.heard).toEqual([]);
  });

  it('comes once for callers who ask the same at the same time', async () => {
    const slowly = (turn: Turn) => void setTimeout(() => turn.reply(turn.right), 150);
    partners.play({ name: 'is slow', told: [], all: true, play: slowly });
    const asked = [0, 0, STEWARD].map((tier) => {
      world.as(tier);
      return ask(NEWS);
    });
    for (const { body } of await Promise.all(asked))
      expect(body.data).toEqual({ willowWeb_news: 'All is well' });
    expect(partners.heard).toHaveLength(1);
  });
});

describe('a partner that breaks the contract', () => {
  it('is in quarantine after three times, whatever it answers then, until it is readmitted', async () => {
    play('adds our name to an entity');
    for (const round of [1, 2, 3]) {
      const { body } = await ask();
      expect([round, toldOf(body).status, faultsIn(body)]).toEqual([round, 'invalid', []]);
    }
    expect(world.quarantined).toEqual(['willow-web']);
    expect(world.sources.states()).toEqual({ 'willow-web': 'quarantined', 'elm-net': 'up' });
    partners.play(null);
    partners.heard.length = 0;
    const { body, headers } = await ask();
    expect(toldOf(body)).toMatchObject({ status: 'quarantined' });
    expect([faultsIn(body), partners.heard]).toEqual([[], []]);
    expect(headers['peacegraph-sources']).toBe('partial;missing="willow-web"');
    world.sources.readmit('willow-web');
    expect(toldOf((await ask()).body).status).toBe('ok');
  });

  it('is no better off with a new version', async () => {
    world.sources.quarantine('willow-web');
    world.sources.set(publishedAt(partners).map((one) => ({ ...one, version: one.version + 1 })));
    await world.server.update(supergraphSdl);
    expect(toldOf((await ask()).body).status).toBe('quarantined');
  });
});

describe('a partner that cannot be reached', () => {
  it('has its last good answer stand in, which says of when it is', async () => {
    const before = (await ask()).body;
    play('resets the connection');
    const { status, body, headers } = await ask();
    expect([status, body.data]).toEqual([200, before.data]);
    expect(toldOf(body)).toMatchObject({ status: 'stale', errors: [] });
    const report = body.extensions?.sources?.asked.find(({ name }) => name === 'willow-web');
    expect(report?.paths).toContain('organisations.nodes.willowWeb_motto');
    expect(Date.parse(report?.asOf ?? '')).toBeLessThanOrEqual(Date.now());
    expect(headers['peacegraph-sources']).toBe('complete;stale="willow-web"');
    expect(body.extensions?.sources?.complete).toBe(false);
  });

  it('has none where the answer is too old, or was to another question', async () => {
    await ask(NEWS);
    play('resets the connection');
    expect(toldOf((await ask()).body).status).toBe('unavailable');
    world.pass(HOUR + 1000);
    expect(toldOf((await ask(NEWS)).body).status).toBe('unavailable');
  });

  it('rests after some failures, and is asked again later', async () => {
    play('resets the connection');
    for (let round = 0; round < 5; round += 1) await ask(NEWS);
    expect(world.sources.states()['willow-web']).toBe('resting');
    partners.play(null);
    partners.heard.length = 0;
    expect(toldOf((await ask(NEWS)).body).status).toBe('unavailable');
    expect(partners.heard).toEqual([]);
    world.pass(3000);
    partners.pass(3000);
    expect(toldOf((await ask(NEWS)).body).status).toBe('ok');
    expect(world.sources.states()['willow-web']).toBe('up');
  });
});

describe('all or nothing', () => {
  const STRICT = { prefer: 'return=representation, handling=strict' };

  it('is all where nobody is missing', async () => {
    const { status, headers, body } = await ask(QUESTION, STRICT);
    expect([status, headers['preference-applied'], faultsIn(body)]).toEqual([
      200,
      'handling=strict',
      [],
    ]);
  });

  it.each(['resets the connection', 'adds our name to an entity'])(
    'is nothing where a partner %s, also if an earlier answer is there',
    async (name) => {
      await ask();
      play(name);
      const { status, body, headers } = await ask(QUESTION, STRICT);
      expect(status).toBe(503);
      expect(body.data).toBeUndefined();
      expect(body.errors).toMatchObject([{ extensions: { code: 'SOURCES_INCOMPLETE' } }]);
      expect(body.errors?.[0]?.message).toContain('`willow-web`');
      expect(body.extensions?.sources?.complete).toBe(false);
      expect(headers['peacegraph-sources']).toBe('partial;missing="willow-web"');
    },
  );
});

describe('provenance', () => {
  const SHOWN = { 'x-show-provenance': '1' };
  const entriesOf = async () => {
    const { body } = await ask(QUESTION, SHOWN);
    return (body.extensions?.provenance ?? []).map(({ asOf, ...entry }) => {
      expect(Date.parse(asOf)).toBeLessThanOrEqual(Date.now());
      return entry;
    });
  };

  it('names for each field its source, version and licence, and is there only if asked for', async () => {
    const entries = await entriesOf();
    const willow = entries.filter(({ source }) => source === 'willow-web');
    expect(willow[0]).toMatchObject({ version: 3, licence: 'CC-BY-4.0', cached: false });
    expect(willow.flatMap(({ paths }) => paths)).toEqual(
      expect.arrayContaining(['willowWeb_news', 'organisations.nodes.willowWeb_trainings.title']),
    );
    expect(entries).toContainEqual({
      source: 'organisations',
      version: null,
      licence: null,
      cached: false,
      paths: ['organisations.nodes.id', 'organisations.nodes.name'],
    });
    const named = new Set(entries.flatMap(({ paths }) => paths));
    expect([...named].filter((path) => path.includes('typename'))).toEqual([]);
    expect(named).toContain('organisations.nodes.elmNet_motto');
    expect((await ask()).body.extensions?.provenance).toBeUndefined();
  });

  it('says which fields are of an earlier answer', async () => {
    await ask();
    play('resets the connection');
    const cached = (await entriesOf()).filter((entry) => entry.cached);
    expect(cached.map(({ source }) => source)).toContain('willow-web');
  });
});

describe('what is served', () => {
  it('changes while requests run: each ends in the graph that it began in', async () => {
    const withoutWillow = publishedAt(partners).filter(({ name }) => name !== 'willow-web');
    const without = composeWith(world.graph, withoutWillow);
    const all: Promise<Awaited<ReturnType<typeof ask>>>[] = [];
    for (let round = 0; round < 3; round += 1) {
      for (let at = 0; at < 5; at += 1) all.push(ask());
      world.sources.set(round % 2 === 0 ? withoutWillow : publishedAt(partners));
      const update = world.server.update(round % 2 === 0 ? without : supergraphSdl);
      for (let at = 0; at < 5; at += 1) all.push(ask());
      await update;
    }
    for (const { status, body } of await Promise.all(all)) {
      // Either it was checked by a graph with the partner, and is whole, or by one without.
      if (status === 200) expect([faultsIn(body), toldOf(body).status]).toEqual([[], 'ok']);
      else expect(body.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
    expect((await ask(NEWS)).status).toBe(400);
    expect((await ask('{ organisations(first: 1) { nodes { elmNet_motto } } }')).status).toBe(200);
    const sdl = await world.server.app.inject('/schema.graphql');
    expect(sdl.body).not.toContain('willowWeb');
    expect(sdl.body).toContain('elmNet_motto');
  });

  it('is asked at its new address from the moment that it is published, in the same graph', async () => {
    const moved = await openPartners();
    world.sources.set(publishedAt(moved));
    expect(toldOf((await ask()).body).status).toBe('ok');
    expect([partners.heard.length, moved.heard.length > 0]).toEqual([0, true]);
    moved.close();
  });

  it('stays as it is where what is published cannot be served', async () => {
    expect(() =>
      world.sources.set([{ ...publishedAt(partners)[0], sdl: 'type {' } as never]),
    ).toThrow();
    expect(toldOf((await ask()).body).status).toBe('ok');
  });
});

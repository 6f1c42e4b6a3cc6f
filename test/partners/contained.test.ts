import { createServer } from 'node:http';
import { BEHAVIOURS } from './behaviours';
import { type Answer, faultsIn, QUESTION, toldOf } from './judge';
import { openPartners, type Partners } from './server';
import { openWorld, type World } from './world';

let partners: Partners;
let world: World;
beforeAll(async () => {
  partners = await openPartners();
  world = await openWorld(partners);
}, 60_000);
afterAll(async () => {
  await world.close();
  partners.close();
});

const ask = async () => {
  const answer = await world.server.app.inject({
    method: 'POST',
    url: '/graphql',
    payload: { query: QUESTION },
  });
  return { status: answer.statusCode, headers: answer.headers, body: answer.json<Answer>() };
};

const HOUR = 3_600_000;

it('a partner is right to begin with', async () => {
  const { status, body, headers } = await ask();
  expect(status).toBe(200);
  expect(body.errors).toBeUndefined();
  expect(faultsIn(body)).toEqual([]);
  expect(body.data?.organisations?.nodes[0]).toMatchObject({
    willowWeb_motto: 'The willow of PG-BODY-100',
    willowWeb_trainings: [
      { title: 'Listening', by: { name: 'Body PG-BODY-100' } },
      { title: 'Walking', by: null },
    ],
  });
  expect(toldOf(body)).toEqual({ status: 'ok', paths: [], errors: [] });
  expect(headers['peacegraph-sources']).toBe('complete');
});

it('at least 45 behaviours are known, each by its own name', () => {
  expect(new Set(BEHAVIOURS.map(({ name }) => name)).size).toBe(BEHAVIOURS.length);
  expect(BEHAVIOURS.length).toBeGreaterThanOrEqual(45);
});

describe('ours and the other partner’s values stand, and the client is told, where a partner', () => {
  beforeEach(async () => {
    // Long enough for breaches to be forgotten and for the breaker to try again.
    world.pass(HOUR);
    partners.pass(HOUR);
    world.sources.readmit('willow-web');
    partners.play(null);
    world.resolutions.length = 0;
    expect(toldOf((await ask()).body).status).toBe('ok');
  });

  it.each(BEHAVIOURS.map((behaviour) => [behaviour.name, behaviour] as const))(
    '%s',
    async (_name, behaviour) => {
      world.resolveTo(behaviour.resolve ?? []);
      partners.play(behaviour);
      const { status, headers, body } = await ask();
      const fired = behaviour.resolve
        ? world.resolutions.filter((address) => behaviour.resolve?.includes(address)).length
        : partners.fired();
      expect(fired).toBeGreaterThan(0);
      expect([status, faultsIn(body)]).toEqual([200, []]);
      const told = toldOf(body);
      expect(behaviour.told).toContain(told.status);
      expect(told.paths.length > 0).toBe(told.status !== 'ok');
      for (const path of told.paths) expect(path).toMatch(/^(organisations\.nodes\.)?willowWeb_/);
      expect(told.errors.length > 0).toBe(told.status !== 'ok');
      for (const error of told.errors) expect(error).toBe('SOURCE_UNAVAILABLE willow-web');
      expect(headers['peacegraph-sources']).toBe(
        told.status === 'ok' ? 'complete' : 'partial;missing="willow-web"',
      );
      expect(String(headers['cache-control'])).not.toContain('public');
      expect(headers['set-cookie']).toBeUndefined();
      expect(partners.trespasses()).toBe(0);
    },
  );

  it('is not there at all', async () => {
    const gone = createServer();
    const next = await openWorld({ willow: 'http://127.0.0.1:1/graphql', elm: partners.elm });
    const answer = await next.server.app.inject({
      method: 'POST',
      url: '/graphql',
      payload: { query: QUESTION },
    });
    const body = answer.json<Answer>();
    expect(faultsIn(body)).toEqual([]);
    expect(toldOf(body).status).toBe('unavailable');
    await next.close();
    gone.close();
  });
});

import fastify from 'fastify';
import { addRegistry, type RegistryDoor } from '../../../../gateway/http/registry';

const open = (outcome: object, left = 1000) => {
  let points = left;
  const app = fastify();
  const door = { overview: async () => ({}), publish: async () => outcome };
  addRegistry(app, {
    door: door as unknown as RegistryDoor,
    callerOf: async () => ({ tier: 3, keyId: 'k', partner: null, address: '192.0.2.1' }),
    challengeFor: () => 'Bearer',
    take: async (_caller, taken) => {
      points -= taken;
      return { granted: points >= 0, resetsIn: 7 };
    },
    publicKeys: { keys: [] },
  });
  return app;
};
const PUBLISH = {
  method: 'POST',
  url: '/registry/partners/willow-web/publish',
  payload: { url: 'https://willow.example/', sdl: 'type Query { a: Int }' },
} as const;

describe('the addresses of the registry', () => {
  it('are for so many points a minute, and say when to go on', async () => {
    const app = open({ status: 'PUBLISHED' }, 21);
    expect((await app.inject({ url: '/registry' })).statusCode).toBe(200);
    expect((await app.inject(PUBLISH)).statusCode).toBe(200);
    const refused = await app.inject({ url: '/registry' });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('7');
    expect(refused.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
  });

  it.each([
    ['PUBLISHED', 200],
    ['PENDING', 202],
    ['REFUSED', 422],
  ])('say by the status too that a publication is %s', async (status, code) => {
    const answer = await open({ status, findings: ['f'] }).inject(PUBLISH);
    expect(answer.statusCode).toBe(code);
    expect(answer.json()).toMatchObject({ status, findings: ['f'] });
    expect(answer.headers['cache-control']).toBe('no-store');
  });
});

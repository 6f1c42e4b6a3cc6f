import { monitorEventLoopDelay } from 'node:perf_hooks';
import path from 'node:path';
import { createComposer } from '../../../gateway/supergraph/compose-apart';
import { runInWorker } from '../../../gateway/worker';
import { OURS, SMALL } from '../../unit/gateway/registry/graphs';

const MODULE = path.join(__dirname, '..', '..', 'support', 'jobs');
const LIMITS = { ms: 20_000, heapMb: 64 };
const run = (name: string, limits = LIMITS, ...args: unknown[]) =>
  runInWorker({ module: MODULE, name, args }, limits);

describe('a job in a thread', () => {
  it('answers its value', async () => {
    expect(await run('add', LIMITS, 1, 2)).toEqual({ status: 'done', value: 3 });
  });

  it.each([
    ['never ends', 'hang', 'TIME'],
    ['takes all memory', 'fill', 'MEMORY'],
    ['throws', 'fail', 'CRASH'],
    ['rejects', 'reject', 'CRASH'],
    ['ends its thread', 'leave', 'CRASH'],
    ['runs out of stack', 'recurse', 'CRASH'],
    ['answers what cannot be handed over', 'answerFunction', 'CRASH'],
    ['is none', 'missing', 'CRASH'],
  ])('that %s is an outcome like another', async (_what, name, because) => {
    const limits = because === 'TIME' ? { ms: 1500, heapMb: 64 } : LIMITS;
    expect(await run(name, limits)).toMatchObject({ status: 'failed', because });
  });

  it('sees nothing of the environment, in which there are secrets', async () => {
    process.env.PEACEGRAPH_SECRET_OF_TEST = 'secret';
    expect(await run('environment')).toEqual({ status: 'done', value: {} });
    delete process.env.PEACEGRAPH_SECRET_OF_TEST;
  });
});

describe('composition in a thread', () => {
  it('composes as the gateway does, and keeps nobody waiting meanwhile', async () => {
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const outcome = await createComposer()(OURS);
    delay.disable();
    expect(outcome.status).toBe('composed');
    // What is left is handing over the texts; composing here would take a second and more.
    expect(delay.max / 1e6).toBeLessThan(500);
  });

  it('says why subgraphs do not fit', async () => {
    const sdl =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") type Query { a: Nothing }';
    const outcome = await createComposer()([...SMALL, { name: 'willow-web', sdl }]);
    expect(outcome).toMatchObject({
      status: 'refused',
      reasons: [expect.stringMatching(/willow-web.*Nothing/)],
    });
  });

  it('ends what takes too long', async () => {
    const outcome = await createComposer({ ms: 50, heapMb: 256 })(OURS);
    expect(outcome).toMatchObject({ status: 'failed', because: 'TIME' });
  });

  it('survives schemas that would take the process down', async () => {
    const deep = `${'a { '.repeat(20_000)}id ${'}'.repeat(20_000)}`;
    const sdl = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) type Query { a: A } type A @key(fields: "${deep}") { id: ID! a: A }`;
    const outcome = await createComposer()([{ name: 'willow-web', sdl }]);
    expect(outcome.status).not.toBe('composed');
  });
});
